"""Free words, kept as typed but for invisible marks and doubled spaces."""

from __future__ import annotations

from typing import override

import regex

from portal.forms.answers import Value
from portal.forms.definition import Question
from portal.forms.questions.kind import Around, Fault, OneField, Parsed, Typed, first, nothing
from portal.i18n.digits import fold
from portal.i18n.locale import Locale
from portal.i18n.messages import lazy
from portal.i18n.script import language_of

LENGTH = 200  # graphemes, what a reader calls characters: one Bangla letter may be several code points
CODE_POINTS_PER_GRAPHEME = 8  # beyond this it is no writing but marks piled up
_UNREADABLE = regex.compile(r"[\p{Cc}\p{Cs}\ufffd]")


def words_fault(question: Question, field: str, words: str, default_length: int) -> Fault | None:
    """What is wrong with `words` as words: something no keyboard types, or too much of it."""
    if _UNREADABLE.search(words):
        message = lazy(
            "{thing} has a character that cannot be read. Delete it and type again", thing=question.short
        )
        return Fault(field, "unreadable", message)
    limit = question.max_length or default_length
    if len(words) > limit * CODE_POINTS_PER_GRAPHEME or len(regex.findall(r"\X", words)) > limit:
        message = lazy("{thing} must be {n} characters or fewer", thing=question.short, n=limit)
        return Fault(field, "too_long", message)
    return None


class TextKind(OneField):
    """One line of free words."""

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """Any words within the limit."""
        words = fold(first(typed, question.key))
        if not words:
            return nothing(question, question.key)
        fault = words_fault(question, question.key, words, LENGTH)
        return Parsed(faults=(fault,)) if fault else Parsed(words)

    @override
    def lang(self, question: Question, value: Value, locale: Locale) -> str | None:
        """What its letters tell; None where they are mixed or none."""
        return language_of(str(value))
