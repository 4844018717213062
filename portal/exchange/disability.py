"""The stand-in's disability register: does this person have a Suborno Nagorik card, and which."""

from __future__ import annotations

from collections.abc import Mapping

from portal.exchange.person import Person
from portal.exchange.records import Birth, Card, Registers
from portal.exchange.register import Record


class DisabilityHoldings:
    """What `disability/verify` answers from: cards, and who the people without one are."""

    ways: tuple[tuple[str, ...], ...] = (("subject_nid", "date_of_birth"), ("subject_brn", "date_of_birth"))
    fields = frozenset({"card", "type", "degree", "card_number", "issued_on", "name_bn", "name_en"})
    secret: Mapping[str, object] = {"doctor": "DEMO"}

    def __init__(self, registers: Registers) -> None:
        self._people = registers.people
        self._births = registers.births
        cards = {card.nid: card for card in registers.cards if card.nid}
        numbers = {birth.nid: brn for brn, birth in registers.births.items() if birth.nid}
        self._by_nid = cards
        # Somebody whose card was issued on the NID is found by their BRN as well.
        self._by_brn = {card.brn: card for card in registers.cards if card.brn} | {
            numbers[nid]: card for nid, card in cards.items() if nid in numbers
        }

    def find(self, subject: Mapping[str, str]) -> Record | None:
        """The person with this number and birth date, with or without a card."""
        known: Person | Birth | None
        if "subject_nid" in subject:
            number = subject["subject_nid"]
            known, card = self._people.get(number), self._by_nid.get(number)
        else:
            number = subject["subject_brn"]
            known, card = self._births.get(number), self._by_brn.get(number)
        if known is None or known.born.isoformat() != subject["date_of_birth"]:
            return None
        return {"name_bn": known.name_bn, "name_en": known.name_en, **_written(card)}

    def somebody_else(self, subject: Mapping[str, str]) -> Mapping[str, str]:
        """Another person, named by the same kind of number."""
        if "subject_nid" in subject:
            person = next(one for one in self._people.values() if one.nid != subject["subject_nid"])
            return {"subject_nid": person.nid, "date_of_birth": person.born.isoformat()}
        birth = next(one for one in self._births.values() if one.brn != subject["subject_brn"])
        return {"subject_brn": birth.brn, "date_of_birth": birth.born.isoformat()}


def _written(card: Card | None) -> Record:
    if card is None:
        return {"card": "no"}
    return {
        "card": "yes",
        "type": card.kind,
        "degree": card.degree,
        "card_number": card.number,
        "issued_on": card.issued_on.isoformat(),
    }
