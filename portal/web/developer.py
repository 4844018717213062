"""Development only, this machine only: the messages that would have been sent, and every component."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.usecases import messages
from portal.web.access import Role, allow
from portal.web.gallery import exhibits
from portal.web.pages import page
from portal.web.portal_state import locale_of, portal_of


@allow(Role.DEVELOPER)
async def show_messages(request: Request) -> Response:
    """The newest messages first; JSON for programs that ask for it."""
    portal, locale = portal_of(request), locale_of(request)
    recent = await portal.database.look(messages.recent)
    said = [(one, portal.locales[one.language].say(one.message)) for one in recent]
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(
            [
                {"to": one.mobile, "words": words, "at": one.at.isoformat(), "code": one.code}
                for one, words in said
            ]
        )
    lines = [
        {"to": locale.phone(one.mobile), "at": locale.moment(one.at), "words": words, "lang": one.language}
        for one, words in said
    ]
    return page(request, "developer/messages.html", messages=lines)


@allow(Role.DEVELOPER)
async def show_components(request: Request) -> Response:
    """The gallery of components."""
    return page(request, "developer/components.html", exhibits=exhibits(locale_of(request)))
