"""The switchboard at `/_faults`: see and set what each service does wrong; as a page and as JSON."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from portal.exchange.faults import NAMES, FaultBoard, UnknownFault
from portal.exchange.pages import HEADERS, Pages, is_foreign, language, read_posted, wants_json


class FaultPages:
    """The page and its JSON twin over one board."""

    def __init__(self, board: FaultBoard, pages: Pages) -> None:
        self._board = board
        self._pages = pages

    def routes(self) -> list[Route]:
        """The addresses, for the application."""
        return [Route("/_faults", self.show), Route("/_faults", self.set, methods=["POST"])]

    async def show(self, request: Request) -> Response:
        """What is set now."""
        return self._answer(request)

    async def set(self, request: Request) -> Response:
        """Set one: form or JSON `{"service", "fault"}` (or `kind`); 422 for a name not in the list."""
        if is_foreign(request):
            return Response("Another site may not set faults here.", 403, HEADERS)
        posted = await read_posted(request, "service", "fault", "kind")
        written = posted["fault"] or posted["kind"]
        try:
            self._board.set(posted["service"], written)
        except UnknownFault:
            return self._answer(request, "fault_unknown", written)
        if wants_json(request):
            return self._answer(request)
        return RedirectResponse(f"/_faults?lang={language(request)}", 303)

    def _answer(self, request: Request, fault: str = "", typed: str = "") -> Response:
        status = 422 if fault else 200
        board = self._board.all()
        if wants_json(request):
            error = {"error": fault} if fault else {}
            return JSONResponse({**error, "faults": board, "known": list(NAMES)}, status, HEADERS)
        values = {"board": board, "names": NAMES, "fault": fault, "typed": typed}
        return self._pages.show(request, "faults.html", values, status)
