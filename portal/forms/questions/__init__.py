"""The kinds of question, one file each, and the register of them."""

from __future__ import annotations

from collections.abc import Mapping

from portal.forms.definition import KindName, Question
from portal.forms.questions.address import AddressKind
from portal.forms.questions.choice import ChoiceKind
from portal.forms.questions.choices import ChoicesKind
from portal.forms.questions.date import DateKind
from portal.forms.questions.identifier import BrnKind, NidKind
from portal.forms.questions.kind import Around, Fault, Kind, NoPlaces, Parsed, PlaceLike, PlacesPort, Typed
from portal.forms.questions.mobile import MobileKind
from portal.forms.questions.name import NameKind
from portal.forms.questions.number import NumberKind
from portal.forms.questions.text import TextKind

KINDS: Mapping[KindName, Kind] = {
    "text": TextKind(),
    "name": NameKind(),
    "number": NumberKind(),
    "date": DateKind(),
    "choice": ChoiceKind(),
    "choices": ChoicesKind(),
    "nid": NidKind(),
    "brn": BrnKind(),
    "mobile": MobileKind(),
    "address": AddressKind(),
}


def kind_of(question: Question) -> Kind:
    """The kind that asks, reads and shows that question."""
    return KINDS[question.kind]


__all__ = [
    "KINDS",
    "Around",
    "Fault",
    "Kind",
    "NoPlaces",
    "Parsed",
    "PlaceLike",
    "PlacesPort",
    "Typed",
    "kind_of",
]
