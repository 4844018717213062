"""The stand-in's national ID registry: a number and a birth date in, one person's asked-for fields out."""

from __future__ import annotations

from collections.abc import Mapping

from portal.exchange.person import Person
from portal.exchange.register import Record
from portal.places import Places


class NidHoldings:
    """What `nid/verify` answers from."""

    ways: tuple[tuple[str, ...], ...] = (("subject_nid", "date_of_birth"),)
    fields = frozenset(
        {
            "name_bn",
            "name_en",
            "father_bn",
            "father_en",
            "mother_bn",
            "mother_en",
            "address",
            "ward",
            "sex",
            "date_of_birth",
        }
    )
    secret: Mapping[str, object] = {"blood_group": "O+"}

    def __init__(self, people: Mapping[str, Person], places: Places) -> None:
        self._people = people
        self._places = places

    def find(self, subject: Mapping[str, str]) -> Record | None:
        """The card of the person with this number, when the birth date is theirs too."""
        person = self._people.get(subject["subject_nid"])
        if person is None or person.born.isoformat() != subject["date_of_birth"]:
            return None
        return {
            "name_bn": person.name_bn,
            "name_en": person.name_en,
            "father_bn": person.father_bn,
            "father_en": person.father_en,
            "mother_bn": person.mother_bn,
            "mother_en": person.mother_en,
            "address": {**places_of(self._places, person.union), "landmark": person.landmark},
            "ward": person.ward,
            "sex": person.sex,
            "date_of_birth": person.born.isoformat(),
        }

    def somebody_else(self, subject: Mapping[str, str]) -> Mapping[str, str]:
        """The first person with another number."""
        other = next(one for one in self._people.values() if one.nid != subject["subject_nid"])
        return {"subject_nid": other.nid, "date_of_birth": other.born.isoformat()}


def places_of(places: Places, code: str) -> dict[str, str]:
    """An address as the exchange writes it: level to place code."""
    return {place.level: place.code for place in places.line(code)}
