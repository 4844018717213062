"""Dates as far as people know them: a month, a year, or a day nobody remembers."""

from __future__ import annotations

import pytest

from portal.forms.questions import kind_of
from tests.forms.making import AROUND, BANGLA, code_of, parse, question

MONTH = question("date", "x", precision="month", latest="today")
YEAR = question("date", "x", precision="year", latest="today", earliest="1900-01-01")
UNKNOWN = question("date", "x", unknown_day=True, latest="today")


def typed(**parts: str) -> dict[str, str]:
    return {f"x-{part}": said for part, said in parts.items()}


def test_a_month_is_kept_as_a_month() -> None:
    assert parse(MONTH, typed(month="অক্টোবর", year="১৯৬৩")).value == "1963-10"
    assert kind_of(MONTH).show(MONTH, "1963-10", BANGLA, AROUND) == "অক্টোবর ১৯৬৩"
    assert kind_of(MONTH).typed(MONTH, "1963-10", AROUND) == {"x-month": ("10",), "x-year": ("1963",)}


def test_a_year_is_kept_as_a_year() -> None:
    assert parse(YEAR, typed(year="১৯৬৩")).value == "1963"
    assert kind_of(YEAR).show(YEAR, "1963", BANGLA, AROUND) == "১৯৬৩"
    assert kind_of(YEAR).fields(YEAR) == ("x-year",)


def test_the_month_and_the_year_we_are_in_are_not_in_the_future() -> None:
    assert parse(MONTH, typed(month="11", year="2026")).value == "2026-11"
    assert code_of(parse(MONTH, typed(month="12", year="2026"))) == "too_late"
    assert parse(YEAR, typed(year="2026")).value == "2026"
    assert code_of(parse(YEAR, typed(year="2027"))) == "too_late"
    assert code_of(parse(YEAR, typed(year="1899"))) == "too_early"


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ({"day": "24", "month": "10", "year": "1963"}, "1963-10-24"),
        ({"month": "10", "year": "1963", "unknown": "yes"}, "1963-10"),
        ({"year": "1963", "unknown": "yes"}, "1963"),
    ],
)
def test_a_day_may_be_unknown(parts: dict[str, str], value: str) -> None:
    assert parse(UNKNOWN, typed(**parts)).value == value
    assert parse(UNKNOWN, kind_of(UNKNOWN).typed(UNKNOWN, value, AROUND)).value == value


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({}, "missing"),
        ({"unknown": "yes"}, "no_year"),
        ({"month": "10", "year": "1963"}, "no_day"),
        ({"day": "3", "year": "1963", "unknown": "yes"}, "known_and_unknown"),
        ({"month": "13", "year": "1963", "unknown": "yes"}, "month"),
        ({"year": "63", "unknown": "yes"}, "year"),
    ],
)
def test_what_is_half_said_is_asked_again(parts: dict[str, str], code: str) -> None:
    assert code_of(parse(UNKNOWN, typed(**parts))) == code
