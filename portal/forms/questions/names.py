"""One full name in both scripts: Bangla first, then English with a suggestion to confirm or correct.

The suggestion stands in the control of the second round and is kept only when the person goes on with it:
names put into English by a machine alone made many birth records wrong.
"""

from __future__ import annotations

from typing import override

from portal.forms.answers import Value
from portal.forms.definition import Question
from portal.forms.questions.kind import Around, Fault, Kind, Parsed, Typed, first, nothing
from portal.forms.questions.name import name_fault
from portal.i18n.digits import fold
from portal.i18n.locale import Locale
from portal.i18n.messages import lazy
from portal.i18n.romanise import romanise
from portal.i18n.text import Piece


class NamesKind(Kind):
    """`<key>-bn`, then `<key>-en`; kept by those names."""

    @override
    def fields(self, question: Question) -> tuple[str, ...]:
        """Bangla, English."""
        return f"{question.key}-bn", f"{question.key}-en"

    @override
    def asked(self, question: Question, typed: Typed, around: Around) -> tuple[str, ...]:
        """The English one once there is a Bangla one to take it from."""
        bangla, english = self.fields(question)
        return (bangla, english) if fold(first(typed, bangla)) else (bangla,)

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """Both names, each in its own letters."""
        bangla, english = self.fields(question)
        said_bn, said_en = fold(first(typed, bangla)), fold(first(typed, english))
        if not said_bn and not said_en:
            return nothing(question, bangla)
        faults = [
            _missing_bangla(bangla) if not said_bn else name_fault(question, bangla, "bn", said_bn),
            name_fault(question, english, "en", said_en) if said_en else None,
        ]
        found = tuple(fault for fault in faults if fault is not None)
        if found:
            return Parsed(faults=found)
        if said_en:
            return Parsed({"bn": said_bn, "en": said_en})
        if english not in typed:
            return Parsed({"bn": said_bn}, more=True)
        message = lazy("Write the name in English letters too")
        return Parsed({"bn": said_bn}, faults=(Fault(english, "missing", message),))

    @override
    def typed(self, question: Question, value: Value, around: Around) -> Typed:
        """Each name in its control."""
        if not isinstance(value, dict):
            return {}
        return {f"{question.key}-{part}": (said,) for part, said in value.items()}

    @override
    def suggested(self, question: Question, value: Value, around: Around) -> Typed:
        """The Bangla name in English letters, while there is none."""
        if not isinstance(value, dict) or value.get("en") or not value.get("bn"):
            return {}
        return {f"{question.key}-en": (romanise(value["bn"]),)}

    @override
    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        """The reader's own script first."""
        if not isinstance(value, dict):
            return str(value)
        return " · ".join(piece.words for piece in self.parts(question, value, locale, around))

    @override
    def lang(self, question: Question, value: Value, locale: Locale) -> str | None:
        """None: two languages, as `parts` tells."""
        return None

    @override
    def parts(self, question: Question, value: Value, locale: Locale, around: Around) -> tuple[Piece, ...]:
        """Each name in its own language."""
        if not isinstance(value, dict):
            return (Piece(str(value), ""),)
        order = ("en", "bn") if locale.is_english else ("bn", "en")
        return tuple(Piece(value[code], code) for code in order if value.get(code))


def _missing_bangla(field: str) -> Fault:
    return Fault(field, "missing", lazy("Write the name in Bangla letters too"))
