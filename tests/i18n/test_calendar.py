"""The Bangla calendar agrees with official dates; offices rest on Friday and Saturday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.i18n.calendar import (
    Bangabda,
    add_working_days,
    bangabda,
    is_bangabda_month,
    is_working_day,
    month_number,
)

OFFICIAL = [
    (date(2024, 4, 14), Bangabda(1431, 1, 1)),
    (date(2026, 2, 21), Bangabda(1432, 11, 8)),
    (date(2024, 3, 26), Bangabda(1430, 12, 12)),
    (date(2025, 12, 16), Bangabda(1432, 9, 1)),
    (date(2026, 5, 8), Bangabda(1433, 1, 25)),
    (date(2026, 5, 25), Bangabda(1433, 2, 11)),
    (date(2019, 10, 17), Bangabda(1426, 7, 1)),
    (date(2026, 11, 22), Bangabda(1433, 8, 7)),
]


@pytest.mark.parametrize(("day", "bangla"), OFFICIAL)
def test_an_official_date_is_right(day: date, bangla: Bangabda) -> None:
    assert bangabda(day) == bangla


@pytest.mark.parametrize("year", range(2020, 2041))
def test_the_national_days_never_move(year: int) -> None:
    assert (bangabda(date(year, 2, 21)).month, bangabda(date(year, 2, 21)).day) == (11, 8)
    assert (bangabda(date(year, 3, 26)).month, bangabda(date(year, 3, 26)).day) == (12, 12)
    assert (bangabda(date(year, 12, 16)).month, bangabda(date(year, 12, 16)).day) == (9, 1)
    assert bangabda(date(year, 4, 14)) == Bangabda(year - 593, 1, 1)


@given(st.dates(date(2019, 4, 14), date(2099, 12, 31)))
def test_each_day_follows_the_one_before(day: date) -> None:
    today, tomorrow = bangabda(day), bangabda(day + timedelta(days=1))
    first_of_month = (tomorrow.day, tomorrow.month) == (1, today.month % 12 + 1)
    assert first_of_month or tomorrow == Bangabda(today.year, today.month, today.day + 1)
    assert tomorrow.year - today.year == (tomorrow.month == 1 and tomorrow.day == 1)


def test_offices_work_from_sunday_to_thursday() -> None:
    week = [date(2026, 11, 22) + timedelta(days=count) for count in range(7)]  # Sunday first
    assert [is_working_day(day) for day in week] == [True] * 5 + [False] * 2


def test_a_gazetted_holiday_is_no_working_day() -> None:
    assert not is_working_day(date(2026, 12, 16), {date(2026, 12, 16)})


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2026, 11, 22), 3, date(2026, 11, 25)),
        (date(2026, 11, 26), 1, date(2026, 11, 29)),  # Thursday to Sunday
        (date(2026, 11, 27), 1, date(2026, 11, 29)),  # Friday
        (date(2026, 11, 28), 3, date(2026, 12, 1)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
    ],
)
def test_working_days_are_counted_over_the_weekend(start: date, n: int, due: date) -> None:
    assert add_working_days(start, n) == due


def test_working_days_are_counted_over_a_holiday() -> None:
    assert add_working_days(date(2026, 12, 15), 1, {date(2026, 12, 16)}) == date(2026, 12, 17)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 11, 22), -1)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 60), st.sets(st.dates(date(2020, 1, 1))))
def test_the_due_day_is_a_working_day_and_just_far_enough(day: date, n: int, holidays: set[date]) -> None:
    due = add_working_days(day, n, holidays)
    between = [day + timedelta(days=count) for count in range(1, (due - day).days + 1)]
    assert is_working_day(due, holidays)
    assert sum(is_working_day(one, holidays) for one in between) == n


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1", 1), ("০১", 1), ("১২", 12), ("Jan", 1), ("january", 1), ("Sept", 9), ("Sep.", 9),
        ("DECEMBER", 12),
        ("জানুয়ারি", 1), ("জানুয়ারী", 1), ("জানু\u09dfারি", 1), ("ফেব্রুয়ারী", 2), ("মে", 5), ("আগষ্ট", 8), ("আগস্ট", 8),
        (" নভেম্বর\u200b", 11),
    ],
)  # fmt: skip
def test_a_month_is_known_by_number_and_by_name(typed: str, number: int) -> None:
    assert month_number(typed) == number


@pytest.mark.parametrize("typed", ["", "0", "13", "001", "ja", "কার্তিক", "Kartik", "1.5", "-1", "²", "१"])
def test_anything_else_is_no_month(typed: str) -> None:
    assert month_number(typed) is None


def test_months_of_the_bangla_calendar_are_known_as_such() -> None:
    assert is_bangabda_month("অগ্রহায়ণ")
    assert is_bangabda_month("kartik")
    assert not is_bangabda_month("নভেম্বর")
