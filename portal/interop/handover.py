"""What a use case hands to an office through the broker, and what the office says back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from portal.interop.asking import Provenance, Value

CaseState = Literal[
    "received", "in_review", "needs_information", "waiting_for_allocation", "approved", "refused"
]
CASE_STATES: frozenset[str] = frozenset(get_args(CaseState))


@dataclass(frozen=True, slots=True)
class HandedAnswer:
    """One answer as the office reads it: the question, the value, the value in words, where it came from."""

    question: str
    label: Mapping[str, str]
    value: Value = field(repr=False)
    words: Mapping[str, str] = field(repr=False)
    source: str
    """`typed`, `registry` or `phone`."""
    registry: str | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """One submitted application on its way to an office; `submission_id` makes sending it twice harmless."""

    service: str
    """Catalogue key of the office's intake, for example `union-intake/applications`."""
    submission_id: str
    reference: str
    service_key: str
    version_hash: str
    office: str
    """Place code of the office that decides, for example `4589-462-4181`."""
    received_at: datetime
    answers: tuple[HandedAnswer, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The office has it, under its own case number; `is_repeat` when it had it already."""

    case: str
    received_at: datetime
    is_repeat: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """Where the office stands with one submission."""

    state: CaseState
    reason: Mapping[str, str] | None
    """Words to the applicant by language tag: why refused, or what is missing."""
    note: str
    decided_at: datetime | None
    document_number: str | None
    provenance: Provenance
    questions: tuple[str, ...] = ()
    """Keys of the questions the office wants answered again; empty when its words say it all."""


@dataclass(frozen=True, slots=True)
class UnknownCase:
    """The office answered that it has never seen this submission: it is safe to send it."""

    provenance: Provenance
