"""The offices' case intakes of the stand-in: take an application once and tell where it stands."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, ValidationError

from portal.exchange.cases import Arrival, Case, CaseBook, DifferentContent, UnknownCase
from portal.exchange.desks import Desk
from portal.exchange.providers import Answer, Demand, json_answer
from portal.interop.protocol import last_header
from portal.places import Places

_BANGLA = re.compile("[\u0980-\u09ff]")


class HandedAnswer(BaseModel):
    """One answer as it was handed over."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    question: str = Field(max_length=100)
    label: dict[str, str]
    value: JsonValue
    words: dict[str, str]
    source: str = Field(max_length=20)
    registry: str | None = None
    fetched_at: AwareDatetime | None = None


class Handover(BaseModel):
    """A submission as the portal hands it over."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    submission_id: str = Field(min_length=8, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")
    reference: str = Field(min_length=4, max_length=40)
    service_key: str = Field(min_length=1, max_length=100)
    version_hash: str = Field(min_length=1, max_length=128)
    office: str = Field(min_length=2, max_length=40)
    received_at: AwareDatetime
    answers: list[HandedAnswer] = Field(max_length=500)


class Intake:
    """Answers one desk's `applications`."""

    def __init__(self, desk: Desk, book: CaseBook, places: Places, now: Callable[[], datetime]) -> None:
        self._desk = desk
        self._book = book
        self._places = places
        self._now = now

    async def answer(self, demand: Demand) -> Answer:
        """POST takes a case (201, or 200 when it came before); GET with a submission id tells its status."""
        if demand.method == "GET":
            return await self._status(demand.path.removeprefix("/"))
        if demand.path not in ("", "/"):
            return json_answer(404, {"error": "no_such_path"})
        try:
            handover = Handover.model_validate_json(demand.body)
        except ValidationError as error:
            problems = error.errors(include_input=False)
            where = [".".join(map(str, problem["loc"])) for problem in problems]
            return json_answer(422, {"error": "unreadable", "where": where})
        if last_header(demand.headers, "idempotency-key") != handover.submission_id:
            return json_answer(400, {"error": "idempotency_key_missing_or_different"})
        office = self._places.get(handover.office)
        if office is None or office.level not in self._desk.levels:
            return json_answer(422, {"error": "unknown_office"})
        return await self._take(handover, demand.body)

    async def _take(self, handover: Handover, body: bytes) -> Answer:
        # The digest ignores how the JSON was laid out: the same content again is the same case.
        content = json.dumps(json.loads(body), sort_keys=True, ensure_ascii=False)
        arrival = Arrival(
            intake=self._desk.key,
            submission_id=handover.submission_id,
            reference=handover.reference,
            office=handover.office,
            digest=hashlib.sha256(content.encode()).hexdigest(),
            document=content,
        )
        try:
            case, is_new = await asyncio.to_thread(self._book.take, arrival, self._now())
        except DifferentContent:
            return json_answer(409, {"error": "different_content"})
        receipt = {
            "submission_id": case.submission_id,
            "case": case.case_number,
            "received_at": case.received_at.isoformat(),
        }
        return json_answer(201 if is_new else 200, receipt)

    async def _status(self, submission_id: str) -> Answer:
        try:
            find = self._book.by_submission
            case = await asyncio.to_thread(find, self._desk.key, submission_id, self._now())
        except UnknownCase:
            return json_answer(404, {"error": "unknown_submission"})
        return json_answer(200, standing(case))


def standing(case: Case) -> dict[str, object]:
    """Where a case stands, as the office tells it."""
    return {
        "submission_id": case.submission_id,
        "case": case.case_number,
        "received_at": case.received_at.isoformat(),
        "state": case.state,
        "reason": in_its_language(case.reason),
        "note": case.note,
        "questions": list(case.questions),
        "decided_at": case.decided_at.isoformat() if case.decided_at else None,
        "document_number": case.document_number,
    }


def in_its_language(words: str) -> dict[str, str] | None:
    """`words` under the tag of the language they are written in; None when there are none."""
    if not words:
        return None
    return {"bn" if _BANGLA.search(words) else "en": words}
