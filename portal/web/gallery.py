"""Every kind of question in its states, for people who build pages: development's `/_components`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import get_args

from portal.forms.definition import KindName, Option, Question
from portal.forms.questions import Around, NoPlaces, kind_of
from portal.i18n.locale import Locale
from portal.i18n.text import Text
from portal.web.citizen.step_view import fault_slots
from portal.web.slots import Item, Slots

_NOWHERE = Around(date(2026, 11, 22), NoPlaces())
_OPTIONS = (
    Option(code="union", label=Text({"bn": "ইউনিয়ন", "en": "Union"})),
    Option(
        code="city",
        label=Text({"bn": "সিটি কর্পোরেশন", "en": "City corporation"}),
        hint=Text({"bn": "ওয়ার্ডে ভাগ করা", "en": "Divided into wards"}),
    ),
)
_FILLED = {"choice": "city", "choices": "city", "number": "৫", "nid": "০০১২৩৪৫৬০১", "mobile": "০১৭১২ ৩৪৫৬০১"}


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One question as a page shows it in one state."""

    question: Question
    slot: Slots


def exhibits(locale: Locale) -> list[Exhibit]:
    """Each kind of question: empty, filled, and with an error."""
    states = ("empty", "filled", "error")
    return [_exhibit(kind, state, locale) for kind in get_args(KindName) for state in states]


def _exhibit(kind: KindName, state: str, locale: Locale) -> Exhibit:
    key = f"{kind}_{state}"
    question = Question(
        key=key,
        kind=kind,
        label=Text({"en": kind.capitalize()}),
        hint=Text({"bn": "একটি ছোট বাক্য", "en": "One short sentence"}),
        error=Text({"bn": "এই ঘরটি পূরণ করুন", "en": "Answer this question"}),
        options=_OPTIONS if kind.startswith("choice") else (),
    )
    first = kind_of(question).fields(question)[0]
    typed = {first: (_FILLED.get(kind, "২৪"),)} if state == "filled" else {}
    faults = kind_of(question).parse(question, {}, _NOWHERE).faults if state == "error" else ()
    lists = {f"{key}-division": (Item("30", "ঢাকা", is_chosen=True),)} if kind == "address" else {}
    facts = {f"ask {name}": "yes" for name in lists}
    return Exhibit(question, fault_slots(faults, (question,), locale, typed=typed, facts=facts, lists=lists))
