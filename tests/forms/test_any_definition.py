"""Whatever an owner writes, if the judge accepts it: everybody gets to an end, and nothing said is lost."""

from __future__ import annotations

import tomllib
from typing import Any, cast

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from portal.forms.answers import Answer, Answers, Item
from portal.forms.asked import NO
from portal.forms.check import problems
from portal.forms.definition import Question, Service, Step
from portal.forms.export import as_toml, toml_of
from portal.forms.journey import Journey
from portal.forms.load import canonical, digest, load_json
from portal.forms.questions import kind_of
from portal.i18n.locale import Locale
from tests.forms.making import AROUND, BANGLA, ENGLISH
from tests.making_services import HOME, Raw, asked, definition, options, page, words

# Definitions are big and some are refused; that is no sign of a bad test.
many = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)

# For each kind: how it is asked, and things people type into it that it takes.
KINDS: dict[str, tuple[Raw, list[dict[str, str | list[str]]]]] = {
    "text": ({}, [{"": "ধান চাষ"}, {"": "<b>bold</b> & more"}, {"": "  x  y "}]),
    "long_text": ({}, [{"": "এক\r\nদুই"}, {"": "one"}]),
    "number": ({"minimum": 0, "maximum": 20}, [{"": "৭"}, {"": "0"}, {"": "1,2"}]),
    "money": ({}, [{"": "১,২০,০০০ টাকা"}, {"": "0"}]),
    "date": (
        {"unknown_day": True},
        [{"day": "২৪", "month": "অক্টোবর", "year": "1963"}, {"year": "1963", "unknown": "yes"}],
    ),
    "choice": ({"options": options("a", "b", "c")}, [{"": "a"}, {"": "b"}, {"": "c"}]),
    "choices": ({"options": options("a", "b"), "none_of_these": True}, [{"": ["a", "b"]}, {"": ["none"]}]),
    "yes_no": ({}, [{"": "yes"}, {"": "no"}]),
    "nid": ({}, [{"": "০০১২ ৩৪৫-৬০১"}]),
    "mobile": ({}, [{"": "+8801712345678"}]),
    "wallet": (
        {},
        [
            {"provider": "bkash", "number": "01712345678"},
            {"provider": "bank", "routing": "090261545", "number": "123456"},
        ],
    ),
    "name": ({"script": "both"}, [{"bn": "রহিমা", "en": "Rahima"}]),
    "declaration": ({"statement": words("I agree")}, [{"": "yes"}]),
}
DECIDING = ("choice", "yes_no")


@st.composite
def questions(draw: st.DrawFn, key: str) -> Raw:
    kind = draw(st.sampled_from(sorted(KINDS)))
    optional: Raw = {"optional": True} if draw(st.booleans()) and kind != "declaration" else {}
    return asked(kind, key, **KINDS[kind][0], **optional)


@st.composite
def rules(draw: st.DrawFn, before: list[Raw]) -> Raw:
    question = draw(st.sampled_from(before))
    codes = ["yes", "no"] if question["kind"] == "yes_no" else ["a", "b", "c"]
    rule: Raw = {draw(st.sampled_from(["eq", "ne"])): [f"${question['key']}", draw(st.sampled_from(codes))]}
    is_turned: bool = draw(st.booleans())
    return {"not": rule} if is_turned else rule


@st.composite
def definitions(draw: st.DrawFn) -> Raw:
    steps: list[Raw] = []
    deciding: list[Raw] = []
    for number in range(draw(st.integers(1, 6))):
        question = draw(questions(f"q{number}"))
        more: Raw = {}
        has_rule = draw(st.booleans())
        if deciding and has_rule:
            more["show_if"] = draw(rules(deciding))
        if draw(st.integers(0, 4)) == 0:
            more["repeat"] = {"item": words(f"item {number}"), "title": words(f"Items {number}"), "max": 3}
            more["repeat"]["min"] = draw(st.integers(0, 1))
        steps.append(page(f"s{number}", question, **more))
        if question["kind"] in DECIDING and "repeat" not in more:
            deciding.append(question)
    exits: list[Raw] = []
    has_exit = draw(st.booleans())
    if deciding and has_exit:
        told = {name: words(f"The {name}") for name in ("title", "body", "next", "contest")}
        exits.append({"key": "no", "when": draw(rules(deciding)), **told})
    return definition(steps, **({"exits": exits} if exits else {}))


