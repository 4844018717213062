"""What every kind of question can do: name its fields, read them, fill them, show the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, override

from portal.forms.answers import SKIPPED, Value
from portal.forms.definition import Question
from portal.i18n.locale import Locale
from portal.i18n.messages import Message
from portal.i18n.text import Piece, Text

# What stands in the controls, by input name; several values where a name is repeated.
type Typed = Mapping[str, tuple[str, ...]]


class PlaceLike(Protocol):
    """What the engine needs to know of a place."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def level(self) -> str:
        """division, district, upazila or union."""

    @property
    def bn(self) -> str:
        """Its Bangla name."""

    @property
    def en(self) -> str:
        """Its English name."""

    @property
    def parent(self) -> str | None:
        """The code of the place it lies in."""


class PlacesPort(Protocol):
    """Where the engine looks places up."""

    def get(self, code: str) -> PlaceLike | None:
        """The place of that code."""

    def children(self, code: str | None) -> Sequence[PlaceLike]:
        """The places right below; the divisions for None."""

    def line(self, code: str) -> Sequence[PlaceLike]:
        """From the division down to that place."""


class NoPlaces:
    """No places at all, for judging what needs none."""

    def get(self, code: str) -> PlaceLike | None:  # noqa: ARG002  the port's name
        return None

    def children(self, code: str | None) -> Sequence[PlaceLike]:  # noqa: ARG002  the port's name
        return ()

    def line(self, code: str) -> Sequence[PlaceLike]:  # noqa: ARG002  the port's name
        return ()


@dataclass(frozen=True, slots=True)
class Around:
    """What an answer is judged against besides itself: the day in Dhaka and the country's places."""

    today: date
    places: PlacesPort


@dataclass(frozen=True, slots=True)
class Fault:
    """Something the person can mend: the input it is in, a code for figures, words that say what to do."""

    field: str
    code: str
    message: Message | Text


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was understood: `value` is None when nothing was, "" when an optional question was left empty.

    `more`: right so far, but the same question needs another round (the next level of an address).
    """

    value: Value | None = None
    faults: tuple[Fault, ...] = ()
    more: bool = False

    @property
    def is_settled(self) -> bool:
        """Nothing to mend and nothing more to ask."""
        return not self.faults and not self.more


class Kind(Protocol):
    """One kind of question; stateless."""

    def fields(self, question: Question) -> tuple[str, ...]:
        """The names of its inputs, the first one being what an error summary links to."""

    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """Read what was typed. Never raises, whatever was typed."""

    def typed(self, question: Question, value: Value, around: Around) -> Typed:
        """What stands in the controls for a kept value."""

    def asked(self, question: Question, typed: Typed, around: Around) -> tuple[str, ...]:  # noqa: ARG002
        """The inputs on the page in the round that follows `typed`; all of them unless asked in rounds."""
        return self.fields(question)

    def suggested(self, question: Question, value: Value, around: Around) -> Typed:  # noqa: ARG002
        """What the portal proposes beside a value kept so far; the person confirms or corrects it."""
        return {}

    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        """The answer as check-answers and the receipt say it."""

    def lang(self, question: Question, value: Value, locale: Locale) -> str | None:
        """The language `show` is in; None where nobody can know, as in free text."""

    def parts(self, question: Question, value: Value, locale: Locale, around: Around) -> tuple[Piece, ...]:
        """What `show` says, cut where the language changes; a piece in no known language has `lang` ""."""
        return (Piece(self.show(question, value, locale, around), self.lang(question, value, locale) or ""),)


class OneField(Kind, Protocol):
    """A kind with one input of the question's own name, whose value stands in it and is shown as it is."""

    @override
    def fields(self, question: Question) -> tuple[str, ...]:
        return (question.key,)

    @override
    def typed(self, question: Question, value: Value, around: Around) -> Typed:
        return {question.key: (str(value),)}

    @override
    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        return str(value)

    @override
    def lang(self, question: Question, value: Value, locale: Locale) -> str | None:
        return locale.code


def first(typed: Typed, name: str) -> str:
    """The first value of an input, empty when it was not sent."""
    return next(iter(typed.get(name, ())), "")


def missing(question: Question, field: str) -> Fault:
    """The fault of an answer not given, in the question's own words."""
    return Fault(field, "missing", question.error or question.label)


def nothing(question: Question, field: str) -> Parsed:
    """An empty answer: kept as skipped when optional, a fault otherwise."""
    return Parsed(SKIPPED) if question.optional else Parsed(faults=(missing(question, field),))
