"""The office's desk at `/_intake`: see what came in; approve, refuse, ask for more. Pages and JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from portal.exchange.cases import AlreadyDecided, Case, CaseBook, Decision, State, UnknownCase
from portal.exchange.desks import DESK_BY_KEY
from portal.exchange.intake import Handover, in_its_language, standing
from portal.exchange.pages import (
    HEADERS,
    Pages,
    is_foreign,
    language,
    read_chosen,
    read_posted,
    wants_json,
)

DECISIONS = frozenset({"approved", "refused", "needs_information"})
RATIONED = DECISIONS | {"waiting_for_allocation"}
NEEDS_REASON = frozenset({"refused", "needs_information"})
LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class _Typed:
    """What an officer sent."""

    decision: str = ""
    reason: str = ""
    questions: tuple[str, ...] = ()

    @property
    def decided(self) -> Decision:
        """The decision, once `_fault` found nothing."""
        asked = self.questions if self.decision == "needs_information" else ()
        return Decision(cast("State", self.decision), self.reason, questions=asked)


class IntakePages:
    """Pages and their JSON twins over one case book."""

    def __init__(self, book: CaseBook, pages: Pages, now: Callable[[], datetime]) -> None:
        self._book = book
        self._pages = pages
        self._now = now

    def routes(self) -> list[Route]:
        """The addresses, for the application."""
        return [
            Route("/_intake", self.show_list),
            Route("/_intake/{reference}", self.show_case),
            Route("/_intake/{reference}", self.decide, methods=["POST"]),
        ]

    async def show_list(self, request: Request) -> Response:
        """The newest fifty."""
        cases = await asyncio.to_thread(self._book.recent, self._now())
        if wants_json(request):
            listed = [{"reference": case.reference, **standing(case)} for case in cases]
            return JSONResponse({"cases": listed}, headers=HEADERS)
        return self._pages.show(request, "list.html", {"cases": cases})

    async def show_case(self, request: Request) -> Response:
        """One case by its reference."""
        try:
            case = await asyncio.to_thread(self._book.by_reference, _reference(request), self._now())
        except UnknownCase:
            return self._missing(request)
        return self._show(request, case)

    async def decide(self, request: Request) -> Response:
        """Write down a decision: form or JSON `{"decision", "reason", "questions"}`.

        422 without a needed reason, for a decision this desk cannot make, or for a question the application
        does not have.
        """
        if is_foreign(request):
            return Response("Another site may not decide here.", 403, HEADERS)
        posted = await read_posted(request, "decision", "reason")
        chosen = await read_chosen(request, "questions")
        typed = _Typed(posted["decision"], posted["reason"], chosen)
        try:
            case = await asyncio.to_thread(self._book.by_reference, _reference(request), self._now())
            fault = _fault(typed, case)
            if fault:
                return self._show(request, case, fault, typed)
            case = await asyncio.to_thread(self._book.decide, case.reference, typed.decided, self._now())
        except UnknownCase:
            return self._missing(request)
        except AlreadyDecided:
            return await self._too_late(request)
        if wants_json(request):
            return JSONResponse(standing(case), headers=HEADERS)
        return RedirectResponse(f"/_intake/{case.reference}?lang={language(request)}", 303)

    def _show(self, request: Request, case: Case, fault: str = "", typed: _Typed | None = None) -> Response:
        status = 422 if fault else 200
        if wants_json(request):
            body = {"error": fault} if fault else {"reference": case.reference, **standing(case)}
            return JSONResponse(body, status, HEADERS)
        handover = Handover.model_validate_json(case.document)
        labels = {answer.question: answer.label for answer in handover.answers}
        values = {
            "case": case,
            "handover": handover,
            "asked": [labels[key] for key in case.questions],
            "labels": labels,
            "reason": in_its_language(case.reason),
            "rations": DESK_BY_KEY[case.intake].rations,
            "fault": fault,
            "typed": typed or _Typed(),
        }
        return self._pages.show(request, "case.html", values, status)

    async def _too_late(self, request: Request) -> Response:
        if wants_json(request):
            return JSONResponse({"error": "is_final"}, 409, HEADERS)
        return RedirectResponse(f"/_intake/{_reference(request)}?lang={language(request)}", 303)

    def _missing(self, request: Request) -> Response:
        if wants_json(request):
            return JSONResponse({"error": "unknown_reference"}, 404, HEADERS)
        return self._pages.show(request, "missing.html", {}, 404)


def _reference(request: Request) -> str:
    return str(request.path_params["reference"]).strip().upper()


def _fault(typed: _Typed, case: Case) -> str:
    """Which words say what is wrong; empty when nothing is."""
    if typed.decision not in (RATIONED if DESK_BY_KEY[case.intake].rations else DECISIONS):
        return "decision_missing"
    if typed.decision in NEEDS_REASON and not typed.reason:
        return "reason_missing"
    if len(typed.reason) > LONGEST_REASON:
        return "reason_too_long"
    known = {answer.question for answer in Handover.model_validate_json(case.document).answers}
    is_asking = typed.decision == "needs_information"
    return "question_unknown" if is_asking and not set(typed.questions) <= known else ""
