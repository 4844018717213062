"""The random cookie that holds drafts, before anybody has signed in."""

from __future__ import annotations

import re
import secrets

from starlette.requests import Request
from starlette.responses import Response

from portal.usecases.visitor import Visitor
from portal.web.portal_state import locale_of, portal_of

SECONDS = 60 * 60 * 24 * 60
"""A draft's cookie lives for sixty days after the last use that sets it."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def cookie_name(request: Request) -> str:
    """`__Host-` on https; browsers refuse that prefix on development http."""
    return "__Host-holder" if portal_of(request).settings.is_secure else "holder"


def holder_of(request: Request) -> str | None:
    """The browser's token, or None when it has none or it is not one of ours in shape."""
    token = request.cookies.get(cookie_name(request), "")
    return token if _TOKEN.fullmatch(token) else None


def new_holder() -> str:
    """256 random bits, as 43 url-safe characters."""
    return secrets.token_urlsafe(32)


def keep_holder(request: Request, response: Response, holder: str) -> None:
    """Set, or prolong, the cookie on a response."""
    response.set_cookie(
        cookie_name(request),
        holder,
        max_age=SECONDS,
        path="/",
        secure=portal_of(request).settings.is_secure,
        httponly=True,
        samesite="lax",
    )


def visitor_of(request: Request, holder: str) -> Visitor:
    """Who is at the other end, for use cases and their limits."""
    client = request.client.host if request.client else ""
    return Visitor(holder, locale_of(request).code, client)
