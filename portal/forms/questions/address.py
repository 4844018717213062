"""Where a person lives: division, district, upazila, union, then a village or landmark in their own words.

Without JavaScript the levels are asked in rounds: a round that settles a level but not the next one comes
back as `more`, and the page shows one control further. A control is on the page only once the level above it
is known, so a name that was sent but is empty was asked and left empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import override

from portal.forms.answers import Value
from portal.forms.definition import LEVELS, Level, Question
from portal.forms.questions.kind import Around, Fault, Kind, Parsed, Typed, first, missing, nothing
from portal.forms.questions.text import words_fault
from portal.i18n.digits import fold
from portal.i18n.locale import Locale
from portal.i18n.messages import Message, lazy
from portal.i18n.script import language_of
from portal.i18n.text import Piece

LANDMARK = "landmark"
LANDMARK_LENGTH = 120
_CHOOSE: dict[Level, Message] = {
    "division": lazy("Choose your division"),
    "district": lazy("Choose your district"),
    "upazila": lazy("Choose your upazila"),
    "union": lazy("Choose your union"),
}


_NAMED: Mapping[Level, Callable[[str], Message]] = {
    "division": lambda place: lazy("{place} division", place=place),
    "district": lambda place: lazy("{place} district", place=place),
    "upazila": lambda place: lazy("{place} upazila", place=place),
    "union": lambda place: lazy("{place} union", place=place),
}


def levels_of(question: Question) -> tuple[Level, ...]:
    """The levels this question asks, from the division down."""
    return LEVELS[: LEVELS.index(question.level) + 1]


class AddressKind(Kind):
    """`<key>-division` … `<key>-landmark`; kept as place codes and words."""

    @override
    def fields(self, question: Question) -> tuple[str, ...]:
        """One select a level, then the landmark."""
        return tuple(f"{question.key}-{part}" for part in (*levels_of(question), LANDMARK))

    @override
    def asked(self, question: Question, typed: Typed, around: Around) -> tuple[str, ...]:
        """The levels chosen so far and the next; the landmark once nothing lies below."""
        places = _settled(question, typed, around)
        following = _next_level(question, places, around)
        parts = (*places, LANDMARK if following is None else following)
        return tuple(f"{question.key}-{part}" for part in parts)

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """As deep as the places fit into each other; what does not fit is asked again, never an error."""
        fields = self.fields(question)
        if not any(fold(first(typed, field)) for field in fields):
            return nothing(question, fields[0])
        places = _settled(question, typed, around)
        asked = _next_level(question, places, around)
        if asked is not None:
            return _unsettled(question, typed, places, asked)
        return _with_landmark(question, typed, places)

    @override
    def typed(self, question: Question, value: Value, around: Around) -> Typed:
        """The code of each level and the landmark."""
        if not isinstance(value, dict):
            return {}
        return {f"{question.key}-{part}": (said,) for part, said in value.items()}

    @override
    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        """From the nearest outward, as on an envelope: landmark, union, upazila, district, division."""
        if not isinstance(value, dict):
            return str(value)
        return ", ".join(piece.words for piece in self.parts(question, value, locale, around))

    @override
    def lang(self, question: Question, value: Value, locale: Locale) -> str | None:
        """The reader's, unless the landmark is in another: then it is mixed."""
        landmark = value.get(LANDMARK, "") if isinstance(value, dict) else ""
        return locale.code if language_of(landmark) in (None, "en" if locale.is_english else "bn") else None

    @override
    def parts(self, question: Question, value: Value, locale: Locale, around: Around) -> tuple[Piece, ...]:
        """The landmark in its own language, then the places in the reader's."""
        if not isinstance(value, dict):
            return (Piece(str(value), ""),)
        landmark = value.get(LANDMARK, "")
        said = [
            _place_words(level, value.get(level, ""), locale, around)
            for level in reversed(levels_of(question))
        ]
        places = ", ".join(words for words in said if words)
        pieces = (Piece(landmark, language_of(landmark) or ""), Piece(places, locale.code))
        return tuple(piece for piece in pieces if piece.words)


def _settled(question: Question, typed: Typed, around: Around) -> dict[str, str]:
    """Codes level by level, as long as each lies in the one above."""
    places: dict[str, str] = {}
    parent: str | None = None
    for level in levels_of(question):
        code = first(typed, f"{question.key}-{level}").strip()
        place = around.places.get(code) if code else None
        if place is None or place.level != level or place.parent != parent:
            break
        places[level] = parent = place.code
    return places


def _next_level(question: Question, places: dict[str, str], around: Around) -> Level | None:
    """The level to ask next; None when all are settled or nothing lies below."""
    levels = levels_of(question)
    if len(places) == len(levels):
        return None
    deepest = places[levels[len(places) - 1]] if places else None
    return levels[len(places)] if around.places.children(deepest) else None


def _unsettled(question: Question, typed: Typed, places: dict[str, str], asked: Level) -> Parsed:
    field = f"{question.key}-{asked}"
    if asked == "division":
        return Parsed(faults=(missing(question, field),))
    was_left_empty = field in typed and not first(typed, field).strip()
    kept = _words_so_far(question, typed, places)
    if was_left_empty:
        return Parsed(value=kept, faults=(Fault(field, "missing", _CHOOSE[asked]),))
    return Parsed(value=kept, more=True)


def _words_so_far(question: Question, typed: Typed, places: dict[str, str]) -> Value:
    landmark = fold(first(typed, f"{question.key}-{LANDMARK}"))
    is_fine = landmark and words_fault(question, "", landmark, LANDMARK_LENGTH) is None
    return {**places, LANDMARK: landmark} if is_fine else dict(places)


def _with_landmark(question: Question, typed: Typed, places: dict[str, str]) -> Parsed:
    field = f"{question.key}-{LANDMARK}"
    landmark = fold(first(typed, field))
    if not landmark and field not in typed:
        return Parsed(value=dict(places), more=True)
    if not landmark:
        message = lazy("Enter your village, para or a place near your home")
        return Parsed(value=dict(places), faults=(Fault(field, "missing", message),))
    fault = words_fault(question, field, landmark, LANDMARK_LENGTH)
    return Parsed(value=dict(places), faults=(fault,)) if fault else Parsed({**places, LANDMARK: landmark})


def _place_words(level: Level, code: str, locale: Locale, around: Around) -> str:
    place = around.places.get(code) if code else None
    if place is None:
        return code
    return locale.say(_NAMED[level](locale.bangla_or(place.en, place.bn)))
