"""The outbox: applications on their way to an office, leased to one worker at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

from sqlalchemy import ColumnElement, and_, case, or_, update
from sqlalchemy.orm import Mapped
from sqlmodel import Field, Index, SQLModel, UniqueConstraint, col, func, select

from portal.security.tokens import new_id
from portal.store.database import Session
from portal.store.refused import NotFound

DeliveryState = Literal["ready", "leased", "done", "parked", "dead"]


class DeliveryRow(SQLModel, table=True):
    """One application for one office. What is sent is read from the submission when it is sent."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("submission_id", "target"),
        Index(None, "state", "due_at"),
        Index(None, "ask_at"),
    )

    id: str = Field(primary_key=True)
    submission_id: str = Field(foreign_key="submissions.id")
    target: str
    """Catalogue key of the office's intake."""
    state: str
    attempts: int
    due_at: datetime
    leased_by: str | None = None
    leased_until: datetime | None = None
    is_ambiguous: bool
    """The office may have it although nobody heard so: ask before sending again."""
    last_code: str | None = None
    last_support_reference: str | None = None
    created_at: datetime
    finished_at: datetime | None = None
    ask_at: datetime | None = None
    """When to ask the office next where the case stands; empty once it is decided or nothing was sent."""
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Lease:
    """Who holds what until when. A lease that ran out is somebody else's to take."""

    delivery_id: str
    submission_id: str
    target: str
    worker: str
    attempt: int
    is_ambiguous: bool
    asked: int
    """How often the office was asked about this case, this time included."""


def enqueue(db: Session, submission_id: str, target: str, now: datetime) -> None:
    """Put one application into the outbox, due at once."""
    db.add(
        DeliveryRow(
            id=new_id(),
            submission_id=submission_id,
            target=target,
            state="ready",
            attempts=0,
            due_at=now,
            is_ambiguous=False,
            created_at=now,
        )
    )


def lease_due(db: Session, worker: str, now: datetime, length: timedelta) -> Lease | None:
    """Take the delivery due longest, with one UPDATE; None when none is due.

    A lease that ran out is taken over and counts as ambiguous: its worker may have died after sending.
    """
    expired = and_(col(DeliveryRow.state) == "leased", col(DeliveryRow.leased_until) <= now)
    return _lease(
        db,
        _first_of(or_(_is_waiting(now), expired), col(DeliveryRow.due_at)),
        {
            "state": "leased",
            "is_ambiguous": case(
                (col(DeliveryRow.state) == "leased", True), else_=col(DeliveryRow.is_ambiguous)
            ),
            "attempts": col(DeliveryRow.attempts) + 1,
            "leased_by": worker,
            "leased_until": now + length,
        },
    )


def lease_asking(db: Session, worker: str, now: datetime, length: timedelta) -> Lease | None:
    """Take the delivered, undecided application whose office should be asked next."""
    free = or_(col(DeliveryRow.leased_until).is_(None), col(DeliveryRow.leased_until) <= now)
    due = and_(col(DeliveryRow.state) == "done", col(DeliveryRow.ask_at) <= now, free)
    return _lease(
        db,
        _first_of(due, col(DeliveryRow.ask_at)),
        {"asked": col(DeliveryRow.asked) + 1, "leased_by": worker, "leased_until": now + length},
    )


def is_any_due(db: Session, now: datetime) -> bool:
    """Whether something waits to be delivered; only a look."""
    expired = and_(col(DeliveryRow.state) == "leased", col(DeliveryRow.leased_until) <= now)
    return _any(db, or_(_is_waiting(now), expired))


def is_any_asking(db: Session, now: datetime) -> bool:
    """Whether an office waits to be asked; only a look."""
    until = col(DeliveryRow.leased_until)
    free = or_(until.is_(None), until <= now)
    return _any(db, and_(col(DeliveryRow.state) == "done", col(DeliveryRow.ask_at) <= now, free))


def finish(db: Session, lease: Lease, **changes: object) -> None:
    """End a lease with `changes`; raises `NotFound` when it is no longer this worker's."""
    done = db.execute(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.id) == lease.delivery_id,
            col(DeliveryRow.leased_by) == lease.worker,
            col(DeliveryRow.attempts) == lease.attempt,
        )
        .values(leased_by=None, leased_until=None, **changes)
        .returning(col(DeliveryRow.id))
        .execution_options(synchronize_session=False)
    ).first()
    if done is None:
        raise NotFound


def of_submission(db: Session, submission_id: str) -> tuple[DeliveryRow, ...]:
    """Every delivery of one application."""
    query = select(DeliveryRow).where(DeliveryRow.submission_id == submission_id)
    return tuple(db.exec(query.order_by(col(DeliveryRow.target))))


def count_by_state(db: Session) -> dict[DeliveryState, int]:
    """How many deliveries are in each state, for the status page."""
    rows = db.exec(select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state))
    return {cast("DeliveryState", state): count for state, count in rows}


def release(db: Session, now: datetime) -> int:
    """Make every parked and dead delivery due again, after somebody mended the cause; how many."""
    released = db.execute(
        update(DeliveryRow)
        .where(col(DeliveryRow.state).in_(["parked", "dead"]))
        .values(state="ready", due_at=now, attempts=0)
        .returning(col(DeliveryRow.id))
        .execution_options(synchronize_session=False)
    )
    return len(released.all())


def _is_waiting(now: datetime) -> ColumnElement[bool]:
    return and_(col(DeliveryRow.state).in_(["ready", "parked"]), col(DeliveryRow.due_at) <= now)


def _first_of(
    where: ColumnElement[bool], order: Mapped[datetime] | Mapped[datetime | None]
) -> ColumnElement[str]:
    # PostgreSQL passes over rows other workers are taking; SQLite has one writer and ignores the clause.
    chosen = (
        select(DeliveryRow.id)
        .where(where)
        .order_by(order, col(DeliveryRow.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return chosen.scalar_subquery()


def _lease(db: Session, chosen: ColumnElement[str], changes: dict[str, object]) -> Lease | None:
    taken = db.execute(
        update(DeliveryRow)
        .where(col(DeliveryRow.id) == chosen)
        .values(**changes)
        .returning(
            col(DeliveryRow.id),
            col(DeliveryRow.submission_id),
            col(DeliveryRow.target),
            col(DeliveryRow.leased_by),
            col(DeliveryRow.attempts),
            col(DeliveryRow.is_ambiguous),
            col(DeliveryRow.asked),
        )
        .execution_options(synchronize_session=False)
    ).first()
    return Lease(*taken) if taken else None


def _any(db: Session, where: ColumnElement[bool]) -> bool:
    return db.exec(select(DeliveryRow.id).where(where).limit(1)).first() is not None
