"""Leave to look at one application for a while, earned with its reference, its mobile and a code."""

from datetime import datetime

from sqlmodel import Field, SQLModel, col, select

from portal.security.tokens import new_id
from portal.store.database import Session


class GrantRow(SQLModel, table=True):
    """This browser may see this application until then."""

    __tablename__ = "grants"

    id: str = Field(primary_key=True)
    holder_hash: str = Field(index=True)
    submission_id: str = Field(foreign_key="submissions.id", index=True)
    created_at: datetime
    expires_at: datetime


def give(db: Session, holder_hash: str, submission_id: str, now: datetime, until: datetime) -> str:
    """Let the holder look until `until`; the id of the grant."""
    row = GrantRow(
        id=new_id(), holder_hash=holder_hash, submission_id=submission_id, created_at=now, expires_at=until
    )
    db.add(row)
    return row.id


def granted(db: Session, holder_hash: str, now: datetime) -> frozenset[str]:
    """Ids of the submissions this holder may look at now."""
    return frozenset(
        db.exec(
            select(GrantRow.submission_id).where(
                GrantRow.holder_hash == holder_hash, col(GrantRow.expires_at) > now
            )
        )
    )
