"""The registry's people: the ten everyone knows and more made from words, the same at every start."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from pydantic import TypeAdapter

from portal.exchange.demo_people import DEMO_PEOPLE
from portal.exchange.person import Person
from portal.places import Place, Places

NAMES = Path(__file__).parent / "names.toml"
HOW_MANY = 240
SEED = "demonstration-2026"
FIRST_BIRTH, LAST_BIRTH = date(1932, 1, 1), date(2008, 10, 31)


class Draw:
    """Repeatable choices: the n-th one depends on the seed and n alone, in every version of Python."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._drawn = 0

    def below(self, limit: int) -> int:
        """A number from 0 up to, not including, `limit`."""
        self._drawn += 1
        digest = hashlib.sha256(f"{self._seed}/{self._drawn}".encode()).digest()
        return int.from_bytes(digest[:8]) % limit

    def one[Choice](self, choices: Sequence[Choice]) -> Choice:
        """One of `choices`."""
        return choices[self.below(len(choices))]


@dataclass(frozen=True, slots=True)
class Community:
    """The words one community's names are made of, each `bn|en`, and where it mostly lives."""

    name: str
    weight: int
    home: tuple[str, ...]
    prefix_men: tuple[str, ...]
    prefix_women: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    family: tuple[str, ...]
    family_men: tuple[str, ...] = ("",)
    family_women: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Words:
    """Everything `names.toml` holds."""

    community: tuple[Community, ...]
    villages: dict[str, tuple[str, ...]] = field(default_factory=dict)


def load_words(path: Path = NAMES) -> Words:
    """The word lists; raises `pydantic.ValidationError` when one is wrong."""
    return TypeAdapter(Words).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))


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
    by_weight = [community for community in words.community for _ in range(community.weight)]
    community = draw.one(by_weight)
    born = FIRST_BIRTH + timedelta(days=draw.below((LAST_BIRTH - FIRST_BIRTH).days))
    sex = draw.one(("female", "male") * 24 + ("hijra",))
    family = draw.one(community.family) if community.family else ""
    name = _name(draw, community, "men" if sex == "male" else "women", family)
    father = _name(draw, community, "men", family)
    mother = _name(draw, community, "women", family)
    return Person(
        nid=_nid(draw, index, born),
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


def _name(draw: Draw, community: Community, kind: str, family: str) -> tuple[str, str]:
    """A full name in both scripts; now and then a single name."""
    is_man = kind == "men"
    given = draw.one(community.men if is_man else community.women)
    prefix = draw.one(community.prefix_men if is_man else community.prefix_women)
    last = family or draw.one(community.family_men if is_man else community.family_women)
    pieces = [piece.partition("|") for piece in (given, last) if piece]
    bn = prefix.partition("|")[0] + " ".join(piece[0] for piece in pieces)
    en = prefix.partition("|")[2] + " ".join(piece[2] for piece in pieces)
    return bn, en


def _nid(draw: Draw, index: int, born: date) -> str:
    """Ten, thirteen or seventeen digits; no district has the code 00, no smart card begins with 00."""
    tail = f"{index:04d}{draw.below(10_000):04d}"
    shapes = (f"00{tail}", f"00{draw.one((1, 2, 9))}00{tail}", f"{born.year}00{draw.one((1, 2, 9))}00{tail}")
    return draw.one(shapes)


def _landmark(draw: Draw, villages: dict[str, tuple[str, ...]]) -> str:
    village = draw.one(villages["first"]) + draw.one(villages["second"])
    return f"গ্রাম: {village}, {draw.one(villages['near'])}"
