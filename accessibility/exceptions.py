"""Known defects, each with a criterion, a place, an owner and a day it must be gone."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from accessibility.assertion import Assertion

FILE = Path(__file__).resolve().parent / "exceptions.toml"


class BadExceptions(ValueError):
    """An entry lacks a part or is not understood; the message names it."""


@dataclass(frozen=True, slots=True)
class KnownDefect:
    """A failing `test` under `criterion` at paths matching `where`, forgiven to the end of `expires`."""

    criterion: str
    test: str
    where: str
    reason: str
    owner: str
    expires: date

    def covers(self, assertion: Assertion, today: date) -> bool:
        """Whether this entry forgives that failure today."""
        same = (self.criterion, self.test) == (assertion.criterion, assertion.test)
        path = urlsplit(assertion.subject.url).path
        return same and today <= self.expires and re.fullmatch(self.where, path) is not None


def load_exceptions(path: Path = FILE) -> tuple[KnownDefect, ...]:
    """Every known defect of the file. Raises `BadExceptions`."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("defect", [])
    return tuple(_known(entry) for entry in entries)


def expired(known: tuple[KnownDefect, ...], today: date) -> list[str]:
    """A line for each entry whose day has passed: those make a run red by themselves."""
    return [
        f"exception expired on {one.expires}: {one.criterion} {one.test} at {one.where} ({one.owner})"
        for one in known
        if one.expires < today
    ]


def _known(entry: dict[str, object]) -> KnownDefect:
    day = entry.get("expires")
    words = {name: str(entry.get(name, "")) for name in ("criterion", "test", "where", "reason", "owner")}
    if not isinstance(day, date) or not all(words.values()) or len(entry) != len(words) + 1:
        raise BadExceptions(f"an exception needs criterion, test, where, reason, owner and expires: {entry}")
    return KnownDefect(**words, expires=day)
