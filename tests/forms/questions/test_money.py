"""Taka are read however people write them, and nothing that is no amount slips through."""

from __future__ import annotations

import pytest

from portal.forms.questions import kind_of
from tests.forms.making import AROUND, BANGLA, ENGLISH, code_of, parse, question

INCOME = question("money", "income")


@pytest.mark.parametrize(
    ("typed", "taka"),
    [
        ("৫০০০", 5000),
        ("5,000", 5000),
        ("১,২০,০০০ টাকা", 120_000),
        ("৳ ৫০", 50),
        ("Tk. 50", 50),
        ("৫০/-", 50),
        ("50/=", 50),
        ("0", 0),
        ("  ৭০\u200b০ ", 700),
    ],
)
def test_an_amount_is_read_however_it_is_written(typed: str, taka: int) -> None:
    assert parse(INCOME, typed).value == taka


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "missing"),
        ("-50", "negative"),
        ("−৫০", "negative"),
        ("50.50", "decimal"),
        ("৫০.৫০ টাকা", "decimal"),
        ("অনেক", "not_a_number"),
        ("5 হাজার", "not_a_number"),
        ("9" * 13, "too_long"),
        ("<b>5</b>", "not_a_number"),
    ],
)
def test_what_is_no_amount_is_said_so(typed: str, code: str) -> None:
    assert code_of(parse(INCOME, typed)) == code


def test_an_amount_keeps_within_its_limits() -> None:
    limited = question("money", "income", minimum=100, maximum=10_000)
    assert parse(limited, "10000").value == 10_000
    assert code_of(parse(limited, "১০,০০১")) == "out_of_range"


def test_an_amount_is_shown_in_lakh_and_stands_grouped_in_its_field() -> None:
    kind = kind_of(INCOME)
    assert kind.show(INCOME, 1234567, BANGLA, AROUND) == "১২,৩৪,৫৬৭ টাকা"
    assert kind.show(INCOME, 0, ENGLISH, AROUND) == "0 taka"
    assert kind.typed(INCOME, 1234567, AROUND) == {"income": ("12,34,567",)}
