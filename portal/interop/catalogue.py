"""The services this portal knows how to call, one TOML file each, parsed into dataclasses."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter

from portal.interop.ids import ServiceId

SERVICES = Path(__file__).parent / "services"

Shape = Literal["text", "digits", "date", "month", "address"] | tuple[str, ...]
"""What a field's value looks like (`month` is `2026-09`); a tuple lists the only codes allowed."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One service: where it is, how it behaves, what it takes and gives."""

    key: str
    member_class: str
    member_code: str
    subsystem: str
    service_code: str
    method: Literal["GET", "POST", "PUT"]
    effect: Literal["reads", "hands_over"]
    seconds: float
    """The whole time a call may take, retries included."""
    inputs: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Shape] = field(default_factory=dict)
    ways: tuple[tuple[str, ...], ...] = ()
    """The sets of inputs that name one person, where there are several; otherwise it takes all of them."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    @property
    def member(self) -> str:
        """`class/code` of the provider, as agreements name it."""
        return f"{self.member_class}/{self.member_code}"

    def takes(self, inputs: Collection[str]) -> bool:
        """True when `inputs` name one person as this service wants it: one way in full, and nothing more."""
        return set(inputs) in [set(way) for way in self.ways or (tuple(self.inputs),)]

    def service_id(self, instance: str) -> ServiceId:
        """The full identifier within one instance of the exchange."""
        return ServiceId(instance, self.member_class, self.member_code, self.subsystem, self.service_code)


def load_catalogue(folder: Path = SERVICES) -> dict[str, CatalogueEntry]:
    """Every service by key; raises `pydantic.ValidationError` naming what is wrong in a file."""
    reader = TypeAdapter(CatalogueEntry)
    written = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml")))
    entries = [reader.validate_python(one) for one in written]
    return {entry.key: entry for entry in entries}
