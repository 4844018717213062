"""Take applications to their office and bring back news; the network is the caller's, never in here."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from portal.interop.asking import Value as HandedValue
from portal.interop.broker import Accepted, CaseStatus, Handover, Unavailable, UnknownCase
from portal.interop.handover import HandedAnswer
from portal.security.sealing import Unsealable
from portal.store import audit, deliveries, events, sent_messages, submissions
from portal.store.audit import Act
from portal.store.database import Session
from portal.store.deliveries import DeliveryState, Lease
from portal.store.events import Event
from portal.store.sent_messages import ShortMessage
from portal.store.submissions import DECIDED, Submission
from portal.usecases.refusals import NotFound
from portal.usecases.sent_body import Body, read

log = logging.getLogger(__name__)

# trust.md: at once, then ever more slowly; the broker's own deadline for a delivery is 25 seconds.
LEASE = timedelta(seconds=40)
BACKOFF = (
    timedelta(0),
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)
ATTEMPTS = 60
"""About five days of asking every two hours; then somebody must look."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient the worker is with offices."""

    first: timedelta = timedelta(minutes=1)
    """After delivery and after news, when to ask the office how the case stands; then ever later,"""
    longest: timedelta = timedelta(hours=1)
    """up to this."""
    slowest: timedelta = timedelta(hours=2)
    """The longest wait between two attempts to deliver."""
    parked: timedelta = timedelta(hours=1)
    """How long a delivery waits for somebody to mend what was wrong before it is tried all the same."""

    def wait(self, asked: int) -> timedelta:
        """How long after the `asked`-th answer to ask again."""
        return min(self.first * 1.5 ** min(asked, 30), self.longest)

    def retry(self, attempt: int) -> timedelta:
        """How long after the failed `attempt` to try again."""
        return min(BACKOFF[min(attempt - 1, len(BACKOFF) - 1)], self.slowest)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One application, leased to one worker, ready to hand over."""

    lease: Lease
    handover: Handover = field(repr=False)

    @property
    def ask_first(self) -> bool:
        """True when the office may have it already: ask its status before sending."""
        return self.lease.is_ambiguous


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One undecided case whose office is to be asked, leased to one worker."""

    lease: Lease
    service: str
    submission_id: str
    issue: str
    """The reference, the same in every question about this case."""


def claim(db: Session, now: datetime, worker: str) -> Delivery | None:
    """The delivery due longest, leased; None when none is due.

    One that cannot be opened, or that has ended its worker again and again, is dead and in nobody's way.
    """
    while (lease := deliveries.lease_due(db, worker, now, LEASE)) is not None:
        if lease.attempt > ATTEMPTS:
            deliveries.finish(db, lease, state="dead", last_code="portal.too_many_attempts", finished_at=now)
            continue
        try:
            return Delivery(lease, _handover(_require(db, lease), lease.target))
        except (NotFound, Unsealable):
            log.exception("delivery %s cannot be opened", lease.delivery_id)
            deliveries.finish(db, lease, state="dead", last_code="portal.unsealable", finished_at=now)
    return None


def handed_over(
    db: Session, delivery: Delivery, accepted: Accepted | CaseStatus, pace: Pace, now: datetime
) -> None:
    """The office has it. Raises `NotFound` when the lease was lost: whoever took it over will find out."""
    deliveries.finish(
        db,
        delivery.lease,
        state="done",
        is_ambiguous=False,
        finished_at=now,
        ask_at=now + pace.first,
        asked=0,
    )
    submission = _require(db, delivery.lease)
    if submission.delivered_at is not None:
        return
    case = accepted.case if isinstance(accepted, Accepted) else submission.case_number
    submissions.mark(db, submission.id, delivered_at=now, case_number=case)
    events.append(db, submission.id, submission.vault, Event("delivered", now))
    audit.record(db, Act("worker", "application.delivered", f"submission:{submission.id}"), now)


