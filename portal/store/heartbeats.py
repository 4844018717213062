"""Signs of life of processes that answer no requests."""

from datetime import datetime

from sqlmodel import Field, SQLModel, col, func, select

from portal.store.database import Session


class HeartbeatRow(SQLModel, table=True):
    """When a process of this name and machine was last seen."""

    __tablename__ = "heartbeats"

    id: str = Field(primary_key=True)
    name: str = Field(index=True)
    at: datetime


def beat(db: Session, name: str, who: str, now: datetime) -> None:
    """Say that `who`, one of the processes called `name`, is alive."""
    db.merge(HeartbeatRow(id=who, name=name, at=now))


def last_beat(db: Session, name: str) -> datetime | None:
    """When any process called `name` was last seen."""
    return db.exec(select(func.max(col(HeartbeatRow.at))).where(HeartbeatRow.name == name)).one()
