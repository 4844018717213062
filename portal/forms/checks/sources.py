"""Registries, offices and fees: asked with consent, for what is used, and each figure from somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from portal.forms.asked import NO, YES
from portal.forms.checks.problem import Problem, at_question
from portal.forms.definition import LEVELS, Question, Registry, Service
from portal.i18n.messages import lazy


def check(service: Service) -> Iterator[Problem]:
    """Every problem with where facts come from."""
    order = {question.key: place for place, question in enumerate(service.questions)}
    for registry in service.registries:
        yield from _consent(service, registry, order)
        yield from _fields(service, registry, order)
    yield from _unasked(service)
    yield from _office(service, order)
    if not service.fees:
        yield Problem("fees", lazy("Say what it costs, with the source; amount = 0 if it is free"))


def _consent(service: Service, registry: Registry, order: dict[str, int]) -> Iterator[Problem]:
    where = f"registries.{registry.key}"
    for key in registry.match.values():
        if key not in order:
            yield Problem(f"{where}.match", lazy("There is no question “{key}”", key=key))
    if registry.consent not in order:
        yield Problem(f"{where}.consent", lazy("There is no question “{key}”", key=registry.consent))
        return
    asked = service.question(registry.consent)
    if asked.kind not in ("choice", "yes_no") or {option.code for option in asked.offered} != {YES, NO}:
        yield Problem(f"{where}.consent", lazy("“{key}” must be a choice of yes and no", key=asked.key))
    if asked.optional:
        yield Problem(
            f"{where}.consent", lazy("“{key}” must not be optional: silence is no consent", key=asked.key)
        )


def _fields(service: Service, registry: Registry, order: dict[str, int]) -> Iterator[Problem]:
    where = f"registries.{registry.key}"
    filled = [question for question in service.questions if _is_from(question, registry)]
    used = {
        field.partition(".")[0]
        for question in filled
        if question.from_registry
        for field in question.from_registry.wanted
    }
    for field in registry.fields:
        if field not in used:
            yield Problem(
                f"{where}.fields", lazy("“{field}” answers no question; do not fetch it", field=field)
            )
    for field in sorted(used - set(registry.fields)):
        yield Problem(
            f"{where}.fields", lazy("A question wants “{field}”, which is not fetched", field=field)
        )
    known_by = max((order.get(key, -1) for key in (registry.consent, *registry.match.values())), default=-1)
    for question in filled:
        if order[question.key] < known_by:
            yield Problem(
                _where(service, question),
                lazy("It is asked before the registry can be; move it after the consent"),
            )


def _is_from(question: Question, registry: Registry) -> bool:
    return question.from_registry is not None and question.from_registry.registry == registry.key


def _unasked(service: Service) -> Iterator[Problem]:
    known = {registry.key: registry for registry in service.registries}
    for question in service.questions:
        source = question.from_registry
        if source is not None and source.registry not in known:
            yield Problem(
                _where(service, question), lazy("There is no registry “{key}”", key=source.registry)
            )
        giving = [registry.key for registry in known.values() if question.key in registry.fields]
        if source is None and giving:
            yield Problem(
                _where(service, question),
                lazy("The registry “{key}” already gives it; add from_registry", key=giving[0]),
            )


def _office(service: Service, order: dict[str, int]) -> Iterator[Problem]:
    place = service.office.place
    asked = service.question(place) if place in order else None
    if asked is None or asked.kind != "address":
        yield Problem(
            "office.place",
            lazy("“{key}” must be an address question: it says which office decides", key=place),
        )
    elif LEVELS.index(asked.level) < LEVELS.index(service.office.level):
        yield Problem(
            "office.place",
            lazy("“{key}” must be asked down to the {level}", key=place, level=service.office.level),
        )


def _where(service: Service, question: Question) -> str:
    return at_question(service.step_of(question.key).key, question.key)
