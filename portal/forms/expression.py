"""The closed language of rules: what it can say, and whether it holds: yes, no, or not known yet.

A question that is off the route or not answered is unanswered, and unanswered satisfies no comparison, not
even "is not": the verdict is None. The service worker runs the same rules offline; the shared cases of
tests/vectors/expressions.json drive both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from portal.forms import operators
from portal.forms.answers import SKIPPED, Value, Values
from portal.forms.operators import Meaning
from portal.forms.shapes import MATCHERS

_REFERENCE = re.compile(r"\$([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?")
AS_OF, TODAY = "as_of", "today"
_DAYS = frozenset({AS_OF, TODAY})
MAX_DEPTH = 12


class RuleProblem(ValueError):
    """A rule that the language cannot say; the message tells its author what to write."""


@dataclass(frozen=True, slots=True)
class Days:
    """The day ages count at and the day it is; the same unless the service counts at another day."""

    as_of: date
    today: date


@dataclass(frozen=True, slots=True)
class Reference:
    """`$key`, one part of an answer as `$key.part`, `$as_of`, the day ages count at, or `$today`."""

    key: str
    part: str | None = None

    @property
    def is_day(self) -> bool:
        """Whether it stands for a day and not for an answer."""
        return self.key in _DAYS

    def value(self, values: Values, days: Days) -> Value | None:
        """The answer it stands for; None when there is none."""
        if self.is_day:
            return (days.as_of if self.key == AS_OF else days.today).isoformat()
        found = values.get(self.key)
        if found == SKIPPED:
            return None
        if self.part is None:
            return found
        return found.get(self.part) or None if isinstance(found, dict) else None

    def __str__(self) -> str:
        return f"${self.key}" + (f".{self.part}" if self.part else "")


type Operand = Expression | Reference | str | int | tuple[str | int, ...]
type Verdict = bool | int | None


@dataclass(frozen=True, slots=True)
class Expression:
    """One operator over operands; immutable, comparable and readable back as the mapping it came from."""

    operator: str
    operands: tuple[Operand, ...]

    def evaluate(self, values: Values, as_of: date, today: date | None = None) -> bool | None:
        """Whether the rule holds for these answers; None while an answer it needs is missing."""
        verdict = self.resolve(values, Days(as_of, today or as_of))
        return verdict if isinstance(verdict, bool) else None

    def resolve(self, values: Values, days: Days) -> Verdict:
        """The verdict, or what a measure such as `age_at` measures."""
        return _OPERATORS[self.operator].run([_value(operand, values, days) for operand in self.operands])

    def references(self) -> Iterator[Reference]:
        """Every reference to a question in the rule; `$as_of` and `$today` are none."""
        for operand in self.operands:
            if isinstance(operand, Expression):
                yield from operand.references()
            elif isinstance(operand, Reference) and not operand.is_day:
                yield operand

    def questions(self) -> frozenset[str]:
        """Keys of the questions the rule depends on."""
        return frozenset(reference.key for reference in self.references())

    def walk(self) -> Iterator[Expression]:
        """This expression and every one inside it."""
        yield self
        for operand in self.operands:
            if isinstance(operand, Expression):
                yield from operand.walk()

    def to_mapping(self) -> dict[str, object]:
        """The rule as a definition writes it."""
        operands = [_written(operand) for operand in self.operands]
        return {self.operator: operands[0] if self.operator in _SINGLE else operands}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda raw: raw if isinstance(raw, Expression) else parse(raw),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.to_mapping),
        )


def parse(raw: object, depth: int = 0) -> Expression:
    """Read a rule such as `{ eq = ["$residence", "city"] }`. Raises RuleProblem."""
    expression = _parse(raw, depth)
    if expression.operator in _MEASURES:
        raise RuleProblem(f"“{expression.operator}” measures something; compare it, as in lt = [{{ … }}, 62]")
    return expression


def _parse(raw: object, depth: int) -> Expression:
    if depth > MAX_DEPTH:
        raise RuleProblem(f"a rule may be {MAX_DEPTH} levels deep")
    if not isinstance(raw, Mapping) or len(raw) != 1:
        raise RuleProblem('a rule is one operator with its operands, like { eq = ["$key", "code"] }')
    operator, given = next(iter(raw.items()))
    shape = _OPERATORS.get(operator)
    if shape is None:
        raise RuleProblem(f"“{operator}” is not an operator; there are: {', '.join(_OPERATORS)}")
    listed = list(given) if isinstance(given, (list, tuple)) else [given]
    if shape.takes is not None and len(listed) != shape.takes:
        raise RuleProblem(f"“{operator}” takes {shape.takes} operands, not {len(listed)}")
    operands = tuple(_operand(item, depth + 1) for item in listed)
    shape.accept(operator, operands)
    return Expression(operator, operands)


def _operand(raw: object, depth: int) -> Operand:
    if isinstance(raw, bool) or raw is None:
        raise RuleProblem("compare with a code in quotes, a whole number or a date")
    if isinstance(raw, str):
        return _reference(raw) if raw.startswith("$") else raw
    if isinstance(raw, int):
        return raw
    if type(raw) is date:
        return raw.isoformat()
    if isinstance(raw, (list, tuple)):
        return tuple(_literal(item) for item in raw)
    return _parse(raw, depth)


def _reference(raw: str) -> Reference:
    found = _REFERENCE.fullmatch(raw)
    if found is None:
        raise RuleProblem(f"“{raw}” does not name a question; write $question_key")
    return Reference(found[1], found[2])


def _literal(raw: object) -> str | int:
    if isinstance(raw, (str, int)) and not isinstance(raw, bool) and not str(raw).startswith("$"):
        return raw
    raise RuleProblem("a list in a rule holds codes in quotes or whole numbers")


def _value(operand: Operand, values: Values, days: Days) -> object:
    if isinstance(operand, Expression):
        return operand.resolve(values, days)
    return operand.value(values, days) if isinstance(operand, Reference) else operand


def _written(operand: Operand) -> object:
    if isinstance(operand, Expression):
        return operand.to_mapping()
    if isinstance(operand, tuple):
        return list(operand)
    return str(operand) if isinstance(operand, Reference) else operand


# --- what each operator takes -----------------------------------------------------------------------------


def _takes_rules(operator: str, operands: tuple[Operand, ...]) -> None:
    if not operands or any(
        not isinstance(item, Expression) or item.operator in _MEASURES for item in operands
    ):
        raise RuleProblem(f"“{operator}” takes rules, like {{ eq = [“$key”, “code”] }}")


def _takes_values(operator: str, operands: tuple[Operand, ...]) -> None:
    for item in operands:
        if isinstance(item, tuple) or (isinstance(item, Expression) and item.operator not in _MEASURES):
            raise RuleProblem(f"“{operator}” compares answers, codes, numbers and dates")


def _takes_member_and_list(operator: str, operands: tuple[Operand, ...]) -> None:
    needle, haystack = operands
    if not isinstance(haystack, (tuple, Reference)) or isinstance(needle, (tuple, Expression)):
        raise RuleProblem(f'write {operator} = ["$key", ["one", "two"]] or {operator} = ["one", "$several"]')


def _takes_reference(operator: str, operands: tuple[Operand, ...]) -> None:
    if not isinstance(operands[0], Reference):
        raise RuleProblem(f"“{operator}” takes a question, like {operator} = “$key”")


def _takes_question_and_kind(operator: str, operands: tuple[Operand, ...]) -> None:
    _takes_reference(operator, operands)
    if operands[1] not in MATCHERS:
        raise RuleProblem(f"“{operator}” knows the kinds {', '.join(MATCHERS)}")


@dataclass(frozen=True, slots=True)
class _Operator:
    run: Meaning
    accept: Callable[[str, tuple[Operand, ...]], None]
    takes: int | None = 2


_MEASURES = frozenset({"count", "age_at", "days_between"})
_SINGLE = frozenset({"not", "answered", "count"})
_OPERATORS: Mapping[str, _Operator] = {
    "all": _Operator(operators.every, _takes_rules, None),
    "any": _Operator(operators.some, _takes_rules, None),
    "not": _Operator(operators.negation, _takes_rules, 1),
    "eq": _Operator(operators.equal, _takes_values),
    "ne": _Operator(operators.different, _takes_values),
    "in": _Operator(operators.member, _takes_member_and_list),
    "lt": _Operator(operators.ordered(int.__lt__), _takes_values),
    "lte": _Operator(operators.ordered(int.__le__), _takes_values),
    "gt": _Operator(operators.ordered(int.__gt__), _takes_values),
    "gte": _Operator(operators.ordered(int.__ge__), _takes_values),
    "answered": _Operator(operators.answered, _takes_reference, 1),
    "count": _Operator(operators.count, _takes_reference, 1),
    "age_at": _Operator(operators.age_at, _takes_values),
    "days_between": _Operator(operators.days_between, _takes_values),
    "matches_kind": _Operator(operators.matches_kind, _takes_question_and_kind),
}
