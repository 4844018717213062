"""Reach: every step and every exit is where some answers lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice, product

from portal.forms.answers import Answers, Value
from portal.forms.checks.problem import Problem
from portal.forms.checks.rules import CHOSEN
from portal.forms.definition import Exit, Question, Service, Step
from portal.forms.expression import Expression
from portal.forms.journey import Journey
from portal.forms.questions import Around, NoPlaces
from portal.i18n.messages import lazy

_MOST_PATHS = 20_000
_SOME_DAY = date(2026, 1, 1)


def check(service: Service) -> Iterator[Problem]:
    """Every step and exit that no answers lead to, as far as answers chosen from options can tell."""
    known = {question.key: question for question in service.questions}
    for step in service.steps:
        if step.show_if is not None and not _can_come_true(service, step, step.show_if, known):
            yield Problem(f"steps.{step.key}", lazy("No answers lead to this step"))
    for way in service.exits:
        if not _can_come_true(service, way, way.when, known):
            yield Problem(f"exits.{way.key}", lazy("No answers lead to this exit"))


def _can_come_true(
    service: Service, goal: Step | Exit, rule: Expression, known: Mapping[str, Question]
) -> bool:
    """Whether some choice of options reaches `goal`; True where judging takes more than options."""
    deciding = _deciding(service, rule, known)
    if deciding is None or not deciding or any(question.kind not in CHOSEN for question in deciding):
        return True
    offered = [[(question.key, value) for value in _values(question)] for question in deciding]
    around = Around(_SOME_DAY, NoPlaces())
    for chosen in islice(product(*offered), _MOST_PATHS):
        values = {key: value for key, value in chosen if value is not None}
        journey = Journey(service, Answers.typed(values), around)
        if goal in journey.steps or goal == journey.exit:
            return True
    return False


def _deciding(service: Service, rule: Expression, known: Mapping[str, Question]) -> list[Question] | None:
    """The questions that decide whether the rule can hold; None when more than questions decides."""
    if _may_be_satisfied(service):
        return None
    wanted = sorted(rule.questions())
    found: dict[str, Question] = {}
    while wanted:
        key = wanted.pop()
        if key in found:
            continue
        if key not in known:
            return None
        found[key] = known[key]
        step = service.step_of(key)
        if step.repeat or step.repeats_with:
            return None
        if step.show_if is not None:
            wanted += sorted(step.show_if.questions())
    return list(found.values())


def _may_be_satisfied(service: Service) -> bool:
    return any(step.satisfied_by is not None and step.satisfied_by.rule is not None for step in service.steps)


def _values(question: Question) -> Iterator[Value | None]:
    yield None
    for option in question.offered:
        yield [option.code] if question.kind == "choices" else option.code
