"""The families of the ten, read from `families.toml` and completed from the national ID registry."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from portal.exchange.person import Person
from portal.exchange.records import Benefit, Birth, Card, Death, Parent, Registers

FAMILIES = Path(__file__).parent / "families.toml"


@dataclass(frozen=True, slots=True)
class _Adult:
    """A relative with a national ID; `names` are own, father's, mother's, each `bn|en`."""

    nid: str
    names: tuple[str, str, str]
    sex: str
    born: date
    like: str


@dataclass(frozen=True, slots=True)
class _Birth:
    """A birth record: of somebody in the national ID registry, or of a child who says it all here."""

    brn: str
    registered_on: date
    certificate_on: date
    nid: str = ""
    names: tuple[str] = ("",)
    sex: str = ""
    born: date | None = None
    father: str = ""
    mother: str = ""
    written: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Death:
    nid: str
    spouse: str
    died_on: date
    registered_on: date
    number: str


@dataclass(frozen=True, slots=True)
class _Written:
    """The whole file."""

    adult: tuple[_Adult, ...]
    birth: tuple[_Birth, ...]
    death: tuple[_Death, ...]
    card: tuple[Card, ...]
    benefit: tuple[Benefit, ...]
    wallets: dict[str, str]


def load_families(ten: Mapping[str, Person], path: Path = FAMILIES) -> Registers:
    """What the registries know of the ten and their relatives; the relatives only are in `people`.

    Raises `pydantic.ValidationError` or `KeyError` when the file names somebody it does not hold.
    """
    written = TypeAdapter(_Written).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    relatives = {adult.nid: _person(adult, ten[adult.like]) for adult in written.adult}
    people = {**ten, **relatives}
    numbers = {birth.nid: birth.brn for birth in written.birth if birth.nid}
    births = (_birth(birth, people, numbers) for birth in written.birth)
    return Registers(
        people=relatives,
        births={birth.brn: birth for birth in births},
        deaths=tuple(_death(death, people) for death in written.death),
        cards=written.card,
        benefits={benefit.nid: benefit for benefit in written.benefit},
        wallets=written.wallets,
    )


def _person(adult: _Adult, host: Person) -> Person:
    own, father, mother = (name.partition("|") for name in adult.names)
    return replace(
        host,
        nid=adult.nid,
        name_bn=own[0],
        name_en=own[2],
        father_bn=father[0],
        father_en=father[2],
        mother_bn=mother[0],
        mother_en=mother[2],
        sex=adult.sex,
        born=adult.born,
    )


def _birth(written: _Birth, people: Mapping[str, Person], numbers: Mapping[str, str]) -> Birth:
    birth = _of_adult(written, people, numbers) if written.nid else _of_child(written, people, numbers)
    names = {key: words for key, words in written.written.items() if not key.startswith(("father", "mother"))}
    return replace(
        birth,
        father=_respelt(birth.father, written.written, "father_"),
        mother=_respelt(birth.mother, written.written, "mother_"),
        **names,  # type: ignore[arg-type]  # only names are respelt, and names are text
    )


def _of_adult(written: _Birth, people: Mapping[str, Person], numbers: Mapping[str, str]) -> Birth:
    person = people[written.nid]
    return Birth(
        brn=written.brn,
        nid=person.nid,
        name_bn=person.name_bn,
        name_en=person.name_en,
        sex=person.sex,
        born=person.born,
        union=person.union,
        father=Parent(person.father_bn, person.father_en, written.father, numbers.get(written.father, "")),
        mother=Parent(person.mother_bn, person.mother_en, written.mother, numbers.get(written.mother, "")),
        registered_on=written.registered_on,
        certificate_on=written.certificate_on,
    )


def _of_child(written: _Birth, people: Mapping[str, Person], numbers: Mapping[str, str]) -> Birth:
    own = written.names[0].partition("|")
    father, mother = people[written.father], people[written.mother]
    if written.born is None:
        raise KeyError(f"{written.brn}: a child needs its day of birth")
    return Birth(
        brn=written.brn,
        name_bn=own[0],
        name_en=own[2],
        sex=written.sex,
        born=written.born,
        union=mother.union,
        father=parent_of(father, numbers),
        mother=parent_of(mother, numbers),
        registered_on=written.registered_on,
        certificate_on=written.certificate_on,
    )


def parent_of(person: Person, numbers: Mapping[str, str]) -> Parent:
    """`person` as a child's birth record names them; `numbers` are BRNs by NID."""
    return Parent(person.name_bn, person.name_en, person.nid, numbers.get(person.nid, ""))


def _respelt(parent: Parent, written: Mapping[str, str], prefix: str) -> Parent:
    names = {key.removeprefix(prefix): words for key, words in written.items() if key.startswith(prefix)}
    return Parent(names.get("bn", parent.name_bn), names.get("en", parent.name_en), parent.nid, parent.brn)


def _death(written: _Death, people: Mapping[str, Person]) -> Death:
    person = people[written.nid]
    return Death(
        nid=person.nid,
        name_bn=person.name_bn,
        name_en=person.name_en,
        spouse_nid=written.spouse,
        died_on=written.died_on,
        registered_on=written.registered_on,
        number=written.number,
    )
