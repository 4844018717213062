"""Follow an application: in the browser that sent it, or with its number, its mobile and a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from portal.forms.definition import Service
from portal.security.blind import is_same
from portal.security.tokens import clean_reference, hash_token
from portal.store import (
    audit,
    deliveries,
    events,
    exchange_calls,
    grants,
    phone_codes,
    sent_messages,
    submissions,
)
from portal.store.audit import Act
from portal.store.database import Session
from portal.store.deliveries import DeliveryState
from portal.store.events import Event
from portal.store.limits import Limit
from portal.store.phone_codes import Asked
from portal.store.sent_messages import ShortMessage
from portal.store.submissions import State, Submission
from portal.usecases.catalogue import load_version
from portal.usecases.limiting import require_tokens
from portal.usecases.refusals import CodeExpired, CodeWrong
from portal.usecases.sign_in import CodeSent, limit_sends, mobile_index, require_code
from portal.usecases.visitor import Visitor

GRANTED_FOR = timedelta(minutes=30)
_PER_REFERENCE = Limit("look up by reference", 10, timedelta(hours=1))
_PER_CLIENT = Limit("look up by client", 60, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """How one delivery to an office stands."""

    state: DeliveryState
    attempts: int
    next_at: datetime | None
    """When it is tried again; None when it arrived or waits for somebody."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """One time a registry was asked about the person, for "who looked at my data"."""

    at: datetime
    registry: str
    fields: tuple[str, ...]
    purpose: str
    found: bool


@dataclass(frozen=True, slots=True)
class Tracking:
    """Everything known about how far an application has come."""

    submission: Submission
    service: Service
    events: tuple[Event, ...]
    deliveries: tuple[OnTheWay, ...]
    lookups: tuple[Lookup, ...]
    reached_office: bool

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.submission.state


@dataclass(frozen=True, slots=True)
class Listed:
    """One application in a list."""

    reference: str
    service: Service
    state: State
    received_at: datetime
    due_on: date | None
    delivered_at: datetime | None


def load(db: Session, reference: str, holder: str, now: datetime) -> Tracking:
    """How far an application has come, for who may see it; else `NotFound`."""
    holder_hash = hash_token(holder)
    granted = grants.granted(db, holder_hash, now)
    found = submissions.load_visible(db, clean_reference(reference), holder_hash, granted)
    service = load_version(db, found.version_hash)
    return Tracking(
        submission=found,
        service=service,
        events=events.of_submission(db, found.id, found.vault),
        deliveries=tuple(
            OnTheWay(
                cast("DeliveryState", one.state), one.attempts, one.due_at if one.state == "ready" else None
            )
            for one in deliveries.of_submission(db, found.id)
        ),
        lookups=tuple(
            Lookup(
                at=call.at,
                registry=call.registry_key,
                fields=tuple(call.fields_asked.split()),
                purpose=call.purpose,
                found=call.outcome == "found",
            )
            for call in exchange_calls.of_drafts(db, [found.draft_id])
        ),
        reached_office=found.delivered_at is not None,
    )


def mine(db: Session, holder: str, now: datetime) -> tuple[Listed, ...]:
    """What this browser sent or was granted a look at, newest first."""
    holder_hash = hash_token(holder)
    found = submissions.all_visible(db, holder_hash, grants.granted(db, holder_hash, now))
    return tuple(
        Listed(
            reference=one.reference,
            service=load_version(db, one.version_hash),
            state=one.state,
            received_at=one.received_at,
            due_on=one.due_on,
            delivered_at=one.delivered_at,
        )
        for one in found
    )


def ask_code(db: Session, visitor: Visitor, reference: str, mobile: str, now: datetime) -> CodeSent:
    """Send a code if `mobile` belongs to `reference`; a miss looks and costs the same. Raises `TooMany`."""
    wanted = clean_reference(reference)
    require_tokens(db, {_PER_REFERENCE: wanted, _PER_CLIENT: visitor.client}, now)
    limit_sends(db, mobile, visitor, now)
    index = mobile_index(db, mobile)
    known = submissions.contact(db, wanted)
    fits = is_same(known.mobile_index if known else "", index)
    opens = known.id if known and fits else None
    made = phone_codes.issue(db, Asked("track", wanted, hash_token(visitor.holder), index, opens), now)
    message = ShortMessage(mobile, "code", visitor.locale, {"code": made.digits})
    sent_messages.put(db, message, now, really=opens is not None)
    return CodeSent(mobile, made.expires_at, phone_codes.TRIES)


def grant(db: Session, visitor: Visitor, reference: str, code: str, now: datetime) -> str:
    """Let this browser look for 30 minutes; the reference as written. Raises `CodeWrong`, `CodeExpired`."""
    wanted, holder_hash = clean_reference(reference), hash_token(visitor.holder)
    row = phone_codes.current(db, "track", wanted, holder_hash)
    require_code(db, row, code, now)
    if row is None:
        raise CodeExpired
    if row.opens is None:
        raise CodeWrong(0)
    phone_codes.use(db, row.id, now)
    grant_id = grants.give(db, holder_hash, row.opens, now, now + GRANTED_FOR)
    act = Act(f"holder:{holder_hash}", "application.look", f"submission:{row.opens}", grant_id=grant_id)
    audit.record(db, act, now)
    return wanted
