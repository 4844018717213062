"""Data-sharing agreements on record, each revision once, with the day somebody withdrew it."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel, col, select

from portal.store.database import Session
from portal.store.upsert import insert_unless_there


class AgreementRow(SQLModel, table=True):
    """One agreement in one revision."""

    __tablename__ = "agreements"

    revision: str = Field(primary_key=True)
    """SHA-256 (hex) of its terms."""
    key: str
    provider: str
    service: str = Field(index=True)
    purpose: str
    legal_basis: str
    fields_allowed: str
    """Field names, divided by spaces."""
    valid_from: date
    valid_until: date | None = None
    recorded_at: datetime
    withdrawn_at: datetime | None = None


def keep(db: Session, row: AgreementRow) -> None:
    """Record a revision; one already known stays as it is, withdrawn or not."""
    insert_unless_there(db, row)


def current(db: Session, service: str, purpose: str) -> AgreementRow | None:
    """The revision recorded last for asking `service` for `purpose`; None when that one was withdrawn."""
    row = db.exec(
        select(AgreementRow)
        .where(AgreementRow.service == service, AgreementRow.purpose == purpose)
        .order_by(col(AgreementRow.recorded_at).desc())
        .limit(1)
    ).first()
    return None if row is None or row.withdrawn_at is not None else row


def withdraw(db: Session, revision: str, now: datetime) -> None:
    """From now on nothing is asked under this revision."""
    row = db.get(AgreementRow, revision)
    if row is not None and row.withdrawn_at is None:
        row.withdrawn_at = now
        db.add(row)
