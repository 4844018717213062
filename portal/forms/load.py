"""Read a definition from its folder or its published JSON; write the JSON its identity is the hash of."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from portal.forms.definition import Service
from portal.forms.groups import GroupProblem
from portal.forms.lines import line_of
from portal.forms.spreading import load_groups, spread_out

FILE = "service.toml"


class DefinitionProblem(ValueError):
    """A definition that cannot be read; `lines` say where and what to write instead."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


def load_folder(path: Path) -> Service:
    """The service of a folder under services/. Raises DefinitionProblem."""
    file = path / FILE
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        return _read(spread_out(raw, load_groups(path.parent)), file)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, GroupProblem) as error:
        raise DefinitionProblem([f"{file}: {error}"]) from error


def load_json(raw: bytes) -> Service:
    """The service of a published version. Raises DefinitionProblem."""
    try:
        facts = json.loads(raw)
    except ValueError as error:
        raise DefinitionProblem([f"the published definition is not JSON: {error}"]) from error
    return _read(facts, None)


def line_in(file: Path, where: str) -> str:
    """`file:line` of the part of the definition in `file`; just the file when nobody can tell the line."""
    try:
        number = line_of(file.read_text(encoding="utf-8"), where)
    except (OSError, UnicodeDecodeError):
        number = None
    return f"{file}:{number}" if number else str(file)


def _read(raw: object, file: Path | None) -> Service:
    try:
        return Service.model_validate(raw)
    except ValidationError as error:
        found = list(_lines(raw, error))
        lines = [
            f"{line_in(file, place) if file else 'published definition'}: {place}: {said}"
            for place, said in found
        ]
        raise DefinitionProblem(lines) from error


def _lines(raw: object, error: ValidationError) -> Iterator[tuple[str, str]]:
    """(place, what is wrong)."""
    found = [(problem["loc"], problem["msg"]) for problem in error.errors()]
    for place, message in found:
        # A list whose items were refused is then also reported as too short: that is no news.
        if not any(other != place and other[: len(place)] == place for other, _ in found):
            yield _place(raw, place), message.removeprefix("Value error, ")


def _place(raw: object, path: tuple[int | str, ...]) -> str:
    """The path to a problem, with steps and questions by their keys: `steps.nid.questions.nid.label`."""
    named: list[str] = []
    for part in path:
        raw = _below(raw, part)
        key = raw.get("key") if isinstance(raw, dict) and isinstance(part, int) else None
        named.append(str(key or part))
    return ".".join(named) or "the whole file"


def _below(raw: object, part: int | str) -> object:
    if isinstance(raw, dict):
        return raw.get(part)
    return raw[part] if isinstance(raw, list) and isinstance(part, int) and part < len(raw) else None


def canonical(service: Service) -> bytes:
    """UTF-8 JSON with sorted keys, no spaces and no defaults: the same service is always the same bytes."""
    facts = service.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(service: Service) -> str:
    """The version's identity: sha256 of its canonical JSON, in hex."""
    return hashlib.sha256(canonical(service)).hexdigest()
