"""One registry of the stand-in as a provider: a readable question in, one person's asked-for fields out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from portal.exchange.asked import Question, Unreadable, read_question
from portal.exchange.providers import Answer, Demand, json_answer

Record = Mapping[str, object]
"""Field to value; None and "" stand for what the registry does not know."""


class Holdings(Protocol):
    """What one registry holds and how it can be asked."""

    ways: tuple[tuple[str, ...], ...]
    """The inputs that name a person, by the names `INPUTS` has; any one of these sets."""
    fields: frozenset[str]
    secret: Mapping[str, object]
    """What it knows and was never agreed to give: the fault `undeclared` sends it."""

    def find(self, subject: Mapping[str, str]) -> Record | None:
        """The record of the person named; None when nobody has these numbers and dates together."""

    def somebody_else(self, subject: Mapping[str, str]) -> Mapping[str, str]:
        """Another person, for the fault `wrong-person`."""


class Register:
    """Answers one registry's service."""

    def __init__(self, holdings: Holdings, now: Callable[[], datetime], method: str = "POST") -> None:
        self._holdings = holdings
        self._now = now
        self._method = method

    async def answer(self, demand: Demand) -> Answer:
        """200 with `verified` or `not_found`; 422 when the question cannot be read."""
        if demand.path not in ("", "/"):
            return json_answer(404, {"error": "no_such_path"})
        if demand.method != self._method:
            return json_answer(405, {"error": "no_such_method"})
        try:
            question = read_question(demand.body, self._holdings.ways)
        except Unreadable as unreadable:
            return json_answer(422, {"error": "unreadable", "where": unreadable.where})
        if not set(question.fields) <= self._holdings.fields:
            return json_answer(422, {"error": "unknown_field"})
        if demand.fault == "wrong-person":
            # A whole, well-formed answer, about somebody else.
            other = self._holdings.somebody_else(question.subject)
            question = Question(question.request_id, other, question.fields)
        return await asyncio.to_thread(self._tell, question, demand.fault)

    def _tell(self, question: Question, fault: str) -> Answer:
        record = self._holdings.find(question.subject)
        answer: dict[str, object] = {
            "request_id": question.request_id,
            **question.subject,
            "status": "not_found" if record is None else "verified",
            "matched": record is not None,
            "timestamp": self._now().isoformat(),
        }
        if record is not None:
            told = self._holdings.fields if fault == "undeclared" else set(question.fields)
            known = {name: value for name, value in record.items() if value not in (None, "")}
            answer["person"] = {name: value for name, value in known.items() if name in told}
        if fault == "undeclared":
            answer.update(self._holdings.secret)
        return json_answer(200, answer)
