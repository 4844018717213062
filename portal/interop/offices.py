"""What offices are handed and what they say back: written and parsed here, trusted after."""

from __future__ import annotations

import json
from datetime import UTC

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from portal.interop.calling import Answered, Untrustworthy
from portal.interop.handover import Accepted, CaseState, CaseStatus, HandedAnswer, Handover, UnknownCase


class _Receipt(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)

    submission_id: str
    case: str = Field(min_length=1, max_length=100)
    received_at: AwareDatetime


class _Status(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)

    submission_id: str
    state: CaseState
    reason: dict[str, str] | None = None
    note: str = Field(default="", max_length=2000)
    decided_at: AwareDatetime | None = None
    document_number: str | None = Field(default=None, max_length=100)
    questions: list[str] = Field(default=[], max_length=500)


def write_handover(handover: Handover) -> bytes:
    """The request body; the same handover gives the same bytes, so that a repeat can be recognised."""
    written = {
        "submission_id": handover.submission_id,
        "reference": handover.reference,
        "service_key": handover.service_key,
        "version_hash": handover.version_hash,
        "office": handover.office,
        "received_at": handover.received_at.isoformat(),
        "answers": [_answer(answer) for answer in handover.answers],
    }
    return json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _answer(answer: HandedAnswer) -> dict[str, object]:
    return {
        "question": answer.question,
        "label": dict(answer.label),
        "value": answer.value,
        "words": dict(answer.words),
        "source": answer.source,
        "registry": answer.registry,
        "fetched_at": answer.fetched_at.isoformat() if answer.fetched_at else None,
    }


def read_receipt(answered: Answered, submission_id: str) -> Accepted:
    """The office's receipt for this very submission; raises `Untrustworthy` for anything else."""
    if answered.status not in (200, 201):
        raise Untrustworthy("portal.wrong_status")
    try:
        receipt = _Receipt.model_validate_json(answered.body)
    except ValidationError:
        raise Untrustworthy("portal.wrong_schema") from None
    if receipt.submission_id != submission_id:
        raise Untrustworthy("portal.wrong_case")
    return Accepted(
        receipt.case, receipt.received_at.astimezone(UTC), answered.status == 200, answered.provenance
    )


def read_status(answered: Answered, submission_id: str) -> CaseStatus | UnknownCase:
    """Where this very submission stands; raises `Untrustworthy` for anything else."""
    if answered.status == 404:
        return UnknownCase(answered.provenance)
    if answered.status != 200:
        raise Untrustworthy("portal.wrong_status")
    try:
        status = _Status.model_validate_json(answered.body)
    except ValidationError:
        raise Untrustworthy("portal.wrong_schema") from None
    if status.submission_id != submission_id:
        raise Untrustworthy("portal.wrong_case")
    return CaseStatus(
        state=status.state,
        reason=status.reason,
        note=status.note,
        decided_at=status.decided_at.astimezone(UTC) if status.decided_at else None,
        document_number=status.document_number,
        provenance=answered.provenance,
        questions=tuple(status.questions),
    )
