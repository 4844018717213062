"""Rules: about questions asked before, with answers those can have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from portal.forms.checks.problem import Problem
from portal.forms.definition import Criterion, Question, Service, Step
from portal.forms.expression import Expression, Reference
from portal.forms.terms import Sourced
from portal.i18n.messages import lazy

CHOSEN = ("choice", "choices", "yes_no")
_WITH_ORDER = ("number", "money", "date")
_WITH_PARTS = ("address", "wallet", "name")
_ORDERED = {"lt", "lte", "gt", "gte"}
_OF_LISTS = {"count", "answered"}

# The questions a rule may name; None stands for a list of things told one by one.
type Scope = Mapping[str, Question | None]


def check(service: Service) -> Iterator[Problem]:
    """Every problem with the rules of the service."""
    everything = {**{question.key: question for question in service.questions}, **_lists(service)}
    whole = _asked_once(service)
    before: set[str] = set()
    stop: Step | None = None
    for step in service.steps:
        stop = step if step.repeat else (stop if step.repeats_with else None)
        inside = {q.key: q for one in (service.run_of(stop) if stop else ()) for q in one.questions}
        scope: Scope = {**whole, **inside}
        for where, rule in _rules_of(step):
            yield from _rule(where, rule, scope, everything)
            for key in sorted((rule.questions() & scope.keys()) - before):
                message = lazy("“{key}” is asked later or on the same page; a rule looks back only", key=key)
                yield Problem(where, message)
        before |= {question.key for question in step.questions} | ({step.list_key} if step.repeat else set())
    for where, rule in _other_rules(service):
        yield from _rule(where, rule, whole, everything)
        if where.startswith("exits.") and not rule.questions():
            yield Problem(where, lazy("It depends on no answer"))


def _lists(service: Service) -> dict[str, None]:
    return {step.list_key: None for step in service.steps if step.repeat is not None}


def _asked_once(service: Service) -> Scope:
    """What rules outside a repeat may name: questions asked once, and lists as a whole."""
    steps = (step for step in service.steps if step.repeat is None and step.repeats_with is None)
    return {**{question.key: question for step in steps for question in step.questions}, **_lists(service)}


def _rules_of(step: Step) -> Iterator[tuple[str, Expression]]:
    if step.show_if is not None:
        yield f"steps.{step.key}.show_if", step.show_if
    if step.satisfied_by is not None and step.satisfied_by.rule is not None:
        yield f"steps.{step.key}.satisfied_by", step.satisfied_by.rule


def _other_rules(service: Service) -> Iterator[tuple[str, Expression]]:
    yield from ((f"exits.{way.key}.when", way.when) for way in service.exits)
    listed: dict[str, Sequence[Sourced | Criterion]] = {
        "fees": service.fees,
        "time_limits": service.time_limits,
        "criteria": service.criteria,
    }
    for name, facts in listed.items():
        yield from (
            (f"{name}.{place}.when", fact.when) for place, fact in enumerate(facts) if fact.when is not None
        )


def _rule(where: str, rule: Expression, scope: Scope, everything: Scope) -> Iterator[Problem]:
    for reference in rule.references():
        question = scope.get(reference.key)
        if reference.key not in everything:
            yield Problem(where, lazy("There is no question “{key}”", key=reference.key))
        elif reference.key not in scope:
            message = lazy(
                "“{key}” is asked of each of several things; a rule outside can only count them",
                key=reference.key,
            )
            yield Problem(where, message)
        elif reference.part is not None and (question is None or question.kind not in _WITH_PARTS):
            message = lazy(
                "“{key}”: only an address, an account or a name in both letters has parts", key=str(reference)
            )
            yield Problem(where, message)
    for expression in rule.walk():
        yield from _comparison(where, expression, scope)


def _comparison(where: str, expression: Expression, scope: Scope) -> Iterator[Problem]:
    named = [item.key for item in expression.operands if isinstance(item, Reference) and item.key in scope]
    for key in named:
        question = scope[key]
        if question is None:
            if expression.operator not in _OF_LISTS:
                yield Problem(where, lazy("“{key}” is a list; a rule can only count it", key=key))
            continue
        yield from _kind(where, expression, question)


def _kind(where: str, expression: Expression, question: Question) -> Iterator[Problem]:
    operator, key = expression.operator, question.key
    if question.kind == "choices" and operator in {"eq", "ne", *_ORDERED}:
        yield Problem(where, lazy("“{key}” has several answers; write in = [“code”, “${key}”]", key=key))
    if question.kind not in _WITH_ORDER and operator in _ORDERED:
        yield Problem(
            where,
            lazy("“{key}” has no order; {operator} needs a number or a date", key=key, operator=operator),
        )
    if (
        question.kind == "date"
        and operator in _ORDERED
        and (question.unknown_day or question.precision != "day")
    ):
        yield Problem(where, lazy("“{key}” may be no whole date; compare its age_at instead", key=key))
    for code in _literals(expression):
        if question.kind in CHOSEN and question.option(code) is None:
            yield Problem(where, lazy("“{key}” has no option “{code}”", key=key, code=code))


def _literals(expression: Expression) -> Iterator[str]:
    if expression.operator not in ("eq", "ne", "in"):
        return
    for operand in expression.operands:
        yield from (str(item) for item in (operand if isinstance(operand, tuple) else ()))
        if isinstance(operand, str):
            yield operand
