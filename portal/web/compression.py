"""Compresses pages made for one request: brotli where the browser takes it, else gzip."""

from __future__ import annotations

import gzip

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALLEST = 400
"""Bytes under which compressing costs more than it saves."""
_WORDS = ("text/", "application/json", "application/xml", "image/svg+xml")


class Compress:
    """Pure ASGI; touches only whole, uncoded text bodies, so files and streams pass unread."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        coding = coding_for(Headers(scope=scope))
        held: list[Message] = []

        async def send_coded(message: Message) -> None:
            if message["type"] == "http.response.start":
                held.append(message)
                return
            if held:
                start = held.pop()
                message = _coded(start, message, coding)
                await send(start)
            await send(message)

        await self.app(scope, receive, send_coded)


def coding_for(headers: Headers) -> str | None:
    """The better of the codings the browser takes; one it weighs with nothing (`br;q=0`) it does not take."""
    accepted = set()
    for offer in headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = offer.replace(" ", "").partition(";q=")
        if weight.strip("0.") or not weight:
            accepted.add(name)
    return next((name for name in ("br", "gzip") if name in accepted), None)


def _coded(start: Message, message: Message, coding: str | None) -> Message:
    """The body message, coded when it is whole and text; changes `start`'s headers to match."""
    headers = MutableHeaders(scope=start)
    body: bytes = message.get("body", b"")
    is_words = headers.get("content-type", "").startswith(_WORDS)
    if not is_words or message.get("more_body") or "content-encoding" in headers:
        return message
    headers.add_vary_header("Accept-Encoding")
    if coding is None or len(body) < SMALLEST:
        return message
    coded = brotli.compress(body, quality=4) if coding == "br" else gzip.compress(body, 6, mtime=0)
    headers["content-encoding"] = coding
    headers["content-length"] = str(len(coded))
    return {**message, "body": coded}
