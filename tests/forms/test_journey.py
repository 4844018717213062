"""A journey shows only what the answers lead to, loses nothing, and knows when it is done."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from portal.forms.answers import Answer, Answers
from portal.forms.journey import Journey, OffRoute
from tests.forms.making import AROUND, BANGLA, ENGLISH, both, options, question, service, step

DOCUMENT = question("choice", "document", options=options("nid", "birth", "none"))
TOY = service(
    [
        step("document", DOCUMENT),
        step("number", question("nid", "nid"), show_if={"eq": ["$document", "nid"]}),
        step("birth-number", question("brn", "brn"), show_if={"eq": ["$document", "birth"]}),
        step("ask-again", question("text", "again"), show_if={"answered": "$nid"}),
        step("ward", question("number", "ward", optional=True, minimum=1, maximum=9)),
        step("use", question("text", "use")),
    ],
    exits=[
        {
            "key": "no-document",
            "when": {"eq": ["$document", "none"]},
            "title": both("No document"),
            "body": both("Needed"),
            "next": both("Get one"),
            "contest": both("Call"),
        }
    ],
)


def journey(**values: str | int) -> Journey:
    return Journey(TOY, Answers.typed(values), AROUND)


def route(walked: Journey) -> list[str]:
    return [one.key for one in walked.steps]


def test_a_new_person_begins_at_the_first_step() -> None:
    new = journey()
    assert new.frontier is not None
    assert new.frontier.key == "document"
    assert route(new) == ["document", "ward", "use"]
    assert not new.is_complete


def test_an_answer_opens_its_own_questions_only() -> None:
    assert route(journey(document="nid")) == ["document", "number", "ward", "use"]
    assert route(journey(document="birth")) == ["document", "birth-number", "ward", "use"]


def test_an_answer_off_the_route_counts_for_nothing_but_stays() -> None:
    changed = journey(document="birth", nid="0012345601", again="yes")
    assert route(changed) == ["document", "birth-number", "ward", "use"]
    assert "nid" not in changed.values
    assert changed.given["nid"].value == "0012345601"


def test_going_back_brings_the_old_answers_back() -> None:
    back = journey(document="nid", nid="0012345601", again="yes", brn="20040012166100145")
    assert route(back) == ["document", "number", "ask-again", "ward", "use"]
    assert set(back.values) == {"document", "nid", "again"}


def test_a_step_off_the_route_cannot_be_opened() -> None:
    with pytest.raises(OffRoute):
        journey(document="nid").step("birth-number")
    with pytest.raises(OffRoute):
        journey().step("no-such-step")
    with pytest.raises(OffRoute):
        journey(document="nid").after(TOY.step("birth-number"))
    assert not journey(document="nid").is_open("birth-number")
    assert not journey().is_open("no-such-step")


def test_a_step_opens_when_everything_before_it_is_answered() -> None:
    walked = journey(document="nid")
    assert walked.is_open("document")
    assert walked.is_open("number")
    assert not walked.is_open("ward")
    assert journey(document="nid", nid="0012345601", again="yes").is_open("ward")


def test_an_optional_question_is_waited_for_until_it_was_seen() -> None:
    before = journey(document="birth", brn="20040012166100145")
    assert before.frontier == TOY.step("ward")
    assert not before.is_open("use")
    skipped = journey(document="birth", brn="20040012166100145", ward="")
    assert skipped.frontier == TOY.step("use")
    assert "ward" not in skipped.values
    assert "ward" not in skipped.answers


def test_a_skipped_question_that_became_required_is_asked_again() -> None:
    assert journey(document="").frontier == TOY.step("document")


def test_a_kept_answer_the_definition_no_longer_takes_is_asked_again() -> None:
    assert journey(document="nid", nid="123").frontier == TOY.step("number")
    assert journey(document="passport").frontier == TOY.step("document")
    full = journey(document="birth", brn="20040012166100145", ward=12, use="x")
    assert full.frontier == TOY.step("ward")


def test_when_all_is_answered_it_can_be_sent() -> None:
    done = journey(document="birth", brn="20040012166100145", ward=3, use="job")
    assert done.frontier is None
    assert done.is_complete
    assert all(done.is_open(key) for key in route(done))


def test_forward_and_back_follow_the_route() -> None:
    walked = journey(document="birth")
    here = walked.step("document")
    seen = [here.key]
    while following := walked.after(here):
        assert walked.before(following) == here
        here = following
        seen.append(here.key)
    assert seen == route(walked)
    assert walked.before(walked.steps[0]) is None


def test_progress_counts_the_route() -> None:
    assert journey(document="nid").position(TOY.step("number")) == (2, 4)
    assert journey().position(TOY.step("ward")) == (2, 3)


def test_an_exit_ends_the_journey_where_it_was_decided() -> None:
    ended = journey(document="none", ward=3, use="job")
    assert ended.exit is not None
    assert ended.exit.key == "no-document"
    assert ended.frontier is None
    assert not ended.is_complete
    assert ended.is_open("document")
    assert not ended.is_open("ward")


def test_changing_the_answer_leaves_the_exit_again() -> None:
    assert journey(document="nid").exit is None


def test_an_exit_that_depends_on_an_answer_off_the_route_does_not_end_it() -> None:
    gated = service(
        [
            step("document", DOCUMENT),
            step("age", question("number", "age"), show_if={"eq": ["$document", "nid"]}),
        ],
        exits=[
            {
                "key": "young",
                "when": {"lt": ["$age", 18]},
                "title": both("Young"),
                "body": both("Young"),
                "next": both("Wait"),
                "contest": both("Call"),
            }
        ],
    )
    assert Journey(gated, Answers.typed({"document": "birth", "age": 3}), AROUND).exit is None
    assert Journey(gated, Answers.typed({"document": "nid", "age": 3}), AROUND).exit == gated.exit("young")


def test_a_step_of_several_questions_waits_for_all_of_them() -> None:
    pair = service([step("pair", question("text", "one"), question("text", "two"), title=both("Pair"))])
    assert Journey(pair, Answers.typed({"one": "x"}), AROUND).frontier == pair.step("pair")
    assert Journey(pair, Answers.typed({"one": "x", "two": "y"}), AROUND).is_complete
    assert pair.step("pair").heading.words("en") == "Pair"


AT = datetime(2026, 11, 22, 4, 31, tzinfo=UTC)


def test_check_answers_says_each_answer_and_where_it_came_from() -> None:
    answers = Answers(
        {
            "document": Answer("nid"),
            "nid": Answer("0012345601", "registry", "nid", AT),
            "again": Answer("typed words", "typed", "nid", AT, "registry words"),
            "ward": Answer(""),
        }
    )
    (section,) = Journey(TOY, answers, AROUND).summary(BANGLA)
    rows = {row.question: row for row in section.rows}
    assert str(section.title) == "One ক"
    assert list(rows) == ["document", "nid", "again", "ward", "use"]
    assert (rows["document"].words, rows["document"].source, rows["document"].lang) == (
        "Nid ক",
        "typed",
        "bn",
    )
    assert (rows["nid"].words, rows["nid"].registry, rows["nid"].fetched_at) == ("০০১২৩৪৫৬০১", "nid", AT)
    assert rows["nid"].registry_words is None
    assert (rows["again"].words, rows["again"].registry_words) == ("typed words", "registry words")
    assert (rows["ward"].words, rows["ward"].lang, rows["ward"].parts) == (None, None, ())
    assert (rows["use"].words, rows["use"].source) == (None, None)
    assert (rows["again"].step, str(rows["again"].label)) == ("ask-again", "Again ক")


def test_check_answers_leaves_out_what_is_off_the_route() -> None:
    answers = Answers.typed({"document": "birth", "nid": "0012345601"})
    (section,) = Journey(TOY, answers, AROUND).summary(ENGLISH)
    assert "nid" not in {row.question for row in section.rows}


def test_sections_without_a_step_on_the_route_are_left_out() -> None:
    split = service(
        [
            step("document", DOCUMENT),
            step("number", question("nid", "nid"), section="two", show_if={"eq": ["$document", "nid"]}),
        ],
        sections=[{"key": "one", "title": both("One")}, {"key": "two", "title": both("Two")}],
    )
    shown = Journey(split, Answers.typed({"document": "birth"}), AROUND).summary(ENGLISH)
    assert [str(section.title) for section in shown] == ["One"]
