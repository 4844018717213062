"""Yes or no, none of these, a declaration, and words of several lines."""

from __future__ import annotations

from portal.forms.questions import kind_of
from tests.forms.making import AROUND, BANGLA, ENGLISH, both, code_of, options, parse, question

PENSION = question("yes_no", "pension")
GETS = question("choices", "gets", options=options("vgd", "vgf"), none_of_these=True)
AGREE = question("declaration", "agree", statement=both("I agree"))
STORY = question("long_text", "story", max_length=20)


def test_yes_and_no_have_the_portals_words_unless_the_service_has_its_own() -> None:
    assert parse(PENSION, "yes").value == "yes"
    assert kind_of(PENSION).show(PENSION, "no", BANGLA, AROUND) == "না"
    own = question("yes_no", "x", options=options("yes", "no"))
    assert kind_of(own).show(own, "no", ENGLISH, AROUND) == "No"
    assert code_of(parse(PENSION, "maybe")) == "not_offered"
    assert code_of(parse(PENSION, "")) == "missing"


def test_none_of_these_stands_alone() -> None:
    assert parse(GETS, {"gets": ("none",)}).value == ["none"]
    assert parse(GETS, {"gets": ("vgf", "vgd")}).value == ["vgd", "vgf"]
    assert code_of(parse(GETS, {"gets": ("vgd", "none")})) == "none_and_others"
    assert kind_of(GETS).show(GETS, ["none"], ENGLISH, AROUND) == "None of these"


def test_a_declaration_is_ticked_or_asked_again_and_shown_in_its_own_words() -> None:
    assert parse(AGREE, "yes").value == "yes"
    assert code_of(parse(AGREE, "")) == "missing"
    assert code_of(parse(AGREE, "no")) == "missing"
    assert kind_of(AGREE).show(AGREE, "yes", ENGLISH, AROUND) == "I agree"


def test_lines_are_kept_and_empty_ones_are_not_piled_up() -> None:
    assert parse(STORY, "\r\n এক \r\n\r\n\r\nদুই\u200b\n").value == "এক\n\nদুই"
    assert code_of(parse(STORY, " \n \n")) == "missing"
    assert code_of(parse(STORY, "ক" * 21)) == "too_long"
    assert code_of(parse(STORY, "ক\x07খ")) == "unreadable"
