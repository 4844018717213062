"""Turn a finished draft into a submission: one transaction, asked twice it is the same one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from portal.forms.definition import LEVELS, TimeLimit
from portal.forms.journey import Journey
from portal.i18n.calendar import add_working_days
from portal.i18n.locale import Locale, today
from portal.security.blind import derived_salt
from portal.security.sealing import seal
from portal.security.signing import sign
from portal.security.tokens import is_id, new_id, new_reference
from portal.store import audit, deliveries, drafts, events, sent_messages, submissions
from portal.store.audit import Act
from portal.store.database import Session
from portal.store.drafts import Draft
from portal.store.events import Event
from portal.store.holidays import load_holidays
from portal.store.sent_messages import ShortMessage
from portal.store.service_versions import ServiceVersionRow, require_version
from portal.store.submissions import Office, Receipt, Submission
from portal.usecases.refusals import NotFound, NotReady, NotSignedIn, StaleDraft
from portal.usecases.sent_body import Body, sent_answers, written
from portal.usecases.sign_in import mobile_index

_REFERENCE_TRIES = 8


@dataclass(frozen=True, slots=True)
class Sending:
    """What the person is about to send, as they saw it."""

    journey: Journey
    """Made from `draft.answers`."""
    locales: Mapping[str, Locale]
    locale: str
    """The language they read the declaration in."""
    revision: int | None = None
    """The draft's revision on the page they checked; None takes the draft's own."""
    submission_id: str = ""
    """An id made by the sender, so that sending twice is harmless; one is made when empty."""
    assisted: bool = False


@dataclass(frozen=True, slots=True)
class _Facts:
    submission_id: str
    version: ServiceVersionRow
    sending: Sending
    office: Office


def submit(db: Session, draft: Draft, sending: Sending, now: datetime) -> Submission:
    """Send a finished draft. Asked twice, by draft or by submission id, it returns the first submission.

    Raises `NotReady` when something is open or the journey ended at an exit, `NotSignedIn` when the service
    wants a phone code, `StaleDraft` when answers changed since they were checked, `NotFound` for another
    person's draft or submission id.
    """
    current = drafts.load_for_change(db, draft)
    before = submissions.by_draft(db, current.id)
    if before is not None:
        return before
    _require_sendable(db, current, sending)
    sent = _insert(db, _prepared(db, current, sending, now))
    _follow(db, current, sent, sending, now)
    return sent


def _require_sendable(db: Session, current: Draft, sending: Sending) -> None:
    seen = current.revision if sending.revision is None else sending.revision
    # A registry's answer or a phone code also makes a revision; only changed answers need a second look.
    was_changed = any(one.revision > seen for one in current.replaced)
    if was_changed or sending.journey.given != current.answers:
        raise StaleDraft
    wanted = sending.submission_id
    if wanted and (not is_id(wanted) or submissions.by_id(db, wanted) is not None):
        raise NotFound
    if not sending.journey.is_complete:
        raise NotReady
    if sending.journey.service.assurance >= 1 and not current.is_signed_in:
        raise NotSignedIn


def _prepared(db: Session, current: Draft, sending: Sending, now: datetime) -> Submission:
    service = sending.journey.service
    if current.vault is None:
        raise NotFound
    version = require_version(db, current.version_hash)
    facts = _Facts(sending.submission_id or new_id(), version, sending, office_of(sending.journey))
    body = _body(db, current, facts)
    return Submission(
        id=facts.submission_id,
        reference="",
        draft_id=current.id,
        service_key=service.key,
        version_hash=version.hash,
        version=version.n,
        language=sending.locale,
        assisted=sending.assisted,
        assurance=_assurance(current),
        state="received",
        office=facts.office,
        digest=hashlib.sha256(body).hexdigest(),
        receipt=Receipt("", sign(db.keyring, b"")),
        received_at=now,
        due_on=_due_on(sending.journey.time_limit, today(now), load_holidays(db)),
        delivered_at=None,
        case_number=None,
        decided_at=None,
        body=body,
        mobile_index=mobile_index(db, current.mobile) if current.mobile else None,
        holder_hash=current.holder_hash,
        vault=current.vault,
    )


def _body(db: Session, current: Draft, facts: _Facts) -> bytes:
    """Everything that was sent, in canonical JSON."""
    office, sending = facts.office, facts.sending
    about = {
        "schema": 1,
        "submission": facts.submission_id,
        "service": facts.version.key,
        "version": facts.version.n,
        "version_hash": facts.version.hash,
        "language": sending.locale,
        "assisted": sending.assisted,
        "office": {"agency": office.agency, "level": office.level, "place": office.place},
        # Without a secret salt the digest on the receipt would let a stranger try out birth dates.
        "salt": derived_salt(db.keyring, "submission", facts.submission_id),
    }
    is_for_another = sending.journey.is_for_another
    if is_for_another is not None:
        about["applied_for"] = "another" if is_for_another else "self"
    return written(about, Body(sent_answers(sending.journey, sending.locales), current.mobile))


def _insert(db: Session, prepared: Submission) -> Submission:
    """Store it under a reference nobody has; a collision only costs another throw of the dice."""
    sealed = seal(prepared.vault, prepared.body, submissions.body_cell(prepared.id))
    for _ in range(_REFERENCE_TRIES):
        reference = new_reference()
        if submissions.is_known(db, reference):
            continue
        sent = replace(prepared, reference=reference)
        sent = replace(sent, receipt=_receipt(db, sent))
        try:
            with db.begin_nested():
                submissions.insert(db, sent, sealed)
        except IntegrityError:
            continue
        return sent
    # Every reference taken is beyond luck: the id is, by a sender who got in between.
    raise NotFound


def _receipt(db: Session, sent: Submission) -> Receipt:
    payload = json.dumps(
        {
            "schema": 1,
            "reference": sent.reference,
            "submission": sent.id,
            "service": sent.service_key,
            "version_hash": sent.version_hash,
            "office": f"{sent.office.agency}/{sent.office.place}",
            "received_at": sent.received_at.isoformat(),
            "digest": sent.digest,
        },
        sort_keys=True,
        separators=(",", ":"),
    )
    return Receipt(payload, sign(db.keyring, payload.encode()))


def _follow(db: Session, current: Draft, sent: Submission, sending: Sending, now: datetime) -> None:
    """Everything that must be true at the same moment as the submission."""
    events.append(db, sent.id, sent.vault, Event("received", now))
    for delivery in sending.journey.service.outcome.deliver:
        deliveries.enqueue(db, sent.id, f"{delivery.to}/{delivery.service}", now)
    actor = f"holder:{current.holder_hash}"
    audit.record(db, Act(actor, "application.sent", f"submission:{sent.id}", sent.digest), now)
    if current.mobile:
        told = ShortMessage(current.mobile, "received", sent.language, {"reference": sent.reference})
        sent_messages.put(db, told, now)
    drafts.save(db, replace(current, submitted_reference=sent.reference, updated_at=now), current.revision)


def office_of(journey: Journey) -> Office:
    """The office the answers lead to: the deepest place of the address not below the office's own level."""
    office = journey.service.office
    value = journey.values.get(office.place)
    reachable = LEVELS[: LEVELS.index(office.level) + 1]
    places = [value[level] for level in reachable if value.get(level)] if isinstance(value, dict) else []
    return Office(office.agency, office.level, places[-1] if places else "")


def _assurance(draft: Draft) -> int:
    if not draft.is_signed_in:
        return 0
    return 2 if any(one.state == "done" for one in draft.askings.values()) else 1


def _due_on(limit: TimeLimit, start: date, holidays: frozenset[date]) -> date:
    """The last day of the office's time; the day of arrival does not count."""
    if limit.unit == "working_days":
        return add_working_days(start, limit.value, holidays)
    if limit.unit == "days":
        return start + timedelta(days=limit.value)
    return _months_later(start, limit.value)


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in range(start.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(start.day, 28))
