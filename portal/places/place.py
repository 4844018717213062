"""One place: its code, its level, its names and the place it lies in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["division", "district", "upazila", "union"]

_BY_LENGTH: dict[int, Level] = {2: "division", 4: "district", 8: "upazila", 13: "union"}


@dataclass(frozen=True, slots=True)
class Place:
    """A division "30", a district "3026", an upazila "3026-365" or a union "3026-365-4310"."""

    code: str
    level: Level
    bn: str
    en: str
    parent: str | None
    aliases: tuple[str, ...] = ()

    def words(self, locale_code: str) -> str:
        """The English name for English, the Bangla name for every other language."""
        return self.en if locale_code.partition("-")[0] == "en" else self.bn


def level_of(code: str) -> Level | None:
    """The level a code's shape speaks of, or None when it has no such shape."""
    return _BY_LENGTH.get(len(code))


def parent_of(code: str) -> str | None:
    """The code of the place around this one; a division has none."""
    if "-" in code:
        return code.rpartition("-")[0]
    return code[:2] if len(code) == 4 else None
