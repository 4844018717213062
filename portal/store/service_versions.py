"""Published service versions, immutable, and the pointer to the one people apply with."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint, col, func, select

from portal.store.database import Session
from portal.store.refused import NotFound


class ServiceVersionRow(SQLModel, table=True):
    """One version of a service: its canonical JSON, found by its SHA-256. Never changed."""

    __tablename__ = "service_versions"
    __table_args__ = (UniqueConstraint("key", "n"),)

    hash: str = Field(primary_key=True)
    key: str
    n: int
    canonical: bytes
    published_at: datetime


class LiveServiceRow(SQLModel, table=True):
    """Which version of a service new drafts start from."""

    __tablename__ = "live_services"

    key: str = Field(primary_key=True)
    hash: str = Field(foreign_key="service_versions.hash")
    changed_at: datetime


def require_version(db: Session, version_hash: str) -> ServiceVersionRow:
    """The version with this hash; raises `NotFound`."""
    row = db.get(ServiceVersionRow, version_hash)
    if row is None:
        raise NotFound
    return row


def live_versions(db: Session) -> tuple[tuple[str, int, str, datetime], ...]:
    """Key, number, hash and time of publication of every live version, by key."""
    query = (
        select(
            ServiceVersionRow.key,
            ServiceVersionRow.n,
            ServiceVersionRow.hash,
            ServiceVersionRow.published_at,
        )
        .join(LiveServiceRow, col(LiveServiceRow.hash) == col(ServiceVersionRow.hash))
        .order_by(ServiceVersionRow.key)
    )
    return tuple((key, n, version_hash, at) for key, n, version_hash, at in db.exec(query))


def keep_version(db: Session, key: str, version_hash: str, canonical: bytes, now: datetime) -> bool:
    """Store a version unless it is known, and make it the live one; True when anything changed."""
    if db.get(ServiceVersionRow, version_hash) is None:
        last = db.exec(select(func.max(ServiceVersionRow.n)).where(ServiceVersionRow.key == key)).one()
        db.add(
            ServiceVersionRow(
                hash=version_hash, key=key, n=(last or 0) + 1, canonical=canonical, published_at=now
            )
        )
        db.flush()
    live = db.get(LiveServiceRow, key)
    if live is not None and live.hash == version_hash:
        return False
    db.merge(LiveServiceRow(key=key, hash=version_hash, changed_at=now))
    return True
