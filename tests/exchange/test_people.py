"""The registry's people: invented, varied, at home in real unions, and impossible as real numbers."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from portal.exchange.demo_people import DEMO_PEOPLE
from portal.exchange.people import HOW_MANY, load_people
from portal.exchange.person import Person
from portal.places import Places

THE_TEN = """
0012345601 Rahima Khatun|মোছাঃ রহিমা খাতুন|1963-10-24
0012345602 Sumon Mia|সুমন মিয়া|2002-03-15
0012345603 Ayesha Akter|আয়েশা আক্তার|1998-07-02
0012345604 Abdul Karim|মোঃ আব্দুল করিম|1975-01-30
0012345605 Shanti Chakma|শান্তি চাকমা|1990-12-05
0012345606 Nurul Islam|মোঃ নূরুল ইসলাম|1958-04-14
0012345607 Jannatul Ferdous|জান্নাতুল ফেরদৌস|2004-02-29
0012345608 Bimal Das|বিমল দাস|1969-09-09
0012345609 Maria Gomes|মারিয়া গমেজ|1985-06-21
0012345610 Kamal Hossain|কামাল হোসেন|1994-11-11
"""


@pytest.fixture
def people(places: Places) -> dict[str, Person]:
    return load_people(places)


def test_the_ten_are_who_everyone_thinks_they_are() -> None:
    written = [
        f"{one.person.nid} {one.person.name_en}|{one.person.name_bn}|{one.person.born.isoformat()}"
        for one in DEMO_PEOPLE
    ]
    assert written == THE_TEN.strip().splitlines()
    assert [one.mobile for one in DEMO_PEOPLE] == [f"017123456{number:02d}" for number in range(1, 11)]


def test_the_ten_come_first_and_live_in_ten_different_unions(
    people: dict[str, Person], places: Places
) -> None:
    ten = list(people.values())[:10]
    assert ten == [demo.person for demo in DEMO_PEOPLE]
    assert len({person.union for person in ten}) == 10
    lines = [[place.en for place in places.line(person.union)] for person in ten]
    assert all(len(line) == 4 for line in lines)
    assert lines[0][:3] == ["Mymensingh", "Sherpur", "Nokla"]
    assert lines[4][1] == "Rangamati"


def test_there_are_enough_people_and_no_number_twice(people: dict[str, Person]) -> None:
    assert len(people) == HOW_MANY >= 200
    assert all(nid == person.nid for nid, person in people.items())


def test_no_number_could_belong_to_anyone_real(people: dict[str, Person]) -> None:
    for person in people.values():
        short = person.nid.removeprefix(str(person.born.year)) if len(person.nid) == 17 else person.nid
        assert re.fullmatch(r"00[0-9]{8}|00[0-9]{11}", short), person.nid
    assert {len(nid) for nid in people} == {10, 13, 17}


def test_everyone_is_named_in_both_scripts_and_so_are_their_parents(people: dict[str, Person]) -> None:
    for person in people.values():
        for bn in (person.name_bn, person.father_bn, person.mother_bn):
            assert re.fullmatch(r"[\u0980-\u09ff\u200d .:'-]+", bn), bn
        for en in (person.name_en, person.father_en, person.mother_en):
            assert re.fullmatch(r"[A-Za-z .'-]+", en), en


def test_names_come_from_many_communities_and_some_are_single(people: dict[str, Person]) -> None:
    last = Counter(person.name_bn.split()[-1] for person in people.values())
    assert {"বেগম", "বড়ুয়া", "চাকমা", "মারমা", "রায়"} & set(last) >= {"বেগম", "চাকমা"}
    assert sum(" " not in person.name_bn for person in people.values()) >= 3
    assert {person.sex for person in people.values()} >= {"female", "male"}


def test_everyone_lives_in_a_real_union(people: dict[str, Person], places: Places) -> None:
    for person in people.values():
        assert [place.level for place in places.line(person.union)] == [
            "division",
            "district",
            "upazila",
            "union",
        ]
        assert person.ward in "123456789"


def test_the_registry_is_the_same_at_every_start(places: Places) -> None:
    assert load_people(places) == load_people(places)


def test_one_of_the_ten_without_a_home_is_noticed_at_once() -> None:
    with pytest.raises(LookupError, match="0012345601"):
        load_people(Places([]))
