"""A name in both letters: the English one is only ever guessed, never kept for the person."""

from __future__ import annotations

import pytest

from portal.forms.questions import kind_of
from portal.i18n.romanise import romanise
from tests.forms.making import AROUND, BANGLA, ENGLISH, code_of, parse, question

NAME = question("name", "name", script="both")


def test_the_bangla_name_comes_first_with_a_guess_for_the_english_one() -> None:
    parsed = parse(NAME, {"name-bn": "সুমন চাকমা"})
    assert parsed.more
    assert parsed.value == {"bn": "সুমন চাকমা"}
    assert kind_of(NAME).suggested(NAME, parsed.value, AROUND) == {"name-en": ("Suman Chakma",)}


def test_both_names_are_kept_as_the_person_wrote_them() -> None:
    value = {"bn": "সুমন চাকমা", "en": "Shumon Chakma"}
    assert parse(NAME, {"name-bn": value["bn"], "name-en": value["en"]}).value == value
    assert kind_of(NAME).suggested(NAME, value, AROUND) == {}
    assert kind_of(NAME).show(NAME, value, BANGLA, AROUND) == "সুমন চাকমা · Shumon Chakma"
    shown = kind_of(NAME).parts(NAME, value, ENGLISH, AROUND)
    assert [piece.lang for piece in shown] == ["en", "bn"]


@pytest.mark.parametrize(
    ("bangla", "english", "code"),
    [
        ("", "", "missing"),
        ("", "Suman", "missing"),
        ("সুমন", "", "missing"),
        ("Suman", "Suman", "script"),
        ("সুমন", "সুমন", "script"),
        ("myb PvKgv", "Suman", "bijoy"),
        ("সুমন", "Suman <3", "symbol"),
    ],
)
def test_a_name_in_the_wrong_letters_is_asked_again(bangla: str, english: str, code: str) -> None:
    assert code_of(parse(NAME, {"name-bn": bangla, "name-en": english})) == code


@pytest.mark.parametrize(
    ("bangla", "english"),
    [
        ("মোছাঃ রহিমা খাতুন", "Mst. Rahima Khatun"),
        ("মো: শাহজাহান", "Md. Shahjahan"),
        ("বিমল দাস", "Bimal Das"),
        ("নিখিল চন্দ্র দাস", "Nikhil Chandra Das"),
        ("জমিলা", "Jamila"),
        ("পদ্মা", "Padma"),
    ],
)
def test_a_guess_reads_as_people_spell(bangla: str, english: str) -> None:
    assert romanise(bangla) == english


def test_a_guess_is_always_something_the_english_field_takes() -> None:
    for bangla in ("ঋতু ঔষধি", "ড়", "র‍্যাবেয়া", "ৎসু"):
        guess = romanise(bangla)
        assert parse(NAME, {"name-bn": bangla, "name-en": guess}).is_settled, guess
