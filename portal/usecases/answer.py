"""Keep what a person answered on one step, whatever other windows did meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from portal.forms.answers import Answer, Answers, Value
from portal.forms.definition import KindName, Registry, Service
from portal.store import drafts
from portal.store.database import Session
from portal.store.drafts import Draft, Replaced
from portal.usecases import consent
from portal.usecases.catalogue import load_version
from portal.usecases.refusals import AlreadySent

_REMEMBERED = 40


def answer(
    db: Session, draft: Draft, new: Mapping[str, Value], now: datetime, expected_revision: int | None = None
) -> Draft:
    """Keep `new` (question key to value) over what `draft` holds now; the draft as it then is.

    `draft.locale` is the language the questions were read in. `expected_revision` is the one the page was
    made from: of a late page only what its person changed is taken. Saying the same twice changes nothing.
    Raises `NotFound`, `AlreadySent`.
    """
    current = drafts.load_for_change(db, draft)
    if current.submitted_reference:
        raise AlreadySent(current.submitted_reference)
    service = load_version(db, current.version_hash)
    seen = current.revision if expected_revision is None else expected_revision
    said = {key: value for key, value in new.items() if not _was_left_alone(current, key, value, seen)}
    changed = _kept(current, service, said)
    for registry in service.registries:
        changed = _registry_followed(current, changed, registry)
        if registry.consent in said:
            consent.follow(db, replace(changed, locale=draft.locale), service, registry, now)
    changed = replace(changed, locale=draft.locale)
    if changed == current:
        return current
    return drafts.save(db, replace(changed, updated_at=now), current.revision)


def _was_left_alone(current: Draft, key: str, value: Value, seen: int) -> bool:
    """True when a page made before another window's change sends back only what it showed."""
    later = [one for one in current.replaced if one.key == key and one.revision > seen]
    if not later:
        return False
    shown = later[0].answer
    if shown is None:
        return key in current.prefill and current.prefill[key].value == value
    return shown.value == value


def _kept(current: Draft, service: Service, said: Mapping[str, Value]) -> Draft:
    kinds = {question.key: question.kind for question in service.questions}
    answers = {key: _answer(current, key, value, kinds.get(key)) for key, value in said.items()}
    differing = {key: one for key, one in answers.items() if current.answers.get(key) != one}
    replaced = tuple(Replaced(key, current.revision + 1, current.answers.get(key)) for key in differing)
    return replace(
        current,
        answers=current.answers.with_answers(differing),
        replaced=(*current.replaced, *replaced)[-_REMEMBERED:],
    )


def _answer(current: Draft, key: str, value: Value, kind: KindName | None) -> Answer:
    """`kind` is None of what stands under no question: the things a step repeats for."""
    prefilled = current.prefill.get(key)
    if prefilled is not None and prefilled.value == value:
        return Answer(value, "registry", prefilled.registry, prefilled.fetched_at)
    if prefilled is not None:
        return Answer(value, "typed", prefilled.registry, prefilled.fetched_at, prefilled.value)
    if kind == "mobile" and value == current.mobile:
        return Answer(value, "phone")
    before = current.answers.get(key)
    return before if before is not None and before.value == value else Answer(value)


def _registry_followed(current: Draft, changed: Draft, registry: Registry) -> Draft:
    """Another number, another birth date or no consent: what the registry said is of nobody any more."""
    keys = (*registry.match.values(), registry.consent)
    if all(_value(current.answers, key) == _value(changed.answers, key) for key in keys):
        return changed
    gone = [
        key
        for key, one in changed.answers.items()
        if one.source == "registry" and one.registry == registry.key
    ]
    corrected = {
        key: Answer(one.value)
        for key, one in changed.answers.items()
        if one.source == "typed" and one.registry == registry.key
    }
    return replace(
        changed,
        answers=changed.answers.without(*gone).with_answers(corrected),
        prefill={key: one for key, one in changed.prefill.items() if one.registry != registry.key},
        askings={key: one for key, one in changed.askings.items() if key != registry.key},
    )


def _value(answers: Answers, key: str) -> Value | None:
    return answers[key].value if key in answers else None
