"""The pages that are only words."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from portal.web.access import Role, allow
from portal.web.pages import page
from portal.web.session import cookie_name


@allow(Role.ANYONE)
async def show_about(request: Request) -> Response:
    """What this site is."""
    return page(request, "public/about.html")


@allow(Role.ANYONE)
async def show_contact(request: Request) -> Response:
    """Every way to reach a person."""
    return page(request, "public/contact.html")


@allow(Role.ANYONE)
async def show_privacy(request: Request) -> Response:
    """Who sees what."""
    return page(request, "public/privacy.html")


@allow(Role.ANYONE)
async def show_cookies(request: Request) -> Response:
    """What the browser keeps for us."""
    return page(request, "public/cookies.html", cookie=cookie_name(request))


@allow(Role.ANYONE)
async def show_terms(request: Request) -> Response:
    """The rules of using this site."""
    return page(request, "public/terms.html")
