"""Families around the other people: spouses, children, deaths, cards and allowances that fit together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from portal.exchange.families import parent_of
from portal.exchange.naming import Community, Draw, Words, invented_brn, invented_nid
from portal.exchange.people import SEED
from portal.exchange.person import Person
from portal.exchange.records import (
    DEGREES,
    DISABILITIES,
    PAYMENTS,
    Benefit,
    Birth,
    Card,
    Death,
    Parent,
    Registers,
)

COUNTED_ON = date(2026, 11, 1)
"""Nobody here is born, dies or is registered later than this."""
YEAR = timedelta(days=365)
NOT_PAID_TO = 3
"""One in so many payments did not arrive."""


@dataclass(slots=True)
class _Growing:
    """What has been invented so far."""

    people: dict[str, Person] = field(default_factory=dict)
    births: dict[str, Birth] = field(default_factory=dict)
    deaths: list[Death] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    benefits: dict[str, Benefit] = field(default_factory=dict)
    wallets: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _House:
    """One household being invented."""

    index: int
    draw: Draw
    community: Community
    person: Person
    brn: str


def build_households(people: Iterable[Person], words: Words, first_index: int) -> Registers:
    """Registers around `people`; their relatives only are in `people` of the answer. The same every time."""
    grown = _Growing()
    for index, person in enumerate(people, first_index):
        # The first draw of this seed is the community the person was invented in.
        community = words.any_community(Draw(f"{SEED}/{index}"))
        draw = Draw(f"{SEED}/household/{index}")
        house = _House(index, draw, community, person, _register_birth(person, index, draw, grown))
        _fill(house, grown)
    return Registers(
        grown.people,
        grown.births,
        tuple(grown.deaths),
        tuple(grown.cards),
        grown.benefits,
        grown.wallets,
    )


def _fill(house: _House, grown: _Growing) -> None:
    person, draw = house.person, house.draw
    spouse = _spouse(house, grown) if person.sex != "hijra" and _age(person.born) >= 22 else None
    is_widowed = spouse is not None and _age(spouse.born) > 45 and draw.below(3) == 0
    if spouse is not None:
        mother, father = (person, spouse) if person.sex == "female" else (spouse, person)
        youngest = _children(house, mother, father, grown)
        if is_widowed:
            grown.deaths.append(_death(house, spouse, max(youngest, date(2014, 1, 1))))
    is_disabled = draw.below(12) == 0
    if is_disabled:
        grown.cards.append(_card(house, nid=person.nid))
    grown.wallets[f"{_provider(house.index)} {_mobile(house.index)}"] = person.nid
    allowance = _allowance(person, is_widowed=is_widowed, is_disabled=is_disabled)
    if allowance and draw.below(2) == 0:
        grown.benefits[person.nid] = _benefit(house, allowance)


def _register_birth(person: Person, index: int, draw: Draw, grown: _Growing) -> str:
    """The BRN of an adult; empty for the one in five who never had a birth registered."""
    if draw.below(5) == 0:
        return ""
    brn = invented_brn(index * 10, person.born)
    registered_on = max(person.born, date(2006, 7, 3)) + timedelta(days=20 + draw.below(2000))
    grown.births[brn] = Birth(
        brn=brn,
        nid=person.nid,
        name_bn=person.name_bn,
        name_en=person.name_en,
        sex=person.sex,
        born=person.born,
        union=person.union,
        father=Parent(person.father_bn, person.father_en),
        mother=Parent(person.mother_bn, person.mother_en),
        registered_on=min(registered_on, COUNTED_ON),
        certificate_on=min(registered_on + timedelta(days=7), COUNTED_ON),
    )
    return brn


def _spouse(house: _House, grown: _Growing) -> Person | None:
    draw, person = house.draw, house.person
    if draw.below(5) == 0:
        return None
    is_wife = person.sex == "male"
    gap = timedelta(days=draw.below(8 * 365))
    born = person.born + gap if is_wife else person.born - gap
    born = min(born, COUNTED_ON - 20 * YEAR)
    family = draw.one(house.community.family) if house.community.family else ""
    kind = "women" if is_wife else "men"
    name, father, mother = (house.community.person(draw, one, family) for one in (kind, "men", "women"))
    spouse = replace(
        person,
        nid=invented_nid(draw, 2000 + house.index, born),
        name_bn=name[0],
        name_en=name[1],
        father_bn=father[0],
        father_en=father[1],
        mother_bn=mother[0],
        mother_en=mother[1],
        sex="female" if is_wife else "male",
        born=born,
    )
    grown.people[spouse.nid] = spouse
    return spouse


def _children(house: _House, mother: Person, father: Person, grown: _Growing) -> date:
    """Up to three under eighteen, two years apart, the mother 20 to 40; when the youngest was born."""
    draw = house.draw
    youngest = date.min
    born = max(mother.born + 20 * YEAR, COUNTED_ON - 17 * YEAR) + timedelta(days=draw.below(900))
    last = min(mother.born + 40 * YEAR, COUNTED_ON - timedelta(days=30))
    for serial in range(1, 1 + draw.below(4)):
        if born > last:
            break
        youngest = born
        child = _child(house, (mother, father), born, serial)
        grown.births[child.brn] = child
        if draw.below(15) == 0:
            grown.cards.append(_card(house, brn=child.brn))
        born += timedelta(days=800 + draw.below(1200))
    return youngest


def _child(house: _House, parents: tuple[Person, Person], born: date, serial: int) -> Birth:
    draw, (mother, father) = house.draw, parents
    sex = draw.one(("female", "male"))
    family = draw.one(house.community.family) if house.community.family else ""
    name = house.community.person(draw, "women" if sex == "female" else "men", family)
    numbers = {house.person.nid: house.brn}
    registered_on = min(born + timedelta(days=10 + draw.below(300)), COUNTED_ON)
    return Birth(
        brn=invented_brn(house.index * 10 + serial, born),
        name_bn=name[0],
        name_en=name[1],
        sex=sex,
        born=born,
        union=mother.union,
        father=parent_of(father, numbers),
        mother=parent_of(mother, numbers),
        registered_on=registered_on,
        certificate_on=registered_on,
    )


def _death(house: _House, spouse: Person, not_before: date) -> Death:
    died_on = not_before + timedelta(days=house.draw.below(max((COUNTED_ON - not_before).days - 40, 1)))
    return Death(
        nid=spouse.nid,
        name_bn=spouse.name_bn,
        name_en=spouse.name_en,
        spouse_nid=house.person.nid,
        died_on=died_on,
        registered_on=died_on + timedelta(days=house.draw.below(40)),
        number=f"{died_on.year}0012202{house.index:06d}",
    )


def _card(house: _House, nid: str = "", brn: str = "") -> Card:
    draw = house.draw
    issued_on = date(2017, 1, 1) + timedelta(days=draw.below(3300))
    if brn:
        issued_on = COUNTED_ON - timedelta(days=draw.below(25))
    serial = f"{house.index:05d}{brn[-1:] or 0}"
    number = f"00-{issued_on.year}-{serial}"
    return Card(draw.one(DISABILITIES), draw.one(DEGREES), number, issued_on, nid, brn)


def _allowance(person: Person, *, is_widowed: bool, is_disabled: bool) -> str:
    """What this person could get: 65 for men and 62 for women, widows, people with a card (facts of 2026)."""
    if _age(person.born) >= (62 if person.sex == "female" else 65):
        return "old_age"
    if is_widowed and person.sex == "female":
        return "widow"
    return "disability" if is_disabled else ""


def _benefit(house: _House, allowance: str) -> Benefit:
    draw = house.draw
    payment = draw.one(PAYMENTS) if draw.below(NOT_PAID_TO) == 0 else "paid"
    return Benefit(
        nid=house.person.nid,
        allowance=allowance,
        since=date(2018 + draw.below(8), 7, 1),
        payment=payment,
        last_payment_month="2026-09" if payment == "paid" else draw.one(("2026-03", "2026-06")),
        wallet=_mobile(house.index),
        wallet_provider=_provider(house.index),
    )


def _mobile(index: int) -> str:
    return f"01700000{index:03d}"


def _provider(index: int) -> str:
    return ("bkash", "nagad")[index % 2]


def _age(born: date) -> int:
    return (COUNTED_ON - born).days // 365