def accepted(raw: Raw) -> Service:
    service = Service.model_validate(raw)
    assume(not [one for one in problems(service, ()) if not one.where.startswith("examples")])
    return service


def answer(drawn: st.DataObject, question: Question) -> Answer:
    if question.optional and drawn.draw(st.booleans()):
        return Answer("")
    if question.key == HOME["key"]:
        said: dict[str, Any] = {"division": "30", "landmark": "বাজার"}
    else:
        said = drawn.draw(st.sampled_from(KINDS[question.kind][1]))
    kind = kind_of(question)
    names = {name: f"{question.key}-{name}" if name else question.key for name in said}
    typed = {names[name]: tuple(one) if isinstance(one, list) else (one,) for name, one in said.items()}
    parsed = kind.parse(question, typed, AROUND)
    assert parsed.value is not None
    assert parsed.is_settled, (question.kind, said, parsed)
    return Answer(parsed.value)


def tell(drawn: st.DataObject, step: Step) -> dict[str, Answer]:
    if step.repeat is None:
        return {question.key: answer(drawn, question) for question in step.questions}
    count = drawn.draw(st.integers(step.repeat.min, 3))
    items = [
        cast("Item", {one.key: answer(drawn, one).value for one in step.questions}) for _ in range(count)
    ]
    return {step.list_key: Answer(items), step.more_key: Answer(NO)}


@many
@given(drawn=st.data())
def test_everybody_gets_to_an_end_and_every_answer_stands_at_check_answers(drawn: st.DataObject) -> None:
    service = accepted(drawn.draw(definitions()))
    answers = Answers()
    for _ in range(len(service.steps) + 1):
        journey = Journey(service, answers, AROUND)
        if journey.exit is not None or journey.frontier is None:
            break
        assert journey.is_open(journey.frontier.key)
        answers = answers.with_answers(tell(drawn, journey.frontier))
    journey = Journey(service, answers, AROUND)
    assert journey.is_complete or journey.exit is not None
    kept = Answers.from_json(answers.to_json())
    for locale in (BANGLA, ENGLISH):
        shown = shown_at_check(Journey(service, kept, AROUND), locale)
        assert shown == expected(journey, locale)


def shown_at_check(journey: Journey, locale: Locale) -> list[tuple[str, int | None, str | None]]:
    rows = [row for section in journey.summary(locale) for row in section.rows]
    return [(row.question, row.item, row.words) for row in rows]


def expected(journey: Journey, locale: Locale) -> list[tuple[str, int | None, str | None]]:
    found: list[tuple[str, int | None, str | None]] = []
    for step in journey.steps:
        if step.repeat is None:
            found += [(one.key, None, said(journey, one, locale)) for one in step.questions]
            continue
        items = journey.items(step)
        found += [] if items else [(step.list_key, None, None)]
        for item in items:
            found += [(one.key, item.n, said(item.journey, one, locale)) for one in step.questions]
    return found


def said(journey: Journey, question: Question, locale: Locale) -> str | None:
    answer = journey.given.get(question.key)
    if answer is None or answer.is_skipped:
        return None
    return kind_of(question).show(question, answer.value, locale, AROUND)


@many
@given(definitions())
def test_what_is_written_out_reads_back_as_the_very_same(raw: Raw) -> None:
    service = Service.model_validate(raw)
    again = Service.model_validate(tomllib.loads(as_toml(service)))
    assert again == service
    assert digest(again) == digest(service) == digest(load_json(canonical(service)))
    assert Service.model_validate(tomllib.loads(toml_of(raw))) == service
