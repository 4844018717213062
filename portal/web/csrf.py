"""Refuses forms that another site sends in a person's name, by what the browser says of their origin."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class RefuseForeignForms:
    """Pure ASGI: a state-changing request must come from this origin, or from no page at all.

    `Sec-Fetch-Site` decides where the browser sends it, `Origin` elsewhere. Cookies are
    SameSite=Lax, so a browser too old to send either sends no cookie along from another site.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _SAFE and _is_foreign(Headers(scope=scope)):
            raise HTTPException(403)
        await self.app(scope, receive, send)


def _is_foreign(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
