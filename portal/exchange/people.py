"""The registry's people: the ten everyone knows and more made from words, the same at every start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from portal.exchange.demo_people import DEMO_PEOPLE
from portal.exchange.naming import Draw, Words, invented_nid, load_words
from portal.exchange.person import Person
from portal.places import Place, Places

HOW_MANY = 240
SEED = "demonstration-2026"
FIRST_BIRTH, LAST_BIRTH = date(1932, 1, 1), date(2008, 10, 31)


def load_people(places: Places, how_many: int = HOW_MANY) -> dict[str, Person]:
    """`how_many` people by NID, the ten first; raises `LookupError` when one of the ten has no home."""
    people = [demo.person for demo in DEMO_PEOPLE]
    homeless = [person.nid for person in people if places.get(person.union) is None]
    if homeless:
        raise LookupError(f"no such place for {', '.join(homeless)}: is build/places.json up to date?")
    words = load_words()
    homes = _homes(words, [place.code for place in _lowest(places) if place.level == "union"])
    people += [_invent(index, words, homes) for index in range(len(people) + 1, how_many + 1)]
    return {person.nid: person for person in people}


def _homes(words: Words, unions: Sequence[str]) -> dict[str, Sequence[str]]:
    """The unions each community mostly lives in, by its name; every union when it lives anywhere."""
    return {
        community.name: [union for union in unions if union.startswith(community.home)] or unions
        for community in words.community
    }


def _lowest(places: Places, code: str | None = None) -> list[Place]:
    children = places.children(code)
    if not children:
        place = places.get(code or "")
        return [place] if place else []
    return [place for child in children for place in _lowest(places, child.code)]


def _invent(index: int, words: Words, homes: Mapping[str, Sequence[str]]) -> Person:
    draw = Draw(f"{SEED}/{index}")
    community = words.any_community(draw)
    born = FIRST_BIRTH + timedelta(days=draw.below((LAST_BIRTH - FIRST_BIRTH).days))
    sex = draw.one(("female", "male") * 24 + ("hijra",))
    family = draw.one(community.family) if community.family else ""
    name = community.person(draw, "men" if sex == "male" else "women", family)
    father = community.person(draw, "men", family)
    mother = community.person(draw, "women", family)
    return Person(
        nid=invented_nid(draw, index, born),
        name_bn=name[0],
        name_en=name[1],
        father_bn=father[0],
        father_en=father[1],
        mother_bn=mother[0],
        mother_en=mother[1],
        sex=sex,
        born=born,
        union=draw.one(homes[community.name]),
        landmark=_landmark(draw, words.villages),
        ward=str(1 + draw.below(9)),
    )


def _landmark(draw: Draw, villages: dict[str, tuple[str, ...]]) -> str:
    village = draw.one(villages["first"]) + draw.one(villages["second"])
    return f"গ্রাম: {village}, {draw.one(villages['near'])}"
