"""Where in a TOML file a part of a definition stands, so that its owner finds the line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_HEADER = re.compile(r"^\s*\[{1,2}\s*([A-Za-z0-9_.-]+)\s*\]{1,2}\s*(?:#.*)?$")
_PAIR = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=\s*(.*)$")
_NAME = re.compile(r'^"([^"]*)"')
_NAMING = ("key", "use", "prefix", "document", "code")


def line_of(toml: str, where: str) -> int | None:
    """The line, from 1, nearest to the part `where` names (`steps.nid.questions.nid.hint`); None for none.

    A part that a group brought stands where the group is used.
    """
    wanted = where.split(".")
    best: tuple[int, int] | None = None
    for number, path in _places(toml):
        depth = _agreement(path, wanted)
        if depth and (best is None or depth > best[0]):
            best = (depth, number)
    return best[1] if best else None


def _agreement(path: Sequence[frozenset[str]], wanted: Sequence[str]) -> int:
    """How many parts of `wanted` the place names from the beginning; 0 when it leads elsewhere."""
    place = 0
    for names in path:
        if place < len(wanted) and _names(names, wanted[place]):
            place += 1
        elif names:
            return 0
    return place


def _names(names: frozenset[str], wanted: str) -> bool:
    """A key that begins with a prefix was brought by the use of a group with that prefix."""
    spelled = wanted.replace("-", "_")
    return wanted in names or any(name.endswith("*") and spelled.startswith(name[:-1]) for name in names)


def _places(toml: str) -> Iterator[tuple[int, list[frozenset[str]]]]:
    """Every line that begins a table or gives a value, with the names it goes by from the outermost on."""
    lines = toml.splitlines()
    open_tables: dict[str, tuple[frozenset[str], int]] = {}
    counted: dict[str, int] = {}
    here: list[str] = []
    for number, line in enumerate(lines, start=1):
        header = _HEADER.match(line)
        if header is not None:
            here = header[1].split(".")
            path = ".".join(here)
            position = counted[path] = counted.get(path, -1) + 1
            counted = {name: n for name, n in counted.items() if not name.startswith(f"{path}.")}
            is_listed = line.lstrip().startswith("[[")
            names = frozenset({*_own_names(lines[number:]), str(position)} if is_listed else ())
            open_tables = {name: one for name, one in open_tables.items() if not name.startswith(f"{path}.")}
            open_tables[path] = (names, number)
            yield number, _full(here, open_tables)
            continue
        pair = _PAIR.match(line)
        if pair is not None:
            yield number, [*_full(here, open_tables), frozenset({pair[1]})]


def _full(here: Sequence[str], tables: dict[str, tuple[frozenset[str], int]]) -> list[frozenset[str]]:
    path: list[frozenset[str]] = []
    for depth, name in enumerate(here, start=1):
        path.append(frozenset({name}))
        table = tables.get(".".join(here[:depth]))
        if table is not None and table[0]:
            path.append(table[0])
    return path


def _own_names(following: Sequence[str]) -> Iterator[str]:
    """The names a table gives itself on the lines until the next header."""
    for line in following:
        if _HEADER.match(line):
            return
        pair = _PAIR.match(line)
        name = _NAME.match(pair[2]) if pair is not None and pair[1] in _NAMING else None
        if pair is None or name is None:
            continue
        yield name[1]
        if pair[1] in ("use", "prefix"):
            yield f"{name[1].replace('-', '_')}_*"
        if pair[1] == "key":
            yield f"{name[1].replace('-', '_')}_*"
