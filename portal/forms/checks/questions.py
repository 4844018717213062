"""Questions: what their kind needs, what it forbids, and why a sensitive one is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from portal.forms.asked import NO, YES
from portal.forms.checks.problem import Problem, at_question
from portal.forms.definition import Question, Service
from portal.i18n.messages import lazy

_KINDS_OF = {
    "options": ("choice", "choices", "yes_no"),
    "none_of_these": ("choices",),
    "script": ("name",),
    "minimum": ("number", "money"),
    "maximum": ("number", "money"),
    "earliest": ("date",),
    "latest": ("date",),
    "precision": ("date",),
    "unknown_day": ("date",),
    "providers": ("wallet",),
    "statement": ("declaration",),
    "level": ("address",),
    "max_length": ("text", "long_text", "name"),
}


def check(service: Service) -> Iterator[Problem]:
    """Every problem with how questions are set up."""
    for step in service.steps:
        for question in step.questions:
            where = at_question(step.key, question.key)
            yield from _foreign(where, question)
            yield from _options(where, question)
            yield from _limits(where, question)
            if question.kind == "name" and question.script is None:
                yield Problem(
                    where, lazy("Say which letters the name is written in: script = “bn”, “en” or “both”")
                )
            if question.sensitivity == "high" and question.why is None:
                yield Problem(where, lazy("It is sensitive: say why it is asked (why)"))


def _foreign(where: str, question: Question) -> Iterator[Problem]:
    for name, kinds in _KINDS_OF.items():
        if name in question.model_fields_set and question.kind not in kinds:
            yield Problem(
                f"{where}.{name}",
                lazy("A question of kind {kind} does not take it; leave it out", kind=question.kind),
            )


def _options(where: str, question: Question) -> Iterator[Problem]:
    if question.kind not in _KINDS_OF["options"]:
        return
    if len(question.offered) < 2:
        yield Problem(f"{where}.options", lazy("Offer at least two options"))
    yield from _codes(where, question)
    for language in ("bn", "en"):
        labels = Counter(option.label.words(language) for option in question.offered)
        for words, times in labels.items():
            if times > 1:
                yield Problem(
                    f"{where}.options",
                    lazy(
                        "{n} options are called “{words}”; nobody can tell them apart", n=times, words=words
                    ),
                )


def _codes(where: str, question: Question) -> Iterator[Problem]:
    if question.kind == "yes_no" and {option.code for option in question.offered} != {YES, NO}:
        yield Problem(
            f"{where}.options",
            lazy("The codes of yes and no are “yes” and “no”; only their words may change"),
        )
    for code, times in Counter(option.code for option in question.offered).items():
        if times > 1:
            yield Problem(
                f"{where}.options.{code}", lazy("The code is used {n} times; give each its own", n=times)
            )


def _limits(where: str, question: Question) -> Iterator[Problem]:
    low, high = question.minimum, question.maximum
    if low is not None and high is not None and low > high:
        yield Problem(where, lazy("No number is at least {low} and at most {high}", low=low, high=high))
    if isinstance(question.latest, date) and question.earliest and question.earliest > question.latest:
        yield Problem(
            where,
            lazy("No day is from {first} on and until {last}", first=question.earliest, last=question.latest),
        )
    if question.unknown_day and question.precision != "day":
        yield Problem(where, lazy("unknown_day is for whole dates; leave it out, or leave out precision"))
    if question.kind == "declaration" and question.optional:
        yield Problem(where, lazy("A declaration cannot be optional: silence is no agreement"))
    if question.kind == "declaration" and question.statement is None:
        yield Problem(where, lazy("Write the words people agree to (statement)"))
