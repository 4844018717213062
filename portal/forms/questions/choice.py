"""One answer out of several, matched by its code."""

from __future__ import annotations

from typing import override

from portal.forms.answers import Value
from portal.forms.definition import Question
from portal.forms.questions.kind import Around, Fault, OneField, Parsed, Typed, first, missing, nothing
from portal.i18n.locale import Locale


class ChoiceKind(OneField):
    """Radio buttons."""

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """A code that is offered; one that is not was never on the page, so the question is asked again."""
        code = first(typed, question.key).strip()
        if not code:
            return nothing(question, question.key)
        if question.option(code) is None:
            return Parsed(
                faults=(Fault(question.key, "not_offered", missing(question, question.key).message),)
            )
        return Parsed(code)

    @override
    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        """The option's words."""
        option = question.option(str(value))
        return option.label.words(locale.code) if option else str(value)

    @override
    def lang(self, question: Question, value: Value, locale: Locale) -> str | None:
        """The language the option's words are really in."""
        option = question.option(str(value))
        return option.label.piece(locale.code).lang if option else None
