"""Numbers and identifiers: every unambiguous way of writing one is taken, in either digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.forms.questions import KINDS, kind_of
from portal.forms.questions.mobile import read_mobile
from portal.i18n.digits import to_bangla
from tests.forms.making import AROUND, BANGLA, ENGLISH, code_of, parse, question

WARD = question("number", "ward", minimum=1, maximum=9)
NUMBER = question("number")
NID = question("nid")
BRN = question("brn")
MOBILE = question("mobile")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", 3),
        ("৩", 3),
        (" ৩ ", 3),
        ("12,34,567", 1234567),
        ("১২,৩৪,৫৬৭", 1234567),
        ("1 000", 1000),
        ("007", 7),
        ("-5", -5),
        ("−৫", -5),
        ("+5", 5),
        ("১2", 12),
    ],
)
def test_a_number_is_read_however_it_is_written(typed: str, number: int) -> None:
    assert parse(NUMBER, typed).value == number


@pytest.mark.parametrize(
    "typed",
    ["three", "৩টি", "3.5", "৩.৫", "1e3", "0x1f", "--3", "3-", ",", "½", "②", "९", "9" * 16, "1,", "NaN"],
)
def test_what_is_no_whole_number_is_asked_for_again(typed: str) -> None:
    assert code_of(parse(NUMBER, typed)) == "not_a_number"


@pytest.mark.parametrize("typed", ["0", "10", "-1", "৯৯"])
def test_a_ward_outside_its_limits_is_named_with_them(typed: str) -> None:
    parsed = parse(WARD, typed)
    assert code_of(parsed) == "out_of_range"
    assert ENGLISH.say(parsed.faults[0].message) == "Ward must be between 1 and 9"


def test_one_sided_limits_are_said_alone() -> None:
    low, high = question("number", minimum=18), question("number", maximum=100)
    assert ENGLISH.say(parse(low, "17").faults[0].message) == "X must be 18 or more"
    assert ENGLISH.say(parse(high, "101").faults[0].message) == "X must be 100 or less"


def test_a_number_is_shown_grouped_in_the_readers_digits() -> None:
    kind = kind_of(NUMBER)
    assert kind.show(NUMBER, 1234567, BANGLA, AROUND) == "১২,৩৪,৫৬৭"
    assert kind.show(NUMBER, 1234567, ENGLISH, AROUND) == "12,34,567"


@pytest.mark.parametrize(
    "typed",
    [
        "0012345601",
        "০০১২৩৪৫৬০১",
        "001 234 5601",
        "001-234-5601",
        "০০১২৩ 45601",
        "0012345601\u200f",
        "00123–45601",
    ],
)
def test_a_national_id_number_is_ten_digits_however_grouped(typed: str) -> None:
    assert parse(NID, typed).value == "0012345601"


@pytest.mark.parametrize("length", [10, 13, 17])
def test_cards_old_and_new_are_taken(length: int) -> None:
    assert parse(NID, "1" * length).is_settled


@pytest.mark.parametrize("length", [1, 9, 11, 12, 14, 16, 18, 5000])
def test_a_number_of_another_length_is_counted_for_the_person(length: int) -> None:
    parsed = parse(NID, "1" * length)
    assert code_of(parsed) == "length"
    assert ENGLISH.number(length) in ENGLISH.say(parsed.faults[0].message)


@pytest.mark.parametrize(
    "typed", ["00123456O1", "NID 0012345601", "১২৩৪৫৬৭৮৯৹", "0012345601'", "①②③④⑤⑥⑦⑧⑨⑩", "१२३४५६७८९०"]
)
def test_an_id_number_with_letters_is_not_guessed_at(typed: str) -> None:
    assert code_of(parse(NID, typed)) == "not_digits"


def test_a_birth_registration_number_has_17_digits_or_16_of_old() -> None:
    assert parse(BRN, "২০০৪ ০০ ১ ২১ ৬৬ ১০০১৪৫").value == "20040012166100145"
    assert parse(BRN, "2004001216610014").is_settled
    assert code_of(parse(BRN, "200400121661001")) == "length"


@pytest.mark.parametrize("typed", ["02040012166100145", "20270012166100145", "18790012166100145"])
def test_a_birth_registration_number_begins_with_a_year_of_birth(typed: str) -> None:
    assert code_of(parse(BRN, typed)) == "year"


@pytest.mark.parametrize(
    "typed",
    [
        "01712345678", "০১৭১২৩৪৫৬৭৮", "01712-345678", "01712 345 678", "+8801712345678", "8801712345678",
        "008801712345678", "+880 1712-345678", "+88 01712 345678", "1712345678", "(01712) 345678",
        "\u200e01712345678", "+৮৮০১৭১২৩৪৫৬৭৮",
    ],
)  # fmt: skip
def test_a_mobile_number_is_read_however_it_is_written(typed: str) -> None:
    assert parse(MOBILE, typed).value == "01712345678"


@pytest.mark.parametrize("operator", "3456789")
def test_every_operator_is_taken(operator: str) -> None:
    assert parse(MOBILE, f"01{operator}12345678").is_settled


@pytest.mark.parametrize(
    "typed",
    [
        "01212345678",
        "0171234567",
        "017123456789",
        "+911712345678",
        "02-9123456",
        "999",
        "phone",
        "01712345678a",
        "+",
        "880",
        "++8801712345678",
    ],
)
def test_what_is_no_bangladeshi_mobile_is_asked_for_with_an_example(typed: str) -> None:
    parsed = parse(MOBILE, typed)
    assert code_of(parsed) == "not_mobile"
    assert "01712 345678" in ENGLISH.say(parsed.faults[0].message)


def test_numbers_are_shown_in_the_readers_digits() -> None:
    assert kind_of(NID).show(NID, "0012345601", BANGLA, AROUND) == "০০১২৩৪৫৬০১"
    assert kind_of(MOBILE).show(MOBILE, "01712345678", BANGLA, AROUND) == "০১৭১২ ৩৪৫৬৭৮"
    assert kind_of(MOBILE).show(MOBILE, "01712345678", ENGLISH, AROUND) == "01712 345678"


@given(
    st.from_regex(r"01[3-9][0-9]{8}", fullmatch=True),
    st.booleans(),
    st.sampled_from(["", "+88", "88", "0088"]),
)
def test_any_mobile_number_reads_the_same_in_any_dress(number: str, bangla: bool, prefix: str) -> None:
    dressed = f"{prefix}{number}"
    assert read_mobile(to_bangla(dressed) if bangla else dressed) == number


@given(st.sampled_from(sorted(KINDS)), st.text())
def test_no_kind_ever_fails_on_what_was_typed(kind: str, typed: str) -> None:
    asked = question(kind, options=[]) if "choice" in kind else question(kind)
    fields = dict.fromkeys(kind_of(asked).fields(asked), (typed,))
    parsed = kind_of(asked).parse(asked, fields, AROUND)
    assert parsed.faults or parsed.value is not None


@given(st.sampled_from(["text", "name", "number", "nid", "brn", "mobile"]), st.text(min_size=1))
def test_what_was_taken_is_taken_again_from_its_own_controls(kind: str, typed: str) -> None:
    asked = question(kind)
    first = parse(asked, typed)
    if first.value is not None:
        again = kind_of(asked).parse(asked, kind_of(asked).typed(asked, first.value, AROUND), AROUND)
        assert again.value == first.value
