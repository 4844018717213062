"""One-time codes sent to phones: only a keyed hash of each, bound to one browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Field, Index, SQLModel, col, select

from portal.security.blind import code_hash, is_same
from portal.security.tokens import new_code, new_id
from portal.store.database import Session

Purpose = Literal["draft", "track"]
LIFETIME = timedelta(minutes=5)
TRIES = 5


class PhoneCodeRow(SQLModel, table=True):
    """One code that was, or would have been, sent."""

    __tablename__ = "phone_codes"
    __table_args__ = (Index(None, "purpose", "subject", "holder_hash"),)

    id: str = Field(primary_key=True)
    purpose: str
    subject: str
    """Draft id, or the reference that was typed."""
    holder_hash: str
    mobile_index: str
    code_hash: str
    tries_left: int
    expires_at: datetime = Field(index=True)
    created_at: datetime
    used_at: datetime | None = None
    sealed_mobile: bytes | None = None
    opens: str | None = None
    """What the right code opens: a submission's id; empty when there was nothing to open."""


@dataclass(frozen=True, slots=True)
class Asked:
    """For what, in which browser and to which number a code is asked."""

    purpose: Purpose
    subject: str
    holder_hash: str = field(repr=False)
    mobile_index: str = field(repr=False)
    opens: str | None = None


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code just made; its digits go into one message and nowhere else."""

    id: str
    digits: str = field(repr=False)
    expires_at: datetime


def issue(db: Session, asked: Asked, now: datetime) -> NewCode:
    """A new code; older ones for the same thing in the same browser stop working."""
    db.execute(
        update(PhoneCodeRow)
        .where(*_asked(asked.purpose, asked.subject, asked.holder_hash), col(PhoneCodeRow.used_at).is_(None))
        .values(tries_left=0)
        .execution_options(synchronize_session=False)
    )
    made = NewCode(new_id(), new_code(), now + LIFETIME)
    db.add(
        PhoneCodeRow(
            id=made.id,
            purpose=asked.purpose,
            subject=asked.subject,
            holder_hash=asked.holder_hash,
            mobile_index=asked.mobile_index,
            code_hash=code_hash(db.keyring, made.id, made.digits),
            tries_left=TRIES,
            expires_at=made.expires_at,
            created_at=now,
            opens=asked.opens,
        )
    )
    db.flush()
    return made


def keep_mobile(db: Session, code_id: str, sealed_mobile: bytes) -> None:
    """Keep the number, sealed, until its code is typed."""
    db.execute(
        update(PhoneCodeRow)
        .where(col(PhoneCodeRow.id) == code_id)
        .values(sealed_mobile=sealed_mobile)
        .execution_options(synchronize_session=False)
    )


def current(db: Session, purpose: Purpose, subject: str, holder_hash: str) -> PhoneCodeRow | None:
    """The last code made for this in this browser, whatever became of it."""
    return db.exec(
        select(PhoneCodeRow)
        .where(*_asked(purpose, subject, holder_hash))
        .order_by(col(PhoneCodeRow.created_at).desc(), col(PhoneCodeRow.tries_left).desc())
        .limit(1)
        .execution_options(populate_existing=True)
    ).first()


def spend_try(db: Session, code_id: str, now: datetime) -> int | None:
    """Take one try, atomically; how many are left, or None when the code is dead."""
    return db.execute(
        update(PhoneCodeRow)
        .where(
            col(PhoneCodeRow.id) == code_id,
            col(PhoneCodeRow.tries_left) > 0,
            col(PhoneCodeRow.used_at).is_(None),
            col(PhoneCodeRow.expires_at) > now,
        )
        .values(tries_left=col(PhoneCodeRow.tries_left) - 1)
        .returning(col(PhoneCodeRow.tries_left))
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def fits(db: Session, row: PhoneCodeRow, digits: str) -> bool:
    """True when `digits` are the ones sent; takes the same time either way."""
    return is_same(row.code_hash, code_hash(db.keyring, row.id, digits))


def use(db: Session, code_id: str, now: datetime) -> None:
    """A code works once; the number kept with it goes."""
    db.execute(
        update(PhoneCodeRow)
        .where(col(PhoneCodeRow.id) == code_id)
        .values(used_at=now, tries_left=0, sealed_mobile=None)
        .execution_options(synchronize_session=False)
    )


def sweep(db: Session, before: datetime) -> None:
    """Delete codes that expired before `before`."""
    db.execute(delete(PhoneCodeRow).where(col(PhoneCodeRow.expires_at) < before))


def _asked(purpose: Purpose, subject: str, holder_hash: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(PhoneCodeRow.purpose) == purpose,
        col(PhoneCodeRow.subject) == subject,
        col(PhoneCodeRow.holder_hash) == holder_hash,
    )
