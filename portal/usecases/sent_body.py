"""The canonical body of a submission: every answer as it was sent and as it was read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NotRequired, TypedDict

from portal.forms.answers import SKIPPED, Answer, Value
from portal.forms.definition import Question, Step
from portal.forms.journey import Journey
from portal.forms.questions import kind_of
from portal.forms.summary import item_label
from portal.i18n.locale import Locale
from portal.i18n.text import Text


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """One question and answer for good: the words are those of the day it was sent."""

    step: str
    question: str
    section: Text
    label: Text
    words: Text | None = field(repr=False)
    """The answer in every language of the portal; None when it was skipped."""
    lang: Mapping[str, str | None] = field(repr=False)
    """By reading language, the language the answer's words are really in; None when nobody can know."""
    answer: Answer = field(repr=False)
    item: int | None = None
    """Which of several things it is about, counted from 1, where its step repeats."""


@dataclass(frozen=True, slots=True)
class Body:
    """What was sent, in full."""

    answers: tuple[SentAnswer, ...] = field(repr=False)
    mobile: str | None = field(repr=False)


class _Facts(TypedDict):
    step: str
    question: str
    section: dict[str, str]
    label: dict[str, str]
    words: dict[str, str] | None
    lang: dict[str, str | None]
    answer: dict[str, object]
    item: NotRequired[int]


def sent_answers(journey: Journey, locales: Mapping[str, Locale]) -> tuple[SentAnswer, ...]:
    """The answers on the route, in its order, in words; what is off the route is left behind."""
    sent: list[SentAnswer] = []
    for step in journey.steps:
        if step.repeat is None:
            sent += _of_step(journey, step, locales)
            continue
        for item in journey.items(step):
            for inner in item.journey.steps:
                sent += [
                    replace(one, item=item.n, label=_item_label(step, item.n, one.label, locales))
                    for one in _of_step(item.journey, inner, locales)
                ]
    return tuple(sent)


def _of_step(journey: Journey, step: Step, locales: Mapping[str, Locale]) -> list[SentAnswer]:
    asked = (question for question in step.questions if question.key in journey.given)
    return [_sent(journey, step, question, locales) for question in asked]


def _item_label(step: Step, n: int, label: Text, locales: Mapping[str, Locale]) -> Text:
    spoken = locales.items()
    return Text({code: item_label(step, n, label.piece(code), locale).words for code, locale in spoken})


def written(facts: Mapping[str, object], body: Body) -> bytes:
    """The canonical JSON of a body: keys sorted, no spaces, UTF-8; `facts` are not personal."""
    content = {**facts, "answers": [_facts(sent) for sent in body.answers], "mobile": body.mobile}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read(body: bytes) -> Body:
    """What `written` wrote."""
    content = json.loads(body)
    return Body(tuple(_read(facts) for facts in content["answers"]), content["mobile"])


def _sent(journey: Journey, step: Step, question: Question, locales: Mapping[str, Locale]) -> SentAnswer:
    answer, kind = journey.given[question.key], kind_of(question)
    spoken = {code: _show(journey, question, answer.value, locale) for code, locale in locales.items()}
    return SentAnswer(
        step=step.key,
        question=question.key,
        section=journey.service.section(step.section).title,
        label=question.short,
        words=None if answer.is_skipped else Text(spoken),
        lang={}
        if answer.is_skipped
        else {code: kind.lang(question, answer.value, locale) for code, locale in locales.items()},
        answer=answer,
    )


def _show(journey: Journey, question: Question, value: Value, locale: Locale) -> str:
    return "" if value == SKIPPED else kind_of(question).show(question, value, locale, journey.around)


def _facts(sent: SentAnswer) -> _Facts:
    facts: _Facts = {
        "step": sent.step,
        "question": sent.question,
        "section": sent.section.to_dict(),
        "label": sent.label.to_dict(),
        "words": sent.words.to_dict() if sent.words else None,
        "lang": dict(sent.lang),
        "answer": sent.answer.to_json(),
    }
    if sent.item is not None:
        facts["item"] = sent.item
    return facts


def _read(facts: _Facts) -> SentAnswer:
    return SentAnswer(
        step=facts["step"],
        question=facts["question"],
        section=Text(facts["section"]),
        label=Text(facts["label"]),
        words=Text(facts["words"]) if facts["words"] else None,
        lang=facts["lang"],
        answer=Answer.from_json(facts["answer"]),
        item=facts.get("item"),
    )
