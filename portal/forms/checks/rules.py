"""Rules: about questions asked before, with answers those can have, and each able to come true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice, product

from portal.forms.answers import Answers, Value
from portal.forms.checks.problem import Problem
from portal.forms.definition import Exit, Question, Service, Step
from portal.forms.expression import Expression, Reference
from portal.forms.journey import Journey
from portal.forms.questions import Around, NoPlaces

_ORDERED = {"lt", "lte", "gt", "gte"}
_MOST_PATHS = 20_000
_SOME_DAY = date(2026, 1, 1)


def check(service: Service) -> Iterator[Problem]:
    """Every problem with the rules of the service."""
    known = {question.key: question for question in service.questions}
    before: set[str] = set()
    for step in service.steps:
        if step.show_if is not None:
            where = f"steps.{step.key}.show_if"
            yield from _rule(where, step.show_if, known)
            yield from _forward(where, step.show_if, known, before)
        before |= {question.key for question in step.questions}
    for way in service.exits:
        yield from _rule(f"exits.{way.key}.when", way.when, known)
        if not way.when.questions():
            yield Problem(f"exits.{way.key}.when", "it depends on no answer")
    yield from _unreachable(service, known)


def _forward(
    where: str, rule: Expression, known: Mapping[str, Question], before: Iterable[str]
) -> Iterator[Problem]:
    for key in sorted((rule.questions() & known.keys()) - set(before)):
        yield Problem(where, f"“{key}” is asked later or on the same page; a rule looks back only")


def _rule(where: str, rule: Expression, known: Mapping[str, Question]) -> Iterator[Problem]:
    for reference in rule.references():
        question = known.get(reference.key)
        if question is None:
            yield Problem(where, f"there is no question “{reference.key}”")
        elif reference.part is not None and question.kind != "address":
            yield Problem(where, f"“{reference}”: only an address has parts")
    for expression in rule.walk():
        yield from _comparison(where, expression, known)


def _comparison(where: str, expression: Expression, known: Mapping[str, Question]) -> Iterator[Problem]:
    asked = [
        known[item.key] for item in expression.operands if isinstance(item, Reference) and item.key in known
    ]
    for question in asked:
        if question.kind == "choices" and expression.operator in {"eq", "ne", *_ORDERED}:
            yield Problem(
                where, f"“{question.key}” has several answers; write in = [“code”, “${question.key}”]"
            )
        if question.kind not in ("number", "date") and expression.operator in _ORDERED:
            yield Problem(
                where, f"“{question.key}” has no order; {expression.operator} needs a number or a date"
            )
        for code in _literals(expression):
            if question.kind in ("choice", "choices") and question.option(code) is None:
                yield Problem(where, f"“{question.key}” has no option “{code}”")


def _literals(expression: Expression) -> Iterator[str]:
    if expression.operator not in ("eq", "ne", "in"):
        return
    for operand in expression.operands:
        yield from (str(item) for item in (operand if isinstance(operand, tuple) else ()))
        if isinstance(operand, str):
            yield operand


def _unreachable(service: Service, known: Mapping[str, Question]) -> Iterator[Problem]:
    for step in service.steps:
        if step.show_if is not None and not _can_come_true(service, step, step.show_if, known):
            yield Problem(f"steps.{step.key}", "no answers lead to this step")
    for way in service.exits:
        if not _can_come_true(service, way, way.when, known):
            yield Problem(f"exits.{way.key}", "no answers lead to this exit")


def _can_come_true(
    service: Service, goal: Step | Exit, rule: Expression, known: Mapping[str, Question]
) -> bool:
    """Whether some choice of options reaches `goal`; True where judging takes more than options."""
    deciding = _deciding(service, rule, known)
    if any(question.kind not in ("choice", "choices") for question in deciding) or not deciding:
        return True
    offered = [[(question.key, value) for value in _values(question)] for question in deciding]
    around = Around(_SOME_DAY, NoPlaces())
    for chosen in islice(product(*offered), _MOST_PATHS):
        values = {key: value for key, value in chosen if value is not None}
        journey = Journey(service, Answers.typed(values), around)
        if goal in journey.steps or goal == journey.exit:
            return True
    return False


def _deciding(service: Service, rule: Expression, known: Mapping[str, Question]) -> list[Question]:
    """The questions the rule depends on, and those that decide whether these are asked."""
    wanted = [key for key in rule.questions() if key in known]
    found: dict[str, Question] = {}
    while wanted:
        key = wanted.pop()
        if key in found:
            continue
        found[key] = known[key]
        step = service.step_of(key)
        if step.show_if is not None:
            wanted += [earlier for earlier in step.show_if.questions() if earlier in known]
    return list(found.values())


def _values(question: Question) -> Iterator[Value | None]:
    yield None
    for option in question.options:
        yield [option.code] if question.kind == "choices" else option.code
