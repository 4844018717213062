"""Plainness: words people know, labels that are labels, pages that are light, a way to say "I don't know"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.forms.checks.problem import Problem, at_question
from portal.forms.checks.words import REQUIRED, texts
from portal.forms.definition import Question, Service, Step
from portal.i18n.messages import lazy

HEAVIEST = 8_000  # bytes of words one page may say in one language; the page around them has its own budget
# Officialese, and what to say instead.
_STIFF = {
    "নিম্নস্বাক্ষরকারী": "আমি",
    "উপর্যুক্ত": "ওপরের",
    "উপরোক্ত": "ওপরের",
    "নিম্নোক্ত": "নিচের",
    "অত্র": "এই",
    "প্রদানপূর্বক": "দিয়ে",
    "প্রদান করুন": "দিন",
    "দাখিল করুন": "জমা দিন",
    "সংযুক্তপূর্বক": "সঙ্গে দিয়ে",
    "aforementioned": "this",
    "hereby": "",
    "herein": "here",
    "pursuant to": "under",
    "furnish": "give",
    "in lieu of": "instead of",
    "utilise": "use",
    "utilize": "use",
    "commence": "begin",
}
_EXAMPLE = re.compile(
    r"^(?:e\.?g\.?\b|eg\b|for example|যেমন)|^[.…_xX#-]+$|\b(?:lorem|todo|tbd|xxx)\b", re.IGNORECASE
)
# Facts about others, which the person in front of the page may not have.
_OTHERS = re.compile(
    r"(?:^|_)(?:father|mother|husband|wife|spouse|parent|grand\w+|deceased|previous|old)(?:_|$)"
)
_OFTEN_UNKNOWN = ("nid", "brn", "date")


def check(service: Service) -> Iterator[Problem]:
    """Every place where people would not understand, or could not answer."""
    for where, text in texts(service, ""):
        for code in sorted(text.codes):
            yield from _stiff(where, text.words(code))
    for step in service.steps:
        yield from _weight(step)
        for question in step.questions:
            where = at_question(step.key, question.key)
            yield from _label(where, question)
            yield from _unknowable(where, question)


def _stiff(where: str, words: str) -> Iterator[Problem]:
    for stiff, plain in _STIFF.items():
        if not re.search(rf"(?<!\w){re.escape(stiff)}(?!\w)", words, re.IGNORECASE):
            continue
        if plain:
            yield Problem(where, lazy("“{stiff}” is hard to read; say “{plain}”", stiff=stiff, plain=plain))
        else:
            yield Problem(where, lazy("“{stiff}” is hard to read; leave it out", stiff=stiff))


def _label(where: str, question: Question) -> Iterator[Problem]:
    for code in REQUIRED:
        if _EXAMPLE.search(question.label.words(code).strip()):
            message = lazy("The label ({code}) is an example or a blank; ask the question", code=code)
            yield Problem(f"{where}.label", message)


def _unknowable(where: str, question: Question) -> Iterator[Problem]:
    if question.kind not in _OFTEN_UNKNOWN or not _OTHERS.search(question.key):
        return
    if not (question.optional or question.unknown_day or question.known):
        message = lazy(
            "People may not know this of somebody else: make it optional, or say known = true if they do"
        )
        yield Problem(where, message)


def _weight(step: Step) -> Iterator[Problem]:
    for code in REQUIRED:
        size = sum(len(text.words(code).encode()) for _, text in texts(step, ""))
        if size > HEAVIEST:
            message = lazy(
                "The page says {n} bytes ({code}), the most is {most}; ask less at once",
                n=size,
                code=code,
                most=HEAVIEST,
            )
            yield Problem(f"steps.{step.key}", message)
