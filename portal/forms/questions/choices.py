"""Any number of answers out of several, kept by code in the order they are offered."""

from __future__ import annotations

from typing import override

from portal.forms.answers import Value
from portal.forms.asked import NONE
from portal.forms.definition import Question
from portal.forms.questions.kind import Around, Fault, OneField, Parsed, Typed, missing, nothing
from portal.i18n.locale import Locale
from portal.i18n.messages import lazy


class ChoicesKind(OneField):
    """Checkboxes."""

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """Codes that are offered, each once; one that is not was never on the page."""
        sent = {code.strip() for code in typed.get(question.key, ())} - {""}
        if not sent:
            return nothing(question, question.key)
        chosen = [option.code for option in question.offered if option.code in sent]
        if len(chosen) != len(sent):
            return Parsed(
                faults=(Fault(question.key, "not_offered", missing(question, question.key).message),)
            )
        if question.none_of_these is not None and NONE in chosen and len(chosen) > 1:
            message = lazy("Choose “{none}” or the others, not both", none=question.none_of_these)
            return Parsed(faults=(Fault(question.key, "none_and_others", message),))
        return Parsed(chosen)

    @override
    def typed(self, question: Question, value: Value, around: Around) -> Typed:
        """The codes."""
        return {question.key: tuple(_codes(value))}

    @override
    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        """The options' words as a sentence lists them."""
        options = [(code, question.option(code)) for code in _codes(value)]
        return locale.join([option.label.words(locale.code) if option else code for code, option in options])

    @override
    def lang(self, question: Question, value: Value, locale: Locale) -> str | None:
        """The reader's, unless an option lacks it: then nobody can say for all of them."""
        options = [question.option(code) for code in _codes(value)]
        spoken = {option.label.piece(locale.code).lang if option else None for option in options}
        return next(iter(spoken)) if len(spoken) == 1 else None


def _codes(value: Value) -> list[str]:
    return [str(code) for code in value] if isinstance(value, list) else [str(value)]
