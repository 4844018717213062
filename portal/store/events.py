"""What happened to an application, in order; the office's words are sealed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, cast

from sqlmodel import Field, SQLModel, UniqueConstraint, col, func, select

from portal.security.sealing import Cell, Key, open_sealed, seal
from portal.security.tokens import new_id
from portal.store.database import Session

EventKind = Literal[
    "received",
    "delivered",
    "in_review",
    "needs_information",
    "waiting_for_allocation",
    "approved",
    "refused",
]
Source = Literal["portal", "office"]


class EventRow(SQLModel, table=True):
    """One thing that happened."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("submission_id", "position"),)

    id: str = Field(primary_key=True)
    submission_id: str = Field(foreign_key="submissions.id")
    position: int
    kind: str
    source: str
    at: datetime
    sealed_words: bytes | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `words` are the office's own to the person, by language tag."""

    kind: EventKind
    at: datetime
    source: Source = "portal"
    words: Mapping[str, str] = field(default_factory=dict, repr=False)
    document_number: str | None = field(default=None, repr=False)


def append(db: Session, submission_id: str, vault: Key, event: Event) -> None:
    """Add `event` after the last one; the caller holds the submission's row."""
    last = db.exec(select(func.max(EventRow.position)).where(EventRow.submission_id == submission_id)).one()
    event_id = new_id()
    said = {"words": dict(event.words), "document_number": event.document_number}
    has_words = bool(event.words or event.document_number)
    db.add(
        EventRow(
            id=event_id,
            submission_id=submission_id,
            position=(last or 0) + 1,
            kind=event.kind,
            source=event.source,
            at=event.at,
            sealed_words=seal(vault, json.dumps(said).encode(), _cell(event_id)) if has_words else None,
        )
    )
    db.flush()


def of_submission(db: Session, submission_id: str, vault: Key) -> tuple[Event, ...]:
    """Everything that happened to one application, first things first."""
    rows = db.exec(
        select(EventRow).where(EventRow.submission_id == submission_id).order_by(col(EventRow.position))
    )
    return tuple(_event(row, vault) for row in rows)


def _event(row: EventRow, vault: Key) -> Event:
    said = json.loads(open_sealed(vault, row.sealed_words, _cell(row.id))) if row.sealed_words else {}
    return Event(
        kind=cast("EventKind", row.kind),
        at=row.at,
        source=cast("Source", row.source),
        words=said.get("words", {}),
        document_number=said.get("document_number"),
    )


def _cell(event_id: str) -> Cell:
    return Cell("events", "sealed_words", event_id)
