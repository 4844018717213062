"""Words: there in both languages, short, kind, and telling what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from portal.forms.checks.problem import Problem, at_question
from portal.forms.definition import Question, Service
from portal.i18n.messages import lazy
from portal.i18n.text import Text

_MISSING = {
    "bn": lazy("The Bangla words are missing; write bn = “…”"),
    "en": lazy("The English words are missing; write en = “…”"),
}
REQUIRED = tuple(_MISSING)
LONGEST_SENTENCE = 25  # words
LONGEST_HINT = 90  # characters
_SENTENCE_END = re.compile(r"[।.?!](?:\s|$)")
_LINK = re.compile(r"https?://|www\.|<a\b", re.IGNORECASE)
# A word here says nothing about what to do, or blames.
_GENERIC = re.compile(
    r"\b(required|invalid|forbidden|please|oops|illegal|mandatory|incorrect)\b|আবশ্যক|অবৈধ|অনুগ্রহ|দয়া করে|ত্রুটি",
    re.IGNORECASE,
)


def check(service: Service) -> Iterator[Problem]:
    """Every problem with the words of the service."""
    for where, text in texts(service, ""):
        yield from _languages(where, text)
        yield from _long_sentences(where, text)
    for step in service.steps:
        for question in step.questions:
            yield from _question(at_question(step.key, question.key), question)
    yield from _repeated_headings(service)


def texts(part: object, where: str) -> Iterator[tuple[str, Text]]:
    """Every text inside a part of a definition, with its place by keys."""
    if isinstance(part, Text):
        yield where, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name), f"{where}.{name}" if where else name)
    elif isinstance(part, tuple):
        for place, item in enumerate(part):
            yield from texts(item, f"{where}.{getattr(item, 'key', getattr(item, 'code', place))}")


def _languages(where: str, text: Text) -> Iterator[Problem]:
    for code in REQUIRED:
        if code not in text.codes:
            yield Problem(where, _MISSING[code])


def _long_sentences(where: str, text: Text) -> Iterator[Problem]:
    if where == "search":
        return
    for code in sorted(text.codes):
        longest = max(len(sentence.split()) for sentence in _SENTENCE_END.split(text.words(code)))
        if longest > LONGEST_SENTENCE:
            yield Problem(
                where,
                lazy(
                    "A sentence of {n} words ({code}) is hard to read; make two of it", n=longest, code=code
                ),
            )


def _question(where: str, question: Question) -> Iterator[Problem]:
    if question.summary is None:
        yield Problem(where, lazy("Give it a short name (summary): errors and check-answers begin with it"))
    if question.error is None:
        yield Problem(
            where, lazy("Say what to do when it is left empty (error), like “Enter your date of birth”")
        )
    elif any(_GENERIC.search(question.error.words(code)) for code in REQUIRED):
        yield Problem(
            f"{where}.error", lazy("Say what to do, like “Enter your date of birth”; “required” helps nobody")
        )
    for hint in (question.hint, *(option.hint for option in question.options)):
        if hint is not None:
            yield from _hint(where, question, hint)


def _hint(where: str, question: Question, hint: Text) -> Iterator[Problem]:
    for code in sorted(hint.codes):
        words = hint.words(code)
        if _LINK.search(words):
            yield Problem(
                f"{where}.hint",
                lazy("Take the link out of the hint ({code}): it is not announced as one", code=code),
            )
        elif _SENTENCE_END.search(words):
            yield Problem(
                f"{where}.hint",
                lazy("Make the hint ({code}) one short sentence without a full stop", code=code),
            )
        elif len(words) > LONGEST_HINT:
            yield Problem(
                f"{where}.hint",
                lazy("Shorten the hint ({code}) to {n} characters or fewer", code=code, n=LONGEST_HINT),
            )
        if words == question.label.words(code):
            yield Problem(
                f"{where}.hint",
                lazy("The hint ({code}) repeats the question; say something new or nothing", code=code),
            )


def _repeated_headings(service: Service) -> Iterator[Problem]:
    for code in REQUIRED:
        seen: dict[str, str] = {}
        for step in service.steps:
            words = step.heading.words(code)
            if words in seen:
                yield Problem(
                    f"steps.{step.key}",
                    lazy(
                        "It has the same heading ({code}) as step {key}: “{words}”",
                        code=code,
                        key=seen[words],
                        words=words,
                    ),
                )
            seen.setdefault(words, step.key)
            if step.title and len(step.questions) == 1 and words == step.questions[0].label.words(code):
                yield Problem(
                    f"steps.{step.key}.title",
                    lazy("It repeats its question ({code}); leave the title out", code=code),
                )
