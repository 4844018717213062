"""Registries, offices and fees: asked with consent, for what is used, and each figure from somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from portal.forms.checks.problem import Problem, at_question
from portal.forms.definition import LEVELS, Question, Registry, Service


def check(service: Service) -> Iterator[Problem]:
    """Every problem with where facts come from."""
    order = {question.key: place for place, question in enumerate(service.questions)}
    for registry in service.registries:
        yield from _consent(service, registry, order)
        yield from _fields(service, registry, order)
    yield from _unasked(service)
    yield from _office(service, order)
    if not service.fees:
        yield Problem("fees", "say what it costs, with the source; amount = 0 if it is free")


def _consent(service: Service, registry: Registry, order: dict[str, int]) -> Iterator[Problem]:
    where = f"registries.{registry.key}"
    for key in registry.match.values():
        if key not in order:
            yield Problem(f"{where}.match", f"there is no question “{key}”")
    if registry.consent not in order:
        yield Problem(f"{where}.consent", f"there is no question “{registry.consent}”")
        return
    asked = service.question(registry.consent)
    if asked.kind != "choice" or {option.code for option in asked.options} != {"yes", "no"}:
        yield Problem(f"{where}.consent", f"“{asked.key}” must be a choice of yes and no")
    if asked.optional:
        yield Problem(f"{where}.consent", f"“{asked.key}” must not be optional: silence is no consent")


def _fields(service: Service, registry: Registry, order: dict[str, int]) -> Iterator[Problem]:
    where = f"registries.{registry.key}"
    filled = [question for question in service.questions if _is_from(question, registry)]
    used = {
        str(question.from_registry.field).partition(".")[0] for question in filled if question.from_registry
    }
    for field in registry.fields:
        if field not in used:
            yield Problem(f"{where}.fields", f"“{field}” answers no question; do not fetch it")
    for field in sorted(used - set(registry.fields)):
        yield Problem(f"{where}.fields", f"a question wants “{field}”, which is not fetched")
    known_by = max((order.get(key, -1) for key in (registry.consent, *registry.match.values())), default=-1)
    for question in filled:
        if order[question.key] < known_by:
            yield Problem(
                _where(service, question), "is asked before the registry can be; move it after the consent"
            )


def _is_from(question: Question, registry: Registry) -> bool:
    return question.from_registry is not None and question.from_registry.registry == registry.key


def _unasked(service: Service) -> Iterator[Problem]:
    known = {registry.key: registry for registry in service.registries}
    for question in service.questions:
        source = question.from_registry
        if source is not None and source.registry not in known:
            yield Problem(_where(service, question), f"there is no registry “{source.registry}”")
        giving = [registry.key for registry in known.values() if question.key in registry.fields]
        if source is None and giving:
            yield Problem(
                _where(service, question), f"registry “{giving[0]}” already gives it; add from_registry"
            )


def _office(service: Service, order: dict[str, int]) -> Iterator[Problem]:
    place = service.office.place
    asked = service.question(place) if place in order else None
    if asked is None or asked.kind != "address":
        yield Problem("office.place", f"“{place}” must be an address question: it says which office decides")
    elif LEVELS.index(asked.level) < LEVELS.index(service.office.level):
        yield Problem("office.place", f"“{place}” must be asked down to the {service.office.level}")


def _where(service: Service, question: Question) -> str:
    return at_question(service.step_of(question.key).key, question.key)
