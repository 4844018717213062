"""What a caller asks a registry, in the style of NRDEX: who, why, and which fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field, ValidationError

# How each way to name a person is written; what is not listed here cannot be asked with.
INPUTS: Mapping[str, re.Pattern[str]] = {
    "subject_nid": re.compile(r"[0-9]{10}([0-9]{3}([0-9]{4})?)?"),
    "spouse_nid": re.compile(r"[0-9]{10}([0-9]{3}([0-9]{4})?)?"),
    "subject_brn": re.compile(r"[0-9]{17}"),
    "date_of_birth": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "deceased_name": re.compile(r".{1,200}"),
    "wallet_number": re.compile(r"[0-9]{6,20}"),
    "wallet_provider": re.compile(r"bkash|nagad|rocket|bank"),
}


class Unreadable(Exception):
    """Nobody could mean this question; `where` says which parts, never what stood there."""

    def __init__(self, where: list[str]) -> None:
        super().__init__("unreadable")
        self.where = where


class _Envelope(BaseModel):
    """What every question carries besides whom it is about."""

    model_config = ConfigDict(strict=True, extra="allow", hide_input_in_errors=True)

    request_id: str = Field(min_length=1, max_length=100)
    purpose_code: str = Field(min_length=1, max_length=100)
    fields: list[str] = Field(min_length=1, max_length=30)


@dataclass(frozen=True, slots=True)
class Question:
    """One readable question. `subject` holds exactly one of the ways this registry can be asked."""

    request_id: str
    subject: Mapping[str, str] = field(repr=False)
    fields: tuple[str, ...]


def read_question(body: bytes, ways: tuple[tuple[str, ...], ...]) -> Question:
    """The question in `body`, asked in one of `ways` (each the names of its inputs); raises `Unreadable`."""
    try:
        envelope = _Envelope.model_validate_json(body)
    except ValidationError as error:
        raise Unreadable(places_of(error)) from None
    said = envelope.model_extra or {}
    given = {name for name in INPUTS if name in said}
    if given not in [set(way) for way in ways]:
        raise Unreadable(["subject"])
    wrong = [name for name in sorted(given) if not _is_written_well(name, said[name])]
    if wrong:
        raise Unreadable(wrong)
    return Question(envelope.request_id, {name: said[name] for name in given}, tuple(envelope.fields))


def _is_written_well(name: str, words: object) -> bool:
    return isinstance(words, str) and INPUTS[name].fullmatch(words) is not None


def places_of(error: ValidationError) -> list[str]:
    """Where it is wrong, never what stood there."""
    return [".".join(map(str, problem["loc"])) for problem in error.errors(include_input=False)]
