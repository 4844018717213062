"""What a use case asks a registry through the broker, and the three ways it can turn out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from portal.interop.agreements import Agreement
from portal.interop.protocol import Kind

__all__ = ["Ask", "Found", "Kind", "NoMatch", "Provenance", "Unavailable", "Value"]

Value = str | int | list[str] | dict[str, str]
"""A registry value in the shape answers have: ASCII digits, ISO dates, option codes."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question about one person. `subject` holds the registry's own inputs and is kept out of `repr`."""

    service: str
    """Catalogue key, for example `nid/verify`."""
    subject: Mapping[str, str] = field(repr=False)
    """The inputs the catalogue names, in one of the service's ways: for `nid/verify` a `nid` (10, 13 or 17
    ASCII digits) and a `date_of_birth` (ISO)."""
    fields: tuple[str, ...]
    purpose: str
    agreement: Agreement
    consent_id: str
    consent_revision: str
    """`Agreement.revision` the person said yes to; a different one now means no call."""
    issue: str
    """Our own reference, the same for every attempt; never a personal number."""
    actor: str = ""
    """Opaque id of the acting person, without the country prefix; never a personal number."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """The trace one exchange leaves: enough to find it in both sides' message logs, no values."""

    service: str
    message_id: str
    request_id: str
    request_hash: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """The registry holds this person; `values` has only fields that were asked for and that it knows."""

    values: Mapping[str, Value] = field(repr=False)
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class NoMatch:
    """The registry answered, and no person has this number with this birth date."""

    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Unavailable:
    """No usable answer. `support_reference` is what a person reads out to the help line."""

    code: str
    """The exchange's fault code as it came, or one of ours beginning `portal.`."""
    kind: Kind
    support_reference: str
    ambiguous: bool = False
    """True when the other side may have acted without an answer: ask `status` before sending again."""
    message_id: str = ""
    """X-Road-Id of the last attempt; empty when nothing was sent."""
    attempts: int = 0
