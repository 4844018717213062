"""Numbers of the national ID and of birth registration; the register judges all but length and digits."""

from __future__ import annotations

from typing import Protocol, override

import regex

from portal.forms.answers import Value
from portal.forms.definition import Question
from portal.forms.questions.kind import Around, Fault, OneField, Parsed, Typed, first, nothing
from portal.forms.shapes import BRN_LENGTHS, is_brn, is_nid
from portal.i18n.digits import fold, to_ascii
from portal.i18n.locale import Locale
from portal.i18n.messages import Message, lazy

_SEPARATORS = regex.compile(r"[\s\p{Pd}.,/\u2212]")
_FIRST_YEAR = 1880


def plain_digits(typed: str) -> str:
    """ASCII digits without the spaces, hyphens and dots people group them with."""
    return str(_SEPARATORS.sub("", to_ascii(fold(typed))))


class DigitsKind(OneField, Protocol):
    """An identifier kept in ASCII digits, shown in the reader's, never grouped: people compare cards."""

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """The digits, when there are as many as such a number has."""
        digits = plain_digits(first(typed, question.key))
        if not digits:
            return nothing(question, question.key)
        if not (digits.isascii() and digits.isdigit()):
            message = lazy("{thing} has digits only. Check it and type it again", thing=question.short)
            return Parsed(faults=(Fault(question.key, "not_digits", message),))
        problem = self.problem(question, digits, around)
        return Parsed(faults=(Fault(question.key, *problem),)) if problem else Parsed(digits)

    def problem(self, question: Question, digits: str, around: Around) -> tuple[str, Message] | None:
        """A code and words when `digits` cannot be such a number."""

    @override
    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        return locale.digits(value)


class NidKind(DigitsKind):
    """A national ID number."""

    @override
    def problem(self, question: Question, digits: str, around: Around) -> tuple[str, Message] | None:
        """10 digits on a smart card, 13 or 17 on older cards."""
        if is_nid(digits):
            return None
        message = lazy(
            "{thing} must have 10, 13 or 17 digits; you typed {n}. Check the card",
            thing=question.short,
            n=len(digits),
        )
        return "length", message


class BrnKind(DigitsKind):
    """A birth registration number."""

    @override
    def problem(self, question: Question, digits: str, around: Around) -> tuple[str, Message] | None:
        """17 digits beginning with the year of birth; 16 on older certificates."""
        if not is_brn(digits):
            message = lazy(
                "{thing} must have 17 digits; you typed {n}. Check the certificate",
                thing=question.short,
                n=len(digits),
            )
            return "length", message
        if len(digits) == BRN_LENGTHS[-1] and not _FIRST_YEAR <= int(digits[:4]) <= around.today.year:
            return "year", lazy(
                "{thing} begins with the year of birth, like 1998. Check the first 4 digits",
                thing=question.short,
            )
        return None
