"""The registries fit together: every family in one agrees with the others, and nobody could be real."""

from __future__ import annotations

import re
from datetime import date, timedelta

from portal.exchange.demo_people import DEMO_PEOPLE
from portal.exchange.people import HOW_MANY
from portal.exchange.records import ALLOWANCES, DEGREES, DISABILITIES, PAYMENTS, Registers
from portal.exchange.registers import load_registers
from portal.places import Places

TODAY = date(2026, 11, 22)


def test_they_are_the_same_at_every_start(registers: Registers, built_places: Places) -> None:
    assert load_registers(built_places) == registers


def test_the_ten_keep_their_facts_and_have_families_around_them(registers: Registers) -> None:
    for demo in DEMO_PEOPLE:
        assert registers.people[demo.person.nid] == demo.person
        birth = registers.births[demo.brn]
        assert (birth.nid, birth.born) == (demo.person.nid, demo.person.born)
    assert len(registers.people) > HOW_MANY + 100


def test_no_number_could_belong_to_anyone_real(registers: Registers) -> None:
    numbers = [*registers.births, *(death.number for death in registers.deaths)]
    assert len(numbers) == len(set(numbers))
    for number in numbers:
        assert re.fullmatch(r"(19|20)[0-9]{2}00[0-9]{11}", number)
    assert not set(numbers) & set(registers.people), "a birth number is nobody's national ID"
    for person in registers.people.values():
        short = person.nid.removeprefix(str(person.born.year)) if len(person.nid) == 17 else person.nid
        assert re.fullmatch(r"00[0-9]{8}|00[0-9]{11}", short), person.nid


def test_a_childs_parents_are_in_the_national_id_registry(registers: Registers) -> None:
    children = [birth for birth in registers.births.values() if not birth.nid]
    assert len(children) > 50
    for child in children:
        mother, father = registers.people[child.mother.nid], registers.people[child.father.nid]
        assert (mother.name_bn, father.name_en) == (child.mother.name_bn, child.father.name_en)
        assert (mother.sex, father.sex) == ("female", "male")
        assert timedelta(days=18 * 365) < child.born - mother.born < timedelta(days=41 * 365)
        assert child.born > TODAY - timedelta(days=18 * 366), "adults have a national ID"
        assert child.union == mother.union


def test_a_parents_birth_number_is_that_parents(registers: Registers) -> None:
    named = [parent for birth in registers.births.values() for parent in (birth.father, birth.mother)]
    known = [parent for parent in named if parent.brn]
    assert known
    for parent in known:
        assert registers.births[parent.brn].nid == parent.nid


def test_records_are_made_after_what_they_record(registers: Registers) -> None:
    for birth in registers.births.values():
        assert birth.born <= birth.registered_on <= birth.certificate_on <= TODAY
    for death in registers.deaths:
        assert registers.people[death.nid].born < death.died_on <= death.registered_on <= TODAY


def test_nobody_is_born_to_a_father_long_dead(registers: Registers) -> None:
    died = {death.nid: death.died_on for death in registers.deaths}
    for birth in registers.births.values():
        for parent in (birth.father.nid, birth.mother.nid):
            assert died.get(parent, TODAY) >= birth.born


def test_a_widows_husband_is_in_the_death_register(registers: Registers) -> None:
    widowed = {death.spouse_nid: death for death in registers.deaths}
    assert registers.people[widowed["0012345601"].nid].name_bn == "মোঃ সোলায়মান আলী"
    for nid, benefit in registers.benefits.items():
        if benefit.allowance == "widow":
            assert registers.people[widowed[nid].nid].sex == "male"


def test_cards_are_of_the_acts_types_and_belong_to_somebody(registers: Registers) -> None:
    assert len(DISABILITIES) == 12
    assert len({card.number for card in registers.cards}) == len(registers.cards)
    for card in registers.cards:
        assert card.kind in DISABILITIES
        assert card.degree in DEGREES
        born = registers.people[card.nid].born if card.nid else registers.births[card.brn].born
        assert born < card.issued_on <= TODAY


def test_an_allowance_goes_to_somebody_alive_who_may_have_it(registers: Registers) -> None:
    dead = {death.nid for death in registers.deaths}
    assert {benefit.payment for benefit in registers.benefits.values()} == set(PAYMENTS)
    for nid, benefit in registers.benefits.items():
        person = registers.people[nid]
        assert nid not in dead
        assert benefit.allowance in ALLOWANCES
        if benefit.allowance == "old_age":
            assert (TODAY - person.born).days / 365.25 >= (62 if person.sex == "female" else 65) - 0.1
        if benefit.payment == "paid":
            assert registers.wallets[f"{benefit.wallet_provider} {benefit.wallet}"] == nid
