"""What people see when something is missing, refused or broken: in their language, with a way on."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import cast

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as AsgiMessage

from portal.i18n.messages import Message, lazy
from portal.store.database import Unreachable
from portal.usecases.refusals import AlreadySent, NotFound, TooMany
from portal.web.pages import page, redirect
from portal.web.portal_state import locale_of

log = logging.getLogger("portal.web")


@dataclass(frozen=True, slots=True)
class Trouble:
    """The words for one kind of trouble: what happened, in a heading and a sentence, and what to do."""

    heading: Message
    words: Message
    what_next: Message


TROUBLES = {
    400: Trouble(
        lazy("We could not read what was sent"),
        lazy("The form reached us broken."),
        lazy("Go back, and send it again. What you saved before is still there."),
    ),
    403: Trouble(
        lazy("This cannot be opened from there"),
        lazy("The form came from another site, so we did not accept it."),
        lazy("Open the page on this site and try again."),
    ),
    404: Trouble(
        lazy("This page is not here"),
        lazy("The address may be mistyped, or it belongs to another phone."),
        lazy("Start from the first page, or look among your applications."),
    ),
    405: Trouble(
        lazy("This page does not work that way"),
        lazy("The page can be opened, but not used like this."),
        lazy("Go back and use the buttons on the page."),
    ),
    413: Trouble(
        lazy("That is too much to send at once"),
        lazy("We can take up to 64 kilobytes of writing on a page."),
        lazy("Go back, make it shorter, and send it again. What you saved before is still there."),
    ),
    429: Trouble(
        lazy("Too many tries"),
        lazy("To keep everyone safe, we stop for a while after many tries."),
        lazy("Wait a little, then try again. What you saved is still there."),
    ),
    500: Trouble(
        lazy("Something broke on our side"),
        lazy("It is not your fault. What you saved before is still there."),
        lazy("Wait a minute, then try again."),
    ),
    503: Trouble(
        lazy("The site is busy or being mended"),
        lazy("We cannot save anything right now. What you saved before is still there."),
        lazy("Try again in a few minutes."),
    ),
}


async def http_trouble(request: Request, error: Exception) -> Response:
    """A page for the statuses that Starlette and the handlers raise."""
    raised = cast("HTTPException", error)
    status = raised.status_code if raised.status_code in TROUBLES else 400
    return _page(request, status, dict(raised.headers or {}))


async def not_found(request: Request, _error: Exception) -> Response:
    """Missing, or somebody else's: the two look alike."""
    return _page(request, 404)


async def already_sent(request: Request, error: Exception) -> Response:
    """A page of a draft that became an application: its receipt instead."""
    return redirect(request, "citizen:receipt", reference=cast("AlreadySent", error).reference)


async def too_many(request: Request, error: Exception) -> Response:
    """Past a limit; says when to come back."""
    seconds = int(cast("TooMany", error).retry_after.total_seconds())
    return _page(request, 429, {"retry-after": str(max(1, seconds))})


async def store_trouble(request: Request, error: Exception) -> Response:
    """The database cannot be reached or written: nothing was saved, and we say so."""
    log.error("store: %s", type(error).__name__)
    return _page(request, 503, {"retry-after": "120"})


class CatchBroken:
    """Pure ASGI, inside the middleware that adds headers: turns what nobody foresaw into a page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def send_watched(message: AsgiMessage) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_watched)
        except ClientDisconnect:
            return  # nobody is left to answer, and nothing of ours broke
        except Exception as error:
            if has_begun or scope["type"] != "http":
                raise
            log.exception("unforeseen: %s", type(error).__name__)
            response = _broken(Request(scope, receive))
            await response(scope, receive, send)


def _broken(request: Request) -> Response:
    """Needs no database; when even its template fails it still says something."""
    try:
        return _page(request, 500)
    except Exception:
        log.exception("the error page itself broke")
        return PlainTextResponse(
            "দুঃখিত, আমাদের দিকে একটি সমস্যা হয়েছে। একটু পরে আবার চেষ্টা করুন।\n"
            "Something broke on our side. Try again later.\n",
            500,
        )


def _page(request: Request, status: int, headers: dict[str, str] | None = None) -> Response:
    trouble = TROUBLES[status]
    locale = locale_of(request)
    response = page(
        request,
        "errors/page.html",
        status=status,
        heading=locale.say(trouble.heading),
        words=locale.say(trouble.words),
        what_next=locale.say(trouble.what_next),
        support=getattr(request.state, "request_id", "") if status >= 500 else "",
    )
    response.headers.update(headers or {})
    return response


HANDLERS = {
    HTTPException: http_trouble,
    NotFound: not_found,
    AlreadySent: already_sent,
    TooMany: too_many,
    Unreachable: store_trouble,
}
