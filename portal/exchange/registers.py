"""All that the registries know, put together: the ten, their families, and everybody around them."""

from __future__ import annotations

from itertools import islice

from portal.exchange.demo_people import DEMO_PEOPLE
from portal.exchange.families import load_families
from portal.exchange.households import build_households
from portal.exchange.naming import load_words
from portal.exchange.people import load_people
from portal.exchange.records import Registers
from portal.places import Places


def load_registers(places: Places) -> Registers:
    """Everything, the same at every start; raises `LookupError` when one of the ten lives nowhere."""
    people = load_people(places)
    known = len(DEMO_PEOPLE)
    families = load_families(dict(islice(people.items(), known)))
    around = build_households(islice(people.values(), known, None), load_words(), known + 1)
    return Registers(
        people={**people, **families.people, **around.people},
        births={**families.births, **around.births},
        deaths=(*families.deaths, *around.deaths),
        cards=(*families.cards, *around.cards),
        benefits={**families.benefits, **around.benefits},
        wallets={**families.wallets, **around.wallets},
    )