def failed(db: Session, delivery: Delivery, why: Unavailable, pace: Pace, now: datetime) -> None:
    """Not this time: try again soon, or put it aside while somebody mends the cause."""
    lease = delivery.lease
    state, due_at = _next(lease, why, pace, now)
    deliveries.finish(
        db,
        lease,
        state=state,
        due_at=due_at,
        is_ambiguous=lease.is_ambiguous or why.ambiguous,
        last_code=why.code,
        last_support_reference=why.support_reference,
    )
    if state != "ready":
        log.error("delivery %s is %s: %s %s", lease.delivery_id, state, why.code, why.support_reference)


def claim_enquiry(db: Session, now: datetime, worker: str) -> Enquiry | None:
    """The undecided case whose office should be asked next, leased."""
    lease = deliveries.lease_asking(db, worker, now, LEASE)
    if lease is None:
        return None
    reference = submissions.reference_of(db, lease.submission_id)
    return Enquiry(lease, lease.target, lease.submission_id, reference)


def heard(
    db: Session, enquiry: Enquiry, answer: CaseStatus | UnknownCase | Unavailable, pace: Pace, now: datetime
) -> None:
    """What the office said: new states become events and a message; silence is asked again later.

    An office that has never seen a delivered application gets it once more.
    """
    if isinstance(answer, UnknownCase):
        deliveries.finish(db, enquiry.lease, state="ready", due_at=now, is_ambiguous=False, ask_at=None)
        return
    if isinstance(answer, Unavailable):
        _ask_again(db, enquiry, now + pace.wait(enquiry.lease.asked + 3))
        return
    submission = _require(db, enquiry.lease)
    changed = _record(db, submission, answer, now)
    decided = submission.state in DECIDED or answer.state in DECIDED
    wait = pace.first if changed else pace.wait(enquiry.lease.asked)
    _ask_again(db, enquiry, None if decided else now + wait)


def _record(db: Session, submission: Submission, answer: CaseStatus, now: datetime) -> bool:
    if answer.state == submission.state or submission.state in DECIDED:
        return False
    if answer.state == "received":
        return False
    at = answer.decided_at or now
    event = Event(answer.state, at, "office", dict(answer.reason or {}), answer.document_number)
    events.append(db, submission.id, submission.vault, event)
    decided_at = at if answer.state in DECIDED else None
    submissions.mark(db, submission.id, state=answer.state, decided_at=decided_at)
    audit.record(db, Act("office", f"application.{answer.state}", f"submission:{submission.id}"), now)
    mobile = read(submission.body).mobile
    if mobile and answer.state != "in_review":
        told = ShortMessage(mobile, "news", submission.language, {"reference": submission.reference})
        sent_messages.put(db, told, now)
    return True


def _ask_again(db: Session, enquiry: Enquiry, at: datetime | None) -> None:
    deliveries.finish(db, enquiry.lease, ask_at=at)


def _next(lease: Lease, why: Unavailable, pace: Pace, now: datetime) -> tuple[DeliveryState, datetime]:
    """Where a failed delivery goes: an HTTP status says nothing, only the kind of fault does (interop.md)."""
    if lease.attempt >= ATTEMPTS:
        return "dead", now
    if why.kind in ("transient", "planned"):
        return "ready", now + pace.retry(lease.attempt)
    return "parked", now + pace.parked


def _require(db: Session, lease: Lease) -> Submission:
    found = submissions.by_id(db, lease.submission_id)
    if found is None:
        raise NotFound
    return found


def _handover(submission: Submission, target: str) -> Handover:
    body: Body = read(submission.body)
    return Handover(
        service=target,
        submission_id=submission.id,
        reference=submission.reference,
        service_key=submission.service_key,
        version_hash=submission.version_hash,
        office=submission.office.place,
        received_at=submission.received_at,
        answers=tuple(
            HandedAnswer(
                question=sent.question,
                label=sent.label.to_dict(),
                value=cast("HandedValue", sent.answer.value),  # one answer, never a list of things
                words=sent.words.to_dict(),
                source=sent.answer.source,
                registry=sent.answer.registry,
                fetched_at=sent.answer.fetched_at,
            )
            for sent in body.answers
            if sent.words is not None
        ),
    )
