"""Small services, questions and places for the engine's tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.forms.definition import Question, Service
from portal.forms.questions import Around, Parsed, PlaceLike, Typed, kind_of
from portal.i18n.locale import Locale

TODAY = date(2026, 11, 22)
BANGLA = Locale("bn")
ENGLISH = Locale("en")


@dataclass(frozen=True)
class Spot:
    code: str
    level: str
    bn: str
    en: str
    parent: str | None


class Country:
    """Two divisions; Dhaka goes down to unions, and its upazila Dohar lists none."""

    _spots = (
        Spot("30", "division", "ঢাকা", "Dhaka", None),
        Spot("40", "division", "খুলনা", "Khulna", None),
        Spot("3026", "district", "ঢাকা", "Dhaka", "30"),
        Spot("4087", "district", "সাতক্ষীরা", "Satkhira", "40"),
        Spot("3026-365", "upazila", "সাভার", "Savar", "3026"),
        Spot("3026-369", "upazila", "দোহার", "Dohar", "3026"),
        Spot("3026-365-3275", "union", "আশুলিয়া", "Ashulia", "3026-365"),
    )

    def get(self, code: str) -> PlaceLike | None:
        return next((spot for spot in self._spots if spot.code == code), None)

    def children(self, code: str | None) -> Sequence[PlaceLike]:
        return tuple(spot for spot in self._spots if spot.parent == code)

    def line(self, code: str) -> Sequence[PlaceLike]:
        spot = self.get(code)
        return () if spot is None else (*(self.line(spot.parent) if spot.parent else ()), spot)


AROUND = Around(TODAY, Country())


def both(words: str) -> dict[str, str]:
    """The same words for both languages."""
    return {"bn": f"{words} ক", "en": words}


def question(kind: str, key: str = "x", **more: object) -> Question:
    """A question of that kind with all its words."""
    given = {
        "key": key,
        "kind": kind,
        "label": both(f"What is {key}?"),
        "summary": both(key.capitalize()),
        "error": both(f"Enter {key}"),
        **more,
    }
    return Question.model_validate(given)


def options(*codes: str) -> list[dict[str, object]]:
    """Options called by their codes."""
    return [{"code": code, "label": both(code.capitalize())} for code in codes]


def parse(asked: Question, typed: str | Typed | Mapping[str, str]) -> Parsed:
    """What the question makes of words in its one field, or of fields by name."""
    if isinstance(typed, str):
        typed = {kind_of(asked).fields(asked)[0]: (typed,)}
    fields = {name: (said,) if isinstance(said, str) else said for name, said in typed.items()}
    return kind_of(asked).parse(asked, fields, AROUND)


def code_of(parsed: Parsed) -> str:
    """The code of the only fault."""
    assert len(parsed.faults) == 1, parsed
    assert parsed.value is None or isinstance(parsed.value, dict), parsed
    return parsed.faults[0].code


def step(key: str, *questions: Question, section: str = "one", **more: object) -> dict[str, object]:
    """A step that asks those questions."""
    return {"key": key, "section": section, "questions": list(questions), **more}


SOURCE = {"source_url": "https://office.example", "verified_on": TODAY}


def service(steps: Sequence[Mapping[str, object]], **more: object) -> Service:
    """A service of one section whose office is not asked for."""
    given = {
        "schema": 1,
        "key": "toy",
        "assurance": 1,
        "title": both("Toy"),
        "summary": both("A toy"),
        "who": both("Anyone"),
        "category": "toys",
        "pictogram": "document",
        "agency_words": both("Toy office"),
        "office": {"agency": "lgd", "level": "union", "place": "home"},
        "fees": [{"amount": 0, **SOURCE}],
        "time_limit": {"value": 3, "unit": "working_days", **SOURCE},
        "sections": [{"key": "one", "title": both("One")}],
        "steps": list(steps),
        "declaration": both("It is true"),
        "outcome": {
            "deliver": [{"to": "toy", "service": "applications"}],
            "next": both("We look"),
            "appeal": both("Call 333"),
        },
        **more,
    }
    return Service.model_validate(given)
