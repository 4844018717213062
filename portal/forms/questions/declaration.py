"""A statement the person must agree to by ticking it; the words are the service's."""

from __future__ import annotations

from typing import override

from portal.forms.answers import Value
from portal.forms.asked import YES
from portal.forms.definition import Question
from portal.forms.questions.kind import Around, OneField, Parsed, Typed, first, missing
from portal.i18n.locale import Locale
from portal.i18n.text import Text


def statement_of(question: Question) -> Text:
    """What is agreed to."""
    return question.statement or question.label


class DeclarationKind(OneField):
    """One checkbox, never ticked beforehand; kept as "yes"."""

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """Ticked, or asked again: silence is no agreement."""
        if first(typed, question.key) != YES:
            return Parsed(faults=(missing(question, question.key),))
        return Parsed(YES)

    @override
    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        """The very words that were agreed to."""
        return statement_of(question).words(locale.code)

    @override
    def lang(self, question: Question, value: Value, locale: Locale) -> str | None:
        """The language the statement is really in."""
        return statement_of(question).piece(locale.code).lang
