"""Answers keep their provenance, never change under anyone's hands, and survive being written down."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.forms.answers import Answer, Answers, NotAnswers, read_value

AT = datetime(2026, 11, 22, 4, 31, 5, 123456, tzinfo=UTC)
FULL = Answers(
    {
        "name": Answer("রহিমা", "registry", "nid", AT),
        "father": Answer("আফাজ", "typed", "nid", AT, "আফাজ উদ্দিন"),
        "ward": Answer(4),
        "purpose": Answer(["job", "land"]),
        "home": Answer({"division": "30", "landmark": "বটতলা"}),
        "skipped": Answer(""),
        "mobile": Answer("01712345678", "phone"),
    }
)


def test_answers_come_back_from_json_as_they_were() -> None:
    assert Answers.from_json(json.loads(json.dumps(FULL.to_json()))) == FULL


def test_new_answers_leave_the_old_mapping_alone() -> None:
    new = FULL.with_answers({"ward": Answer(5)})
    assert (new["ward"].value, FULL["ward"].value) == (5, 4)
    assert "ward" not in FULL.without("ward")
    assert list(FULL.only("ward", "name", "gone")) == ["ward", "name"]


def test_what_was_skipped_is_known_as_skipped() -> None:
    assert FULL["skipped"].is_skipped
    assert not FULL["ward"].is_skipped
    assert not Answer(0).is_skipped


def test_nothing_personal_stands_in_a_log_line() -> None:
    assert "রহিমা" not in repr(FULL)
    assert "name" in repr(FULL)


@pytest.mark.parametrize("raw", [None, True, 1.5, ["a", 1], {"a": 1}, {1: "a"}, object()])
def test_a_value_of_another_shape_is_refused(raw: object) -> None:
    with pytest.raises(NotAnswers):
        read_value(raw)


@pytest.mark.parametrize("facts", [{"a": "x"}, {"a": {"value": "x", "source": "guessed"}}])
def test_answers_of_another_shape_are_refused(facts: dict[str, object]) -> None:
    with pytest.raises(NotAnswers):
        Answers.from_json(facts)


values = st.one_of(st.text(), st.integers(), st.lists(st.text()), st.dictionaries(st.text(), st.text()))


@given(st.dictionaries(st.text(), values))
def test_any_values_come_back_from_json(plain: dict[str, str | int | list[str] | dict[str, str]]) -> None:
    answers = Answers.typed(plain)
    assert Answers.from_json(json.loads(json.dumps(answers.to_json()))).plain == plain
