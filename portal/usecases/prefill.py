"""Ask a registry instead of the person: only after a phone code, a consent, an agreement and a match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from portal.forms.answers import Value
from portal.forms.definition import Registry, Service
from portal.forms.prefill import read_record
from portal.forms.questions import Around
from portal.i18n.locale import today
from portal.interop.agreements import Agreement
from portal.interop.broker import Ask, Found, NoMatch, Unavailable
from portal.security.blind import blind_index
from portal.security.tokens import new_id
from portal.store import agreements, consents, drafts, exchange_calls, limits
from portal.store.agreements import AgreementRow
from portal.store.consents import ConsentRow
from portal.store.database import Session
from portal.store.draft import Asking
from portal.store.drafts import Draft, Prefilled
from portal.store.exchange_calls import ExchangeCallRow
from portal.store.limits import Limit
from portal.usecases.catalogue import load_version
from portal.usecases.refusals import NotFound

Outcome = Found | NoMatch | Unavailable

# Matching is a way to guess birth dates: bounded for each number asked about and for each phone asking.
_PER_SUBJECT = Limit("match by number asked about", 30, timedelta(hours=24))
_PER_ASKER = Limit("match by phone asking", 10, timedelta(hours=1))


def due(draft: Draft, service: Service, now: datetime) -> str | None:
    """The registry that could be asked now, judged by the draft alone; `plan` has the last word."""
    if not draft.is_signed_in or draft.submitted_reference:
        return None
    ready = (registry.key for registry in service.registries if _is_due(draft, registry, now))
    return next(ready, None)


def _is_due(draft: Draft, registry: Registry, now: datetime) -> bool:
    asking = draft.asking(registry.key)
    is_open = asking.state in ("none", "pending") and not asking.is_waiting(now)
    return is_open and _subject(draft, registry) is not None


def plan(db: Session, draft: Draft, registry_key: str, now: datetime) -> Ask | None:
    """What to ask the registry, written down before it is asked; None when it may not be asked now.

    Needs a proven phone, the consent's yes bound to the agreement as it stands, and tokens. Without agreement
    or tokens the draft becomes "unavailable", so that the person is asked instead.
    """
    current = drafts.load_for_change(db, draft)
    service = load_version(db, current.version_hash)
    registry = service.registry(registry_key)
    subject = _subject(current, registry)
    if due(current, service, now) != registry_key or subject is None:
        return None
    terms = _terms(db, current, registry, now)
    if terms is None or not _has_tokens(db, current, subject, now):
        _save(db, current, registry_key, Asking("unavailable"), now)
        return None
    agreement, consent = terms
    ask = Ask(
        service=registry.service,
        subject=subject,
        fields=registry.fields,
        purpose=registry.purpose,
        agreement=agreement,
        consent_id=consent.id,
        consent_revision=consent.agreement_revision or "",
        issue=new_id(),
        # The other side's log must tell two people apart without learning who they are.
        actor=blind_index(db.keyring, "actor", current.mobile or "")[:32],
    )
    _open_call(db, current, registry, ask, now)
    _save(db, current, registry_key, Asking("pending", now), now)
    return ask


def keep(db: Session, issue: str, outcome: Outcome, around: Around, now: datetime) -> Draft:
    """Put what the registry said beside the answers, never over them; `issue` is the `Ask`'s.

    An answer that comes after the person changed the number, or twice, changes nothing.
    """
    call = exchange_calls.require(db, issue)
    if call is None:
        raise NotFound
    current = drafts.load_by_id(db, call.draft_id)
    if call.finished_at is not None:
        return current
    exchange_calls.complete(db, issue, finished_at=now, **_trace(outcome))
    asking = current.asking(call.registry_key)
    if asking.state != "pending" or asking.started != call.at or current.submitted_reference:
        return current
    service = load_version(db, current.version_hash)
    if not isinstance(outcome, Found):
        missed = Asking("no_match" if isinstance(outcome, NoMatch) else "unavailable")
        return _save(db, current, call.registry_key, missed, now)
    values = read_record(service, call.registry_key, outcome.values, around)
    known = _with_values(current, call.registry_key, values, outcome.provenance.fetched_at)
    return _save(db, known, call.registry_key, Asking("done"), now)


def retry(db: Session, draft: Draft, registry_key: str, now: datetime) -> Draft:
    """Let the registry be asked once more: the person pressed the button."""
    return _save(db, drafts.load_for_change(db, draft), registry_key, Asking(), now)


def _subject(draft: Draft, registry: Registry) -> Mapping[str, str] | None:
    """The registry's inputs from the answers; None without consent or with one of them missing."""
    said = draft.answers
    if registry.consent not in said or said[registry.consent].value != "yes":
        return None
    subject = {name: said[key].value for name, key in registry.match.items() if key in said}
    words = {name: value for name, value in subject.items() if isinstance(value, str) and value}
    return words if words.keys() == registry.match.keys() else None


