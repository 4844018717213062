"""How people are invented: repeatable draws, names of a community in both scripts, numbers nobody has."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

NAMES = Path(__file__).parent / "names.toml"


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

    def person(self, draw: Draw, kind: str, family: str) -> tuple[str, str]:
        """A full name in both scripts for one of the `men` or `women`; now and then a single name."""
        is_man = kind == "men"
        given = draw.one(self.men if is_man else self.women)
        prefix = draw.one(self.prefix_men if is_man else self.prefix_women)
        last = family or draw.one(self.family_men if is_man else self.family_women)
        pieces = [piece.partition("|") for piece in (given, last) if piece]
        bn = prefix.partition("|")[0] + " ".join(piece[0] for piece in pieces)
        en = prefix.partition("|")[2] + " ".join(piece[2] for piece in pieces)
        return bn, en


@dataclass(frozen=True, slots=True)
class Words:
    """Everything `names.toml` holds."""

    community: tuple[Community, ...]
    villages: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def any_community(self, draw: Draw) -> Community:
        """One community, the large ones more often."""
        return draw.one([community for community in self.community for _ in range(community.weight)])


def load_words(path: Path = NAMES) -> Words:
    """The word lists; raises `pydantic.ValidationError` when one is wrong."""
    return TypeAdapter(Words).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))


def invented_nid(draw: Draw, index: int, born: date) -> str:
    """Ten, thirteen or seventeen digits; no district has the code 00, no smart card begins with 00."""
    tail = f"{index:04d}{draw.below(10_000):04d}"
    shapes = (f"00{tail}", f"00{draw.one((1, 2, 9))}00{tail}", f"{born.year}00{draw.one((1, 2, 9))}00{tail}")
    return draw.one(shapes)


def invented_brn(index: int, born: date) -> str:
    """Seventeen digits: year, district 00, union 1, upazila 22, union 01, a serial of six."""
    return f"{born.year}0012201{index:06d}"
