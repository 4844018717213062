"""The stand-in's death register: the dead person's number, or who was married to them and their name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from portal.exchange.records import Death
from portal.exchange.register import Record

# The dead are written "late", men and women with a title or without: a name is the same name either way.
_TITLES = frozenset(
    {"মৃত", "মোঃ", "মো", "মোহাম্মদ", "মোছাঃ", "মোসাঃ", "শ্রী", "late", "md", "mohammad", "mst", "sri"}
)
_SEPARATORS = re.compile(r"[\s.,:'\u2019-]+")


class DeathHoldings:
    """What `death/verify` answers from."""

    ways: tuple[tuple[str, ...], ...] = (("subject_nid",), ("spouse_nid", "deceased_name"))
    fields = frozenset({"name_bn", "name_en", "date_of_death", "registered_on", "registration_number"})
    secret: Mapping[str, object] = {"cause_of_death": "I21"}

    def __init__(self, deaths: Sequence[Death]) -> None:
        self._by_nid = {death.nid: death for death in deaths}
        self._by_spouse = {death.spouse_nid: death for death in deaths if death.spouse_nid}

    def find(self, subject: Mapping[str, str]) -> Record | None:
        """The death of this person, or of this person's spouse when the name is theirs."""
        if "subject_nid" in subject:
            death = self._by_nid.get(subject["subject_nid"])
        else:
            death = self._by_spouse.get(subject["spouse_nid"])
            if death is not None and not _is_called(death, subject["deceased_name"]):
                death = None
        if death is None:
            return None
        return {
            "name_bn": death.name_bn,
            "name_en": death.name_en,
            "date_of_death": death.died_on.isoformat(),
            "registered_on": death.registered_on.isoformat(),
            "registration_number": death.number,
        }

    def somebody_else(self, subject: Mapping[str, str]) -> Mapping[str, str]:
        """Another death, asked about in the same way."""
        if "subject_nid" in subject:
            return {"subject_nid": next(nid for nid in self._by_nid if nid != subject["subject_nid"])}
        other = next(one for nid, one in self._by_spouse.items() if nid != subject["spouse_nid"])
        return {"spouse_nid": other.spouse_nid, "deceased_name": other.name_bn}


def _is_called(death: Death, name: str) -> bool:
    return _plain(name) in (_plain(death.name_bn), _plain(death.name_en))


def _plain(name: str) -> tuple[str, ...]:
    """The words of a name without titles, punctuation and case."""
    words = _SEPARATORS.split(unicodedata.normalize("NFC", name).casefold())
    return tuple(word for word in words if word and word not in _TITLES)