def _terms(
    db: Session, draft: Draft, registry: Registry, now: datetime
) -> tuple[Agreement, ConsentRow] | None:
    """The agreement as it stands and a consent bound to that very revision; no agreement, no call."""
    row = agreements.current(db, registry.service, registry.purpose)
    consent = consents.last(db, draft.id, registry.key)
    if row is None or consent is None or not consent.given or consent.agreement_revision != row.revision:
        return None
    agreement = _agreement(row)
    covered = agreement.covers(registry.service, registry.fields, registry.purpose)
    return (agreement, consent) if covered and agreement.is_valid_on(today(now)) else None


def _agreement(row: AgreementRow) -> Agreement:
    return Agreement(
        key=row.key,
        provider=row.provider,
        service=row.service,
        purpose=row.purpose,
        legal_basis=row.legal_basis,
        fields=tuple(row.fields_allowed.split()),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def _has_tokens(db: Session, draft: Draft, subject: Mapping[str, str], now: datetime) -> bool:
    whose = subject.get("nid") or "".join(subject.values())
    waits = (
        limits.take(db, _PER_SUBJECT, whose, now),
        limits.take(db, _PER_ASKER, draft.mobile or draft.holder_hash, now),
    )
    return not any(waits)


def _open_call(db: Session, draft: Draft, registry: Registry, ask: Ask, now: datetime) -> None:
    whose = ask.subject.get("nid") or "".join(ask.subject.values())
    exchange_calls.open_call(
        db,
        ExchangeCallRow(
            id=ask.issue,
            at=now,
            actor=f"holder:{draft.holder_hash}",
            draft_id=draft.id,
            registry_key=registry.key,
            whose=blind_index(db.keyring, "nid", whose),
            provider=ask.agreement.provider,
            service=ask.service,
            fields_asked=" ".join(ask.fields),
            purpose=ask.purpose,
            legal_basis=ask.agreement.legal_basis,
            agreement_revision=ask.agreement.revision,
            consent_id=ask.consent_id,
        ),
    )


def _trace(outcome: Outcome) -> dict[str, object]:
    if isinstance(outcome, Unavailable):
        return {
            "outcome": outcome.code,
            "message_id": outcome.message_id,
            "request_id": outcome.support_reference,
        }
    trace = outcome.provenance
    return {
        "outcome": "found" if isinstance(outcome, Found) else "no_match",
        "message_id": trace.message_id,
        "request_id": trace.request_id,
        "request_hash": trace.request_hash,
    }


def _with_values(draft: Draft, registry: str, values: Mapping[str, Value], at: datetime) -> Draft:
    fetched = {key: Prefilled(value, registry, at) for key, value in values.items()}
    return replace(draft, prefill={**draft.prefill, **fetched})


def _save(db: Session, draft: Draft, registry: str, asking: Asking, now: datetime) -> Draft:
    askings = {**draft.askings, registry: asking}
    return drafts.save(db, replace(draft, askings=askings, updated_at=now), draft.revision)
