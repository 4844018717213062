"""One pooled HTTP client towards our security server: mutual TLS, deadlines, byte caps, no redirects."""

from __future__ import annotations

import asyncio
import logging
import ssl
import zlib
from dataclasses import dataclass, field

import httpx2

from portal.interop.protocol import Headers, Kind, Message
from portal.settings import Settings

CONNECT_SECONDS = 2.0
POOL_SECONDS = 1.0
# Shorter than the server's own keep-alive: a connection it is about to close is not picked for a POST.
IDLE_SECONDS = 4.0
BODY_CAP = 1024 * 1024


# The client would write whole addresses to the log; the broker writes its own line.
logging.getLogger("httpx2").setLevel(logging.WARNING)


class TransportFailed(Exception):
    """No whole answer arrived. `was_sent`: part of the request left, so the other side may have acted."""

    def __init__(self, code: str, kind: Kind, was_sent: bool) -> None:
        super().__init__(code)
        self.code = code
        self.kind: Kind = kind
        self.was_sent = was_sent


class _Unreadable(Exception):
    """The body is too large, or packed in a way we did not ask for."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer, unpacked, at most `BODY_CAP` bytes."""

    status: int
    headers: Headers
    body: bytes = field(repr=False)


class _Progress:
    """Remembers whether any byte of the request can have reached the other side."""

    def __init__(self) -> None:
        self.was_sent = False

    async def __call__(self, event: str, _facts: object) -> None:
        if event.endswith("send_request_headers.started"):
            self.was_sent = True


class Transport:
    """Sends protocol messages over real sockets; belongs to one event loop."""

    def __init__(self, settings: Settings) -> None:
        self._base = settings.exchange_url
        self._client = httpx2.AsyncClient(
            verify=_tls(settings),
            trust_env=False,
            follow_redirects=False,
            limits=httpx2.Limits(
                max_connections=20, max_keepalive_connections=10, keepalive_expiry=IDLE_SECONDS
            ),
        )

    async def send(self, message: Message, seconds: float) -> Reply:
        """Send `message` and read the whole answer within `seconds`; raises `TransportFailed`."""
        progress = _Progress()
        try:
            async with asyncio.timeout(max(seconds, 0.0)):
                return await self._exchange(message, progress)
        except TimeoutError as error:
            raise TransportFailed("portal.deadline", "transient", progress.was_sent) from error
        except (_Unreadable, zlib.error, httpx2.DecodingError) as error:
            raise TransportFailed("portal.unreadable_body", "integrity", True) from error
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL) as error:
            code, kind = _name(error)
            raise TransportFailed(code, kind, progress.was_sent) from error

    async def _exchange(self, message: Message, progress: _Progress) -> Reply:
        # A bare request: no default headers and no cookies, so the hash covers exactly what we wrote.
        request = httpx2.Request(
            message.method,
            self._base + message.target,
            headers=list(message.headers),
            content=message.body or None,
            extensions={
                "timeout": {"connect": CONNECT_SECONDS, "pool": POOL_SECONDS, "read": None, "write": None},
                "trace": progress,
            },
        )
        response = await self._client.send(request, stream=True)
        try:
            body = await _read(response)
        finally:
            await response.aclose()
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw]
        return Reply(response.status_code, headers, body)

    async def aclose(self) -> None:
        """Close the pooled connections."""
        await self._client.aclose()


async def _read(response: httpx2.Response) -> bytes:
    """The body, never holding more than the cap in memory, packed or unpacked."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip"):
        raise _Unreadable("packed in a way we did not ask for")
    unpacker = zlib.decompressobj(wbits=31) if packing == "gzip" else None
    body, arrived = bytearray(), 0
    async for chunk in response.aiter_raw():
        arrived += len(chunk)
        body += unpacker.decompress(chunk, BODY_CAP + 1 - len(body)) if unpacker else chunk
        if max(arrived, len(body)) > BODY_CAP:
            raise _Unreadable("too large")
    if unpacker and not unpacker.eof:
        raise _Unreadable("packed body is not whole")
    return bytes(body)


def _name(error: Exception) -> tuple[str, Kind]:
    if isinstance(error, httpx2.ConnectError) and _came_from_tls(error):
        return "portal.tls_failed", "configuration"
    if isinstance(error, httpx2.PoolTimeout):
        return "portal.pool_busy", "transient"
    if isinstance(error, (httpx2.ConnectError, httpx2.ConnectTimeout)):
        return "portal.connect_failed", "transient"
    if isinstance(error, (httpx2.LocalProtocolError, httpx2.UnsupportedProtocol, httpx2.InvalidURL)):
        return "portal.bad_request", "ours"
    return "portal.connection_lost", "transient"


def _came_from_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _tls(settings: Settings) -> ssl.SSLContext:
    """Our certificate towards the security server, and whom to believe (else the system's authorities)."""
    if not settings.exchange_url.startswith("https:"):
        # Reading the system's authorities costs tens of milliseconds that a loopback address never needs.
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority = settings.exchange_authority
    context = ssl.create_default_context(cafile=str(authority) if authority else None)
    if settings.exchange_certificate:
        context.load_cert_chain(settings.exchange_certificate, settings.exchange_key)
    return context
