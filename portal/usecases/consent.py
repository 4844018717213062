"""Record what a person allows: which registry, under which agreement, after which words."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from portal.forms.definition import Registry, Service
from portal.security.tokens import new_id
from portal.store import agreements, audit, consents
from portal.store.audit import Act
from portal.store.consents import ConsentRow
from portal.store.database import Session
from portal.store.drafts import Draft


@dataclass(frozen=True, slots=True)
class Consenting:
    """One yes or no to asking `registry`, bound to an agreement's revision and the words that were read."""

    registry: str
    agreement_revision: str | None
    words_hash: str
    given: bool


def record(db: Session, draft: Draft, consenting: Consenting, now: datetime) -> str:
    """Keep it; the id of the consent. A later one for the same registry takes its place."""
    consent_id = new_id()
    db.add(
        ConsentRow(
            id=consent_id,
            draft_id=draft.id,
            registry_key=consenting.registry,
            agreement_revision=consenting.agreement_revision,
            words_hash=consenting.words_hash,
            language=draft.locale,
            given=consenting.given,
            at=now,
        )
    )
    act = "consent.given" if consenting.given else "consent.refused"
    audit.record(db, Act(f"holder:{draft.holder_hash}", act, f"draft:{draft.id}", consenting.words_hash), now)
    db.flush()
    return consent_id


def follow(db: Session, draft: Draft, service: Service, registry: Registry, now: datetime) -> None:
    """Record the answer to a registry's consent question, unless that very answer is on record."""
    given = draft.answers[registry.consent].value == "yes"
    agreement = agreements.current(db, registry.service, registry.purpose)
    consenting = Consenting(
        registry=registry.key,
        agreement_revision=agreement.revision if agreement else None,
        words_hash=words_hash(service, registry, draft.locale),
        given=given,
    )
    before = consents.last(db, draft.id, registry.key)
    if before is None or _said(before) != consenting:
        record(db, draft, consenting, now)


def words_hash(service: Service, registry: Registry, locale: str) -> str:
    """SHA-256 (hex) of everything the consent question said in that language."""
    question = service.question(registry.consent)
    said = [question.label, question.hint, question.why, *(option.label for option in question.options)]
    words = [text.words(locale) for text in said if text is not None]
    terms = [registry.provider.words(locale), registry.purpose_words.words(locale), *registry.fields]
    return hashlib.sha256(json.dumps([words, terms], ensure_ascii=False).encode()).hexdigest()


def _said(row: ConsentRow) -> Consenting:
    return Consenting(row.registry_key, row.agreement_revision, row.words_hash, row.given)
