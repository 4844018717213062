"""An amount in whole taka, in either digits, grouped or not, with or without the word."""

from __future__ import annotations

from typing import override

import regex

from portal.forms.answers import Value
from portal.forms.definition import Question
from portal.forms.questions.kind import Around, Fault, Parsed, Typed, first, nothing
from portal.forms.questions.number import NumberKind, limit_fault, ungrouped
from portal.i18n.digits import fold
from portal.i18n.locale import Locale, grouped
from portal.i18n.messages import Message, lazy

_WORDS = regex.compile(r"^(?:৳|bdt|tk\.?|taka|টাকা)\s*|\s*(?:৳|bdt|tk\.?|taka|টাকা|/[-=]|/)$", regex.IGNORECASE)
_WHOLE = regex.compile(r"[0-9]{1,12}")
_NEGATIVE = regex.compile(r"[-\p{Pd}]\s*[0-9].*")
_POISHA = regex.compile(r"[0-9]*[.][0-9]+")


class MoneyKind(NumberKind):
    """Whole taka, never less than none."""

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """The amount, however it is written."""
        words = fold(first(typed, question.key))
        if not words:
            return nothing(question, question.key)
        plain = ungrouped(_WORDS.sub("", words).strip())
        if not _WHOLE.fullmatch(plain):
            return Parsed(faults=(Fault(question.key, *_problem(question, plain)),))
        fault = limit_fault(question, int(plain))
        return Parsed(faults=(fault,)) if fault else Parsed(int(plain))

    @override
    def typed(self, question: Question, value: Value, around: Around) -> Typed:
        """Grouped in lakh and crore, as people read amounts."""
        return {question.key: (grouped(value) if isinstance(value, int) else str(value),)}

    @override
    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        """১,১৭০ টাকা."""
        return locale.money(value) if isinstance(value, int) else str(value)


def _problem(question: Question, plain: str) -> tuple[str, Message]:
    if _NEGATIVE.fullmatch(plain):
        return "negative", lazy("{thing} cannot be less than 0 taka", thing=question.short)
    if _POISHA.fullmatch(plain):
        return "decimal", lazy("{thing}: write whole taka only, without poisha", thing=question.short)
    if plain.isascii() and plain.isdigit():
        return "too_long", lazy("{thing} has too many digits. Check the amount", thing=question.short)
    return "not_a_number", lazy("{thing} must be an amount in taka, like 5,000", thing=question.short)
