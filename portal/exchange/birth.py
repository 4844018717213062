"""The stand-in's birth register: a 17-digit number and a birth date in, the record out."""

from __future__ import annotations

from collections.abc import Mapping

from portal.exchange.nid import places_of
from portal.exchange.records import Birth
from portal.exchange.register import Record
from portal.places import Places


class BirthHoldings:
    """What `birth/verify` answers from."""

    ways: tuple[tuple[str, ...], ...] = (("subject_brn", "date_of_birth"),)
    fields = frozenset(
        {
            "name_bn",
            "name_en",
            "father_bn",
            "father_en",
            "father_nid",
            "father_brn",
            "mother_bn",
            "mother_en",
            "mother_nid",
            "mother_brn",
            "sex",
            "place",
            "date_of_birth",
            "registered_on",
            "certificate_on",
        }
    )
    secret: Mapping[str, object] = {"birth_weight_grams": 2900}

    def __init__(self, births: Mapping[str, Birth], places: Places) -> None:
        self._births = births
        self._places = places

    def find(self, subject: Mapping[str, str]) -> Record | None:
        """The record with this number, when the birth date is the recorded one."""
        birth = self._births.get(subject["subject_brn"])
        if birth is None or birth.born.isoformat() != subject["date_of_birth"]:
            return None
        return {
            "name_bn": birth.name_bn,
            "name_en": birth.name_en,
            "father_bn": birth.father.name_bn,
            "father_en": birth.father.name_en,
            "father_nid": birth.father.nid,
            "father_brn": birth.father.brn,
            "mother_bn": birth.mother.name_bn,
            "mother_en": birth.mother.name_en,
            "mother_nid": birth.mother.nid,
            "mother_brn": birth.mother.brn,
            "sex": birth.sex,
            "place": places_of(self._places, birth.union),
            "date_of_birth": birth.born.isoformat(),
            "registered_on": birth.registered_on.isoformat(),
            "certificate_on": birth.certificate_on.isoformat(),
        }

    def somebody_else(self, subject: Mapping[str, str]) -> Mapping[str, str]:
        """The first record with another number."""
        other = next(one for one in self._births.values() if one.brn != subject["subject_brn"])
        return {"subject_brn": other.brn, "date_of_birth": other.born.isoformat()}
