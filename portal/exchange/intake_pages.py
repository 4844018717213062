"""The office's desk at `/_intake`: see what came in; approve, refuse, ask for more. Pages and JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from portal.exchange.cases import AlreadyDecided, Case, CaseBook, Decision, State, UnknownCase
from portal.exchange.intake import Handover, in_its_language, standing
from portal.exchange.pages import HEADERS, Pages, is_foreign, language, read_posted, wants_json

DECISIONS = frozenset({"approved", "refused", "needs_information"})
LONGEST_REASON = 2000


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
        """Write down a decision: form or JSON `{"decision", "reason"}`; 422 without a needed reason."""
        if is_foreign(request):
            return Response("Another site may not decide here.", 403, HEADERS)
        posted = await read_posted(request, "decision", "reason")
        try:
            fault = _fault(posted["decision"], posted["reason"])
            if fault:
                case = await asyncio.to_thread(self._book.by_reference, _reference(request), self._now())
                return self._show(request, case, fault, posted["reason"])
            decision = Decision(cast("State", posted["decision"]), posted["reason"])
            case = await asyncio.to_thread(self._book.decide, _reference(request), decision, self._now())
        except UnknownCase:
            return self._missing(request)
        except AlreadyDecided:
            return await self._too_late(request)
        if wants_json(request):
            return JSONResponse(standing(case), headers=HEADERS)
        return RedirectResponse(f"/_intake/{case.reference}?lang={language(request)}", 303)

    def _show(self, request: Request, case: Case, fault: str = "", typed: str = "") -> Response:
        status = 422 if fault else 200
        if wants_json(request):
            body = {"error": fault} if fault else {"reference": case.reference, **standing(case)}
            return JSONResponse(body, status, HEADERS)
        handover = Handover.model_validate_json(case.document)
        reason = in_its_language(case.reason)
        values = {"case": case, "handover": handover, "reason": reason, "fault": fault, "typed": typed}
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


def _fault(decision: str, reason: str) -> str:
    """Which words say what is wrong; empty when nothing is."""
    if decision not in DECISIONS:
        return "decision_missing"
    if decision != "approved" and not reason:
        return "reason_missing"
    return "reason_too_long" if len(reason) > LONGEST_REASON else ""
