"""Who may open a route: every endpoint declares it, and a test walks the routes to see that it did."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from enum import StrEnum

from starlette.requests import Request
from starlette.responses import Response

from portal.usecases.refusals import NotFound
from portal.web.session import holder_of

Handler = Callable[[Request], Awaitable[Response]]


class Role(StrEnum):
    """The kinds of person, or machine, a route may open for."""

    ANYONE = "anyone"
    """Public: the route never sees a cookie, so its page may be cached."""
    VISITOR = "visitor"
    """This browser, known by its random cookie if it has one; nothing personal without it."""
    DRAFT_HOLDER = "draft holder"
    """The browser that holds the draft, the receipt or the application in the address."""
    MACHINE = "machine"
    """Programs: health, keys, site map."""
    DEVELOPER = "developer"
    """Development only, and only from this machine."""


def allow(role: Role) -> Callable[[Handler], Handler]:
    """Open the handler to `role`; anyone else gets the page for an address that is not there."""

    def decorate(handler: Handler) -> Handler:
        @functools.wraps(handler)
        async def guarded(request: Request) -> Response:
            request.state.role = role
            _CHECKS[role](request)
            return await handler(request)

        guarded.__dict__["role"] = role
        return guarded

    return decorate


def _public(request: Request) -> None:
    request.state.holder = None


def _visitor(request: Request) -> None:
    request.state.holder = holder_of(request)


def _holder(request: Request) -> None:
    _visitor(request)
    if request.state.holder is None:
        raise NotFound


def _developer(request: Request) -> None:
    _public(request)
    here = request.client is not None and request.client.host in ("127.0.0.1", "::1", "testclient")
    if not (here and request.app.state.portal.settings.is_development):
        raise NotFound


_CHECKS: dict[Role, Callable[[Request], None]] = {
    Role.ANYONE: _public,
    Role.VISITOR: _visitor,
    Role.DRAFT_HOLDER: _holder,
    Role.MACHINE: _public,
    Role.DEVELOPER: _developer,
}
