"""Buckets of tokens that refill whole: how often somebody may do something."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, delete, or_, update
from sqlmodel import Field, SQLModel, col, select

from portal.security.blind import blind_index
from portal.store.database import Session
from portal.store.upsert import insert_unless_there


class LimitRow(SQLModel, table=True):
    """How many tokens of a bucket were taken since it was last full."""

    __tablename__ = "limits"

    key: str = Field(primary_key=True)
    used: int
    full_at: datetime = Field(index=True)
    """When the bucket is full again."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `tokens` takings within `window` of the first."""

    purpose: str
    tokens: int
    window: timedelta


def take(db: Session, limit: Limit, who: str, now: datetime) -> timedelta | None:
    """Take one token, atomically; None when there was one, else how long until there is.

    `who` is stored as a blind index only: numbers and addresses never reach the table.
    """
    key = blind_index(db.keyring, f"limit {limit.purpose}", who)
    insert_unless_there(db, LimitRow(key=key, used=0, full_at=now + limit.window))
    row = col(LimitRow.full_at) <= now
    fits = and_(col(LimitRow.full_at) > now, col(LimitRow.used) < limit.tokens)
    taken = db.execute(
        update(LimitRow)
        .where(col(LimitRow.key) == key, or_(row, fits))
        .values(
            used=case((row, 1), else_=col(LimitRow.used) + 1),
            full_at=case((row, now + limit.window), else_=col(LimitRow.full_at)),
        )
        .returning(col(LimitRow.used))
        .execution_options(synchronize_session=False)
    ).first()
    if taken is not None:
        return None
    full_at = db.exec(select(LimitRow.full_at).where(LimitRow.key == key)).one()
    return max(full_at - now, timedelta(seconds=1))


def sweep(db: Session, now: datetime) -> None:
    """Drop buckets that are full again."""
    db.execute(delete(LimitRow).where(col(LimitRow.full_at) <= now))
