"""What each operator of a rule means, given the values of its operands; None stands for unanswered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from portal.forms.shapes import MATCHERS, read_date, read_span

type Given = Sequence[object]
type Meaning = Callable[[Given], bool | int | None]


def every(given: Given) -> bool | None:
    if any(verdict is False for verdict in given):
        return False
    return None if any(verdict is None for verdict in given) else True


def some(given: Given) -> bool | None:
    if any(verdict is True for verdict in given):
        return True
    return None if any(verdict is None for verdict in given) else False


def negation(given: Given) -> bool | None:
    return None if given[0] is None else not given[0]


def equal(given: Given) -> bool | None:
    left, right = given
    if left is None or right is None:
        return None
    return type(left) is type(right) and left == right


def different(given: Given) -> bool | None:
    return negation([equal(given)])


def member(given: Given) -> bool | None:
    needle, haystack = given
    if needle is None or not isinstance(needle, (str, int)) or not isinstance(haystack, (list, tuple)):
        return None
    return any(equal([needle, item]) for item in haystack)


def ordered(holds: Callable[[int, int], bool]) -> Callable[[Given], bool | None]:
    def compare(given: Given) -> bool | None:
        left, right = (_rank(item) for item in given)
        if left is None or right is None or left[0] != right[0]:
            return None
        return holds(left[1], right[1])

    return compare


def _rank(value: object) -> tuple[str, int] | None:
    """Numbers order among numbers, days among days; nothing else has an order."""
    if isinstance(value, int):
        return "number", value
    day = read_date(value)
    return None if day is None else ("day", day.toordinal())


def answered(given: Given) -> bool | None:
    return given[0] not in (None, "", [], {})


def count(given: Given) -> int | None:
    return len(given[0]) if isinstance(given[0], list) else None


def age_at(given: Given) -> int | None:
    """Completed years. A person born on 29 February turns a year older on 1 March of a common year.

    Of a birth date known by month or year only, the age that every day it may mean gives; else None.
    """
    born, day = read_span(given[0]), read_date(given[1])
    if born is None or day is None or day < born[1]:
        return None
    oldest, youngest = (_completed_years(one, day) for one in born)
    return oldest if oldest == youngest else None


def _completed_years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def days_between(given: Given) -> int | None:
    first, last = (read_date(item) for item in given)
    return None if first is None or last is None else (last - first).days


def matches_kind(given: Given) -> bool | None:
    return None if given[0] is None else MATCHERS[str(given[1])](given[0])
