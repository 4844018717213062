"""A whole number in either digits, with or without grouping commas."""

from __future__ import annotations

import re
from typing import override

from portal.forms.answers import Value
from portal.forms.definition import Question
from portal.forms.questions.kind import Around, Fault, OneField, Parsed, Typed, first, nothing
from portal.i18n.digits import fold, to_ascii
from portal.i18n.locale import Locale
from portal.i18n.messages import lazy

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}", re.ASCII)
_GROUPING = re.compile(r"(?<=[0-9])[, '\u2019](?=[0-9])", re.ASCII)


class NumberKind(OneField):
    """A whole number between the question's limits."""

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """The number, however its digits are written."""
        words = fold(first(typed, question.key))
        if not words:
            return nothing(question, question.key)
        plain = ungrouped(words)
        if not _WHOLE.fullmatch(plain):
            message = lazy("{thing} must be a whole number, like 3", thing=question.short)
            return Parsed(faults=(Fault(question.key, "not_a_number", message),))
        number = int(plain)
        fault = limit_fault(question, number)
        return Parsed(faults=(fault,)) if fault else Parsed(number)

    @override
    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        """The number, grouped, in the reader's digits."""
        return locale.number(value) if isinstance(value, int) else str(value)


def ungrouped(words: str) -> str:
    """ASCII digits and signs, the commas between digits left out."""
    return _GROUPING.sub("", to_ascii(words).replace("\u2212", "-"))


def limit_fault(question: Question, number: int) -> Fault | None:
    """What is wrong with a number outside the question's limits."""
    low, high = question.minimum, question.maximum
    if (low is None or number >= low) and (high is None or number <= high):
        return None
    if low is not None and high is not None:
        message = lazy("{thing} must be between {low} and {high}", thing=question.short, low=low, high=high)
    elif low is not None:
        message = lazy("{thing} must be {low} or more", thing=question.short, low=low)
    else:
        message = lazy("{thing} must be {high} or less", thing=question.short, high=high or 0)
    return Fault(question.key, "out_of_range", message)
