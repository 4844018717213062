"""The address without a language: Bangla, because most phones say en-US whoever holds them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.web.access import Role, allow


@allow(Role.ANYONE)
async def choose_language(_request: Request) -> Response:
    """To `/bn/`, whatever the browser's own language header says."""
    return RedirectResponse("/bn/", 302)
