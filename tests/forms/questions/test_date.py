"""Dates: three fields, any digits, month names; each mistake is named in the field it is in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.forms.questions import Parsed, kind_of
from portal.i18n.calendar import BANGABDA_MONTHS_BN
from tests.forms.making import AROUND, BANGLA, ENGLISH, TODAY, parse, question

DOB = question("date", "dob", earliest=date(1900, 1, 1), latest="today")
ANY = question("date", "dob")


def typed(day: str, month: str, year: str) -> dict[str, str]:
    return {"dob-day": day, "dob-month": month, "dob-year": year}


def at(parsed: Parsed) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in parsed.faults]


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("24", "10", "1963"), ("২৪", "১০", "১৯৬৩"), ("24", "October", "1963"), ("24", "oct", "1963"),
        ("২৪", "অক্টোবর", "১৯৬৩"), (" 24 ", "OCTOBER", "1963\u200b"), ("২৪", "10", "১৯৬৩"),
        ("24", "Oct.", "1963"),
    ],
)  # fmt: skip
def test_a_birth_date_is_read_however_it_is_written(day: str, month: str, year: str) -> None:
    assert parse(DOB, typed(day, month, year)).value == "1963-10-24"


def test_single_figures_with_and_without_a_nought_are_the_same() -> None:
    assert (
        parse(DOB, typed("2", "7", "1998")).value
        == parse(DOB, typed("02", "07", "1998")).value
        == "1998-07-02"
    )


@pytest.mark.parametrize("spelling", ["জানুয়ারি", "জানুয়ারী", "January", "jan", "1", "০১"])
def test_both_spellings_of_january_are_january(spelling: str) -> None:
    assert parse(DOB, typed("1", spelling, "2000")).value == "2000-01-01"


def test_nothing_at_all_gets_the_questions_own_words_on_the_day() -> None:
    parsed = parse(DOB, typed("", " ", ""))
    assert at(parsed) == [("dob-day", "missing")]
    assert parsed.faults[0].message == DOB.error


def test_each_missing_part_is_named_where_it_is() -> None:
    assert at(parse(DOB, typed("24", "", ""))) == [("dob-month", "no_month"), ("dob-year", "no_year")]


@pytest.mark.parametrize("day", ["0", "32", "first", "-1", "2.5", "১ম", "9999999999999999999999"])
def test_a_day_that_is_no_day_is_told_the_range(day: str) -> None:
    assert at(parse(DOB, typed(day, "10", "1963"))) == [("dob-day", "day")]


@pytest.mark.parametrize("month", ["0", "13", "Octember", "x" * 10_000, "১০ম"])
def test_a_month_that_is_no_month_is_told_what_to_write(month: str) -> None:
    assert at(parse(DOB, typed("24", month, "1963"))) == [("dob-month", "month")]


@pytest.mark.parametrize("month", BANGABDA_MONTHS_BN)
def test_a_month_of_the_bangla_calendar_is_asked_for_in_the_english_one(month: str) -> None:
    parsed = parse(DOB, typed("7", month, "2020"))
    assert at(parsed) == [("dob-month", "month")]
    assert "English calendar" in ENGLISH.say(parsed.faults[0].message)


@pytest.mark.parametrize(
    ("year", "words"),
    [
        ("63", "in full"),
        ("৬৩", "in full"),
        ("963", "in full"),
        ("19630", "4 digits"),
        ("MCM", "4 digits"),
        ("0000", "4 digits"),
        ("1370", "Bangla year"),
        ("১৪৩৩", "Bangla year"),
    ],
)
def test_a_year_is_asked_for_in_four_figures_of_the_english_calendar(year: str, words: str) -> None:
    parsed = parse(ANY, typed("24", "10", year))
    assert at(parsed) == [("dob-year", "year")]
    assert words in ENGLISH.say(parsed.faults[0].message)


@pytest.mark.parametrize(
    ("day", "month", "year", "n"),
    [
        ("31", "4", "1990", "30"),
        ("30", "2", "2004", "29"),
        ("29", "2", "2003", "28"),
        ("29", "2", "1900", "28"),
    ],
)
def test_a_day_its_month_does_not_have_is_told_how_many_there_are(
    day: str, month: str, year: str, n: str
) -> None:
    parsed = parse(ANY, typed(day, month, year))
    assert at(parsed) == [("dob-day", "not_real")]
    assert n in ENGLISH.say(parsed.faults[0].message)


def test_a_leap_day_is_a_birthday() -> None:
    assert parse(DOB, typed("২৯", "ফেব্রুয়ারি", "২০০৪")).value == "2004-02-29"


def test_nobody_is_born_tomorrow_but_today_is_fine() -> None:
    assert at(parse(DOB, typed("23", "11", "2026"))) == [("dob-day", "too_late")]
    assert parse(DOB, typed("22", "11", "2026")).value == TODAY.isoformat()


def test_a_date_before_the_earliest_is_told_which() -> None:
    parsed = parse(DOB, typed("31", "12", "1899"))
    assert at(parsed) == [("dob-day", "too_early")]
    assert BANGLA.say(parsed.faults[0].message) == "Dob ক must be ১ জানুয়ারি ১৯০০ or later"


def test_a_date_after_a_fixed_latest_is_told_which() -> None:
    asked = question("date", "dob", latest=date(2020, 12, 31))
    assert "31 December 2020 or earlier" in ENGLISH.say(
        parse(asked, typed("1", "1", "2021")).faults[0].message
    )


def test_a_date_is_shown_in_words() -> None:
    kind = kind_of(DOB)
    assert kind.show(DOB, "1963-10-24", BANGLA, AROUND) == "২৪ অক্টোবর ১৯৬৩"
    assert kind.show(DOB, "1963-10-24", ENGLISH, AROUND) == "24 October 1963"


@given(st.dates(date(1900, 1, 1), TODAY))
def test_every_date_comes_back_from_its_own_controls(day: date) -> None:
    kind = kind_of(DOB)
    assert kind.parse(DOB, kind.typed(DOB, day.isoformat(), AROUND), AROUND).value == day.isoformat()
