"""A Bangladeshi mobile number in any of the ways people write it."""

from __future__ import annotations

from typing import override

import regex

from portal.forms.answers import Value
from portal.forms.definition import Question
from portal.forms.questions.kind import Around, Fault, OneField, Parsed, Typed, first, nothing
from portal.forms.shapes import is_mobile
from portal.i18n.digits import fold, to_ascii
from portal.i18n.locale import Locale
from portal.i18n.messages import lazy

_SEPARATORS = regex.compile(r"[\s\p{Pd}.,/()\u2212]")
_COUNTRY = regex.compile(r"(?:\+|00)?880?(?=0?1[0-9]{9}$)")


def read_mobile(typed: str) -> str | None:
    """`01712345678` for any unambiguous way of writing it; None when it is no Bangladeshi mobile number."""
    plain = _SEPARATORS.sub("", to_ascii(fold(typed)))
    number = _COUNTRY.sub("", plain)
    number = number if number.startswith("0") else f"0{number}"
    return number if is_mobile(number) else None


class MobileKind(OneField):
    """A mobile number, kept as 11 ASCII digits."""

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """The number, with or without +880, in either digits."""
        words = fold(first(typed, question.key))
        if not words:
            return nothing(question, question.key)
        number = read_mobile(words)
        if number is None:
            message = lazy("Enter a mobile number of 11 digits, like 01712 345678")
            return Parsed(faults=(Fault(question.key, "not_mobile", message),))
        return Parsed(number)

    @override
    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        """০১৭১২ ৩৪৫৬৭৮."""
        return locale.phone(str(value))
