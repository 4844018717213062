"""All places, loaded once and asked by code, by parent or by name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from portal.places.place import Place, level_of, parent_of

FORMAT = 1


class Unbuilt(Exception):
    """The places file is missing or not ours; the message says which command makes it."""


class Places:
    """Every division, district, upazila and union, in Bangla reading order."""

    def __init__(self, places: Iterable[Place]) -> None:
        """Keep the order given: children are answered in it."""
        self._places = {place.code: place for place in places}
        children: dict[str | None, list[Place]] = {}
        for place in self._places.values():
            children.setdefault(place.parent, []).append(place)
        self._children = {code: tuple(found) for code, found in children.items()}
        self._names: dict[str, list[Place]] | None = None

    @classmethod
    def load(cls, path: Path) -> Places:
        """Read what `python -m portal build` wrote; raises `Unbuilt` when it is not there."""
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise Unbuilt(f"{path} is missing: run python -m portal build") from error
        document = json.loads(text)
        if document.get("format") != FORMAT:
            raise Unbuilt(f"{path} is of another format: run python -m portal build")
        return cls(_place(row) for row in document["places"])

    def __len__(self) -> int:
        """How many places there are, of all levels."""
        return len(self._places)

    def get(self, code: str) -> Place | None:
        """The place with this code, or None."""
        return self._places.get(code)

    def children(self, code: str | None) -> tuple[Place, ...]:
        """The places directly inside, in Bangla reading order; None asks for the divisions."""
        return self._children.get(code, ())

    def is_last(self, code: str) -> bool:
        """True when nothing lies below: every union, and an upazila that lists no unions."""
        return code in self._places and code not in self._children

    def line(self, code: str) -> tuple[Place, ...]:
        """From the division down to this place; empty for an unknown code."""
        place = self._places.get(code)
        if place is None:
            return ()
        return (*self.line(place.parent), place) if place.parent else (place,)

    def is_within(self, code: str, ancestor: str) -> bool:
        """True when the place is the ancestor or lies inside it; False for unknown codes."""
        return any(place.code == ancestor for place in self.line(code))

    def words(self, code: str, locale_code: str) -> str:
        """The name in that language; "" for an unknown code."""
        place = self._places.get(code)
        return place.words(locale_code) if place else ""

    def named(self, name: str) -> tuple[Place, ...]:
        """Places whose name in either language, or an older spelling, is exactly this one."""
        if self._names is None:
            self._names = _by_name(self._places.values())
        return tuple(self._names.get(name.strip().casefold(), ()))


def _place(row: list[str]) -> Place:
    code, bn, en, *aliases = row
    level = level_of(code)
    if level is None:
        raise Unbuilt(f"{code!r} is no place code")
    return Place(code, level, bn, en, parent_of(code), tuple(aliases))


def _by_name(places: Iterable[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places:
        for name in dict.fromkeys((place.bn, place.en, *place.aliases)):
            found.setdefault(name.casefold(), []).append(place)
    return found
