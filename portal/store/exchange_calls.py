"""The tracker: who asked which registry about whom, for what and on which consent; never a value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Field, SQLModel, col, select

from portal.store.database import Session


class ExchangeCallRow(SQLModel, table=True):
    """One question to a registry, written before it is asked and completed after."""

    __tablename__ = "exchange_calls"

    id: str = Field(primary_key=True)
    """Our issue number: the same in the other side's log."""
    at: datetime
    actor: str
    draft_id: str = Field(foreign_key="drafts.id", index=True)
    registry_key: str
    whose: str = Field(index=True)
    """Blind index of the person's national ID number."""
    provider: str
    service: str
    fields_asked: str
    purpose: str
    legal_basis: str
    agreement_revision: str = Field(foreign_key="agreements.revision")
    consent_id: str = Field(foreign_key="consents.id")
    message_id: str = ""
    request_id: str = ""
    request_hash: str = ""
    outcome: str = "asked"
    finished_at: datetime | None = None


def open_call(db: Session, row: ExchangeCallRow) -> None:
    """Write down that a registry is about to be asked."""
    db.add(row)
    db.flush()


def require(db: Session, call_id: str) -> ExchangeCallRow | None:
    """The call with this issue number, locked."""
    return db.exec(select(ExchangeCallRow).where(ExchangeCallRow.id == call_id).with_for_update()).first()


def complete(db: Session, call_id: str, **changes: object) -> None:
    """Write down how it turned out."""
    db.execute(
        update(ExchangeCallRow)
        .where(col(ExchangeCallRow.id) == call_id)
        .values(**changes)
        .execution_options(synchronize_session=False)
    )


def of_drafts(db: Session, draft_ids: Iterable[str]) -> tuple[ExchangeCallRow, ...]:
    """Every question asked for these drafts, newest first."""
    return tuple(
        db.exec(
            select(ExchangeCallRow)
            .where(col(ExchangeCallRow.draft_id).in_(list(draft_ids)))
            .order_by(col(ExchangeCallRow.at).desc())
        )
    )
