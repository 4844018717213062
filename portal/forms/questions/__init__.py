"""The kinds of question, one file each, and the register of them."""

from __future__ import annotations

from collections.abc import Mapping

from portal.forms.definition import KindName, Question
from portal.forms.questions.address import AddressKind
from portal.forms.questions.choice import ChoiceKind
from portal.forms.questions.choices import ChoicesKind
from portal.forms.questions.date import DateKind
from portal.forms.questions.declaration import DeclarationKind
from portal.forms.questions.identifier import BrnKind, NidKind
from portal.forms.questions.kind import Around, Fault, Kind, NoPlaces, Parsed, PlaceLike, PlacesPort, Typed
from portal.forms.questions.long_text import LongTextKind
from portal.forms.questions.mobile import MobileKind
from portal.forms.questions.money import MoneyKind
from portal.forms.questions.name import NameKind
from portal.forms.questions.names import NamesKind
from portal.forms.questions.number import NumberKind
from portal.forms.questions.text import TextKind
from portal.forms.questions.wallet import WalletKind
from portal.forms.questions.yes_no import YesNoKind

KINDS: Mapping[KindName, Kind] = {
    "text": TextKind(),
    "long_text": LongTextKind(),
    "name": NameKind(),
    "number": NumberKind(),
    "money": MoneyKind(),
    "date": DateKind(),
    "choice": ChoiceKind(),
    "choices": ChoicesKind(),
    "yes_no": YesNoKind(),
    "nid": NidKind(),
    "brn": BrnKind(),
    "mobile": MobileKind(),
    "wallet": WalletKind(),
    "address": AddressKind(),
    "declaration": DeclarationKind(),
}
_NAMES = NamesKind()


def kind_of(question: Question) -> Kind:
    """The kind that asks, reads and shows that question."""
    if question.kind == "name" and question.script == "both":
        return _NAMES
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
