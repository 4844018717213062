"""A service's words come in the language nearest to the reader's, and say which one it is."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from portal.i18n.script import language_of
from portal.i18n.text import NotWords, Piece, Text, fallback_chain

NAME = Text({"bn": "নাম", "en": "Name"})


def test_the_chain_goes_to_parents_then_bangla_then_english() -> None:
    assert list(fallback_chain("bn-x-easy")) == ["bn-x-easy", "bn-x", "bn", "en"]
    assert list(fallback_chain("ccp")) == ["ccp", "bn", "en"]
    assert list(fallback_chain("en")) == ["en", "bn"]


def test_words_come_in_the_nearest_language_marked_with_it() -> None:
    assert NAME.piece("en") == Piece("Name", "en")
    assert NAME.piece("ccp") == Piece("নাম", "bn")
    assert Text({"bn": "নাম", "en": ""}).piece("en") == Piece("নাম", "bn")
    assert Text({"grt": "bimung"}).piece("bn") == Piece("bimung", "grt")
    assert str(NAME.piece("bn")) == "নাম"


def test_the_languages_it_has_are_known() -> None:
    assert NAME.codes == {"bn", "en"}
    assert Text({"bn": "নাম", "en": " "}).codes == {"bn"}


def test_words_never_change_and_equal_words_are_equal() -> None:
    with pytest.raises(AttributeError):
        NAME.bn = "x"
    assert Text({"en": "Name", "bn": " নাম "}) == NAME
    assert hash(Text({"en": "Name", "bn": "নাম"})) == hash(NAME)
    assert NAME != "নাম"


@pytest.mark.parametrize("words", [{}, {"bn": ""}, {"bn": "  "}, {"Bangla": "নাম"}, {"": "নাম"}, {"bn": 1}])
def test_what_are_no_words_is_refused(words: dict[str, str]) -> None:
    with pytest.raises(NotWords):
        Text(words)


class Thing(BaseModel):
    name: Text


def test_a_model_reads_words_and_writes_them() -> None:
    thing = Thing.model_validate({"name": {"en": "Name", "bn": "নাম"}})
    assert thing.name == NAME
    assert thing.model_dump(mode="json") == {"name": {"bn": "নাম", "en": "Name"}}
    assert Thing(name=NAME).name is NAME


@pytest.mark.parametrize("raw", ["Name", None, 3, ["a"], {"bn": None}])
def test_a_model_refuses_what_are_no_words(raw: object) -> None:
    with pytest.raises(ValidationError):
        Thing.model_validate({"name": raw})


@pytest.mark.parametrize(
    ("words", "language"),
    [("বটতলা", "bn"), ("Savar", "en"), ("বটতলা Savar", None), ("123", None), ("৩", "bn"), ("", None)],
)
def test_letters_tell_the_language(words: str, language: str | None) -> None:
    assert language_of(words) == language
