"""Questions: what their kind needs, what it forbids, and why a sensitive one is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from portal.forms.checks.problem import Problem, at_question
from portal.forms.definition import Question, Service

_KINDS_OF = {
    "options": ("choice", "choices"),
    "script": ("name",),
    "minimum": ("number",),
    "maximum": ("number",),
    "earliest": ("date",),
    "latest": ("date",),
    "level": ("address",),
    "max_length": ("text", "name"),
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
                yield Problem(where, "say which letters the name is written in: script = “bn” or “en”")
            if question.sensitivity == "high" and question.why is None:
                yield Problem(where, "it is sensitive: say why it is asked (why)")


def _foreign(where: str, question: Question) -> Iterator[Problem]:
    for name, kinds in _KINDS_OF.items():
        if name in question.model_fields_set and question.kind not in kinds:
            yield Problem(
                f"{where}.{name}", f"a question of kind {question.kind} does not take it; leave it out"
            )


def _options(where: str, question: Question) -> Iterator[Problem]:
    if question.kind not in _KINDS_OF["options"]:
        return
    if len(question.options) < 2:
        yield Problem(f"{where}.options", "offer at least two options")
    for code, times in Counter(option.code for option in question.options).items():
        if times > 1:
            yield Problem(f"{where}.options.{code}", f"the code is used {times} times; give each its own")
    for language in ("bn", "en"):
        labels = Counter(option.label.words(language) for option in question.options)
        for words, times in labels.items():
            if times > 1:
                yield Problem(
                    f"{where}.options", f"{times} options are called “{words}”; nobody can tell them apart"
                )


def _limits(where: str, question: Question) -> Iterator[Problem]:
    low, high = question.minimum, question.maximum
    if low is not None and high is not None and low > high:
        yield Problem(where, f"no number is at least {low} and at most {high}")
    if isinstance(question.latest, date) and question.earliest and question.earliest > question.latest:
        yield Problem(where, f"no day is from {question.earliest} on and until {question.latest}")
