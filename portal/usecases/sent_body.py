"""The canonical body of a submission: every answer as it was sent and as it was read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from portal.forms.answers import SKIPPED, Answer, Value
from portal.forms.definition import Question, Step
from portal.forms.journey import Journey
from portal.forms.questions import kind_of
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


def sent_answers(journey: Journey, locales: Mapping[str, Locale]) -> tuple[SentAnswer, ...]:
    """The answers on the route, in its order, in words; what is off the route is left behind."""
    return tuple(
        _sent(journey, step, question, locales)
        for step in journey.steps
        for question in step.questions
        if question.key in journey.given
    )


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
    return {
        "step": sent.step,
        "question": sent.question,
        "section": sent.section.to_dict(),
        "label": sent.label.to_dict(),
        "words": sent.words.to_dict() if sent.words else None,
        "lang": dict(sent.lang),
        "answer": sent.answer.to_json(),
    }


def _read(facts: _Facts) -> SentAnswer:
    return SentAnswer(
        step=facts["step"],
        question=facts["question"],
        section=Text(facts["section"]),
        label=Text(facts["label"]),
        words=Text(facts["words"]) if facts["words"] else None,
        lang=facts["lang"],
        answer=Answer.from_json(facts["answer"]),
    )
