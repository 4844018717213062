"""Short messages to phones: an outbox of their own, sealed, emptied after a week."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, cast

from sqlalchemy import delete, update
from sqlmodel import Field, Index, SQLModel, col, select

from portal.security.sealing import Cell
from portal.security.tokens import new_id
from portal.store.database import Session

MessageKind = Literal["code", "received", "news"]
MessageState = Literal["ready", "sent", "never", "dead"]


class SentMessageRow(SQLModel, table=True):
    """One message. `never`: made only so that a miss takes as long as a hit."""

    __tablename__ = "sent_messages"
    __table_args__ = (Index(None, "state", "due_at"),)

    id: str = Field(primary_key=True)
    kind: str
    language: str
    state: str
    sealed: bytes
    created_at: datetime = Field(index=True)
    due_at: datetime
    attempts: int
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShortMessage:
    """Whom to tell what, in which language. `params` fill the sentence of its kind."""

    mobile: str = field(repr=False)
    kind: MessageKind
    language: str
    params: Mapping[str, str] = field(repr=False)
    id: str = ""
    created_at: datetime | None = None
    state: MessageState = "ready"
    attempts: int = 0


def put(db: Session, message: ShortMessage, now: datetime, *, really: bool = True) -> None:
    """Put a message into the outbox; with `really` false it costs the same and goes nowhere."""
    message_id = new_id()
    said = json.dumps({"mobile": message.mobile, "params": dict(message.params)}).encode()
    db.add(
        SentMessageRow(
            id=message_id,
            kind=message.kind,
            language=message.language,
            state="ready" if really else "never",
            sealed=db.keyring.seal(said, _cell(message_id)),
            created_at=now,
            due_at=now,
            attempts=0,
        )
    )
    db.flush()


def recent(db: Session, limit: int) -> tuple[ShortMessage, ...]:
    """The newest messages first; for the developer's page, where no gateway sends them."""
    rows = db.exec(
        select(SentMessageRow)
        .where(SentMessageRow.state != "never")
        .order_by(col(SentMessageRow.created_at).desc(), col(SentMessageRow.id))
        .limit(limit)
    )
    return tuple(_message(db, row) for row in rows)


def take_due(db: Session, now: datetime, lease: timedelta) -> ShortMessage | None:
    """Take the message due longest and put it off by `lease`, so that no other worker sends it too."""
    chosen = (
        select(SentMessageRow.id)
        .where(SentMessageRow.state == "ready", col(SentMessageRow.due_at) <= now)
        .order_by(col(SentMessageRow.due_at))
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    row = db.execute(
        update(SentMessageRow)
        .where(col(SentMessageRow.id) == chosen)
        .values(attempts=col(SentMessageRow.attempts) + 1, due_at=now + lease)
        .returning(SentMessageRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).scalar_one_or_none()
    return _message(db, row) if row else None


def is_any_due(db: Session, now: datetime) -> bool:
    """Whether a message waits; only a look."""
    query = select(SentMessageRow.id).where(
        SentMessageRow.state == "ready", col(SentMessageRow.due_at) <= now
    )
    return db.exec(query.limit(1)).first() is not None


def settle(db: Session, message_id: str, state: MessageState, now: datetime) -> None:
    """The gateway took it, or nobody ever will."""
    _change(db, message_id, state=state, sent_at=now)


def put_off(db: Session, message_id: str, until: datetime) -> None:
    """Try again at `until`."""
    _change(db, message_id, due_at=until)


def sweep(db: Session, before: datetime) -> None:
    """Delete messages made before `before`."""
    db.execute(delete(SentMessageRow).where(col(SentMessageRow.created_at) < before))


def _change(db: Session, message_id: str, **changes: object) -> None:
    db.execute(
        update(SentMessageRow)
        .where(col(SentMessageRow.id) == message_id)
        .values(**changes)
        .execution_options(synchronize_session=False)
    )


def _message(db: Session, row: SentMessageRow) -> ShortMessage:
    said = json.loads(db.keyring.open(row.sealed, _cell(row.id)))
    return ShortMessage(
        mobile=said["mobile"],
        kind=cast("MessageKind", row.kind),
        language=row.language,
        params=said["params"],
        id=row.id,
        created_at=row.created_at,
        state=cast("MessageState", row.state),
        attempts=row.attempts,
    )


def _cell(message_id: str) -> Cell:
    return Cell("sent_messages", "sealed", message_id)
