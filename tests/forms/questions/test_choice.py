"""Choices are matched by code; what was never offered is asked for again."""

from __future__ import annotations

import pytest

from portal.forms.questions import kind_of
from tests.forms.making import AROUND, BANGLA, ENGLISH, both, code_of, options, parse, question

AREA = question("choice", "area", options=options("union", "city"))
PURPOSE = question("choices", "purpose", options=options("job", "land", "other"))


def test_an_offered_code_is_taken() -> None:
    assert parse(AREA, "union").value == "union"


@pytest.mark.parametrize("code", ["village", "Union", "union,city", "ইউনিয়ন", "0", "<script>", "union\x00"])
def test_a_code_that_was_not_offered_is_asked_for_again(code: str) -> None:
    parsed = parse(AREA, code)
    assert code_of(parsed) == "not_offered"
    assert parsed.faults[0].message == AREA.error


def test_choosing_nothing_gets_the_questions_own_words() -> None:
    assert parse(AREA, "").faults[0].message == AREA.error
    assert code_of(parse(PURPOSE, {})) == "missing"


def test_several_codes_are_kept_once_each_in_the_order_offered() -> None:
    assert parse(PURPOSE, {"purpose": ("other", "job", "job")}).value == ["job", "other"]


def test_one_foreign_code_among_several_is_asked_for_again() -> None:
    assert code_of(parse(PURPOSE, {"purpose": ("job", "gold")})) == "not_offered"


def test_optional_choices_may_be_left_alone() -> None:
    assert parse(question("choices", options=options("a", "b"), optional=True), {}).value == ""


def test_choices_are_shown_in_words_as_a_sentence_lists_them() -> None:
    assert kind_of(AREA).show(AREA, "union", BANGLA, AROUND) == "Union ক"
    assert kind_of(PURPOSE).show(PURPOSE, ["job", "land", "other"], ENGLISH, AROUND) == "Job, Land and Other"
    assert kind_of(PURPOSE).show(PURPOSE, ["job", "land"], BANGLA, AROUND) == "Job ক ও Land ক"


def test_an_option_without_english_is_marked_as_bangla() -> None:
    asked = question(
        "choice", options=[{"code": "a", "label": {"bn": "গ্রাম"}}, {"code": "b", "label": both("Town")}]
    )
    assert kind_of(asked).show(asked, "a", ENGLISH, AROUND) == "গ্রাম"
    assert kind_of(asked).lang(asked, "a", ENGLISH) == "bn"
    assert kind_of(asked).lang(asked, "b", ENGLISH) == "en"


def test_several_options_in_different_languages_are_marked_as_none() -> None:
    asked = question(
        "choices", options=[{"code": "a", "label": {"bn": "গ্রাম"}}, {"code": "b", "label": both("Town")}]
    )
    assert kind_of(asked).lang(asked, ["a", "b"], ENGLISH) is None


def test_an_option_no_longer_offered_is_shown_by_its_code() -> None:
    assert kind_of(AREA).show(AREA, "river", BANGLA, AROUND) == "river"
    assert kind_of(AREA).lang(AREA, "river", BANGLA) is None
