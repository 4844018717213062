"""What registries are asked and what they answer: written and parsed here, trusted after."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from portal.interop.asking import Ask, Found, NoMatch, Provenance, Value
from portal.interop.calling import Answered, Untrustworthy
from portal.interop.catalogue import CatalogueEntry, Shape

ADDRESS_PARTS = frozenset({"division", "district", "upazila", "union", "landmark"})
LONGEST_TEXT = 200
_DIGITS = re.compile(r"[0-9]+")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_JOINERS = frozenset("\u200c\u200d")


class _Verification(BaseModel):
    """The answer in the style of NRDEX, plus the person it is about repeated at the top level."""

    model_config = ConfigDict(strict=True, extra="allow", hide_input_in_errors=True)

    request_id: str
    status: Literal["verified", "not_found"]
    matched: bool
    timestamp: AwareDatetime
    person: dict[str, object] | None = None


def write_question(ask: Ask, entry: CatalogueEntry, request_id: str) -> bytes:
    """The request body: who (in the registry's own words), why, and the fields, nothing else."""
    subject = {entry.inputs[ours]: words for ours, words in ask.subject.items()}
    question = {
        "request_id": request_id,
        **subject,
        "purpose_code": ask.purpose,
        "legal_basis": ask.agreement.legal_basis,
        "consent_id": ask.consent_id,
        "agreement_revision": ask.agreement.revision,
        "fields": list(ask.fields),
    }
    return json.dumps(question, ensure_ascii=False).encode()


def read_answer(answered: Answered, ask: Ask, entry: CatalogueEntry, request_id: str) -> Found | NoMatch:
    """The person asked about, or nobody; raises `Untrustworthy` for anything else."""
    if answered.status != 200:
        raise Untrustworthy("portal.wrong_status")
    try:
        verification = _Verification.model_validate_json(answered.body)
    except ValidationError:
        # The error would quote the answer, and the answer is about a person.
        raise Untrustworthy("portal.wrong_schema") from None
    if verification.request_id != request_id:
        raise Untrustworthy("portal.wrong_request")
    _require_same_person(verification, ask, entry)
    if verification.status == "not_found" or not verification.matched:
        return NoMatch(answered.provenance)
    return _found(verification.person, ask, entry, answered.provenance)


def _require_same_person(verification: _Verification, ask: Ask, entry: CatalogueEntry) -> None:
    repeated = verification.model_extra or {}
    for ours, words in ask.subject.items():
        if repeated.get(entry.inputs[ours]) != words:
            raise Untrustworthy("portal.wrong_person")


def _found(
    person: Mapping[str, object] | None, ask: Ask, entry: CatalogueEntry, provenance: Provenance
) -> Found:
    if person is None:
        raise Untrustworthy("portal.wrong_schema")
    values = {
        name: read_value(entry.fields[name], person[name])
        for name in ask.fields
        if person.get(name) not in (None, "")
    }
    for name, value in ask.subject.items():
        if values.get(name, value) != value:
            raise Untrustworthy("portal.wrong_person")
    return Found(values, provenance)


def read_value(shape: Shape, raw: object) -> Value:
    """`raw` as a value of `shape`; raises `Untrustworthy`."""
    if shape == "address":
        return _address(raw)
    text = _text(raw)
    if shape in ("date", "month"):
        _require_date(text if shape == "date" else f"{text}-01")
    if shape == "digits" and not _DIGITS.fullmatch(text):
        raise Untrustworthy("portal.wrong_value")
    if isinstance(shape, tuple) and text not in shape:
        raise Untrustworthy("portal.wrong_value")
    return text


def _text(raw: object) -> str:
    if not isinstance(raw, str) or len(raw) > LONGEST_TEXT:
        raise Untrustworthy("portal.wrong_value")
    if any(unicodedata.category(sign)[0] == "C" and sign not in _JOINERS for sign in raw):
        raise Untrustworthy("portal.wrong_value")
    return unicodedata.normalize("NFC", raw).strip()


def _require_date(text: str) -> None:
    try:
        if not _ISO_DATE.fullmatch(text):
            raise Untrustworthy("portal.wrong_value")
        date.fromisoformat(text)
    except ValueError:
        raise Untrustworthy("portal.wrong_value") from None


def _address(raw: object) -> dict[str, str]:
    if not isinstance(raw, dict) or "division" not in raw:
        raise Untrustworthy("portal.wrong_value")
    return {part: _text(words) for part, words in raw.items() if part in ADDRESS_PARTS}
