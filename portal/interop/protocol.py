"""The X-Road Message Protocol for REST as pure functions: addresses, headers, the request hash, faults."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote_to_bytes

from portal.interop.ids import BadIdentifier, ServiceId, decode_part

Headers = Sequence[tuple[str, str]]
Kind = Literal["transient", "planned", "configuration", "ours", "integrity"]
"""Why it did not work: back off · announced · somebody must act · our bug · the answer cannot be trusted."""

PREFIX = "/r1/"
METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"})
DROPPED = frozenset(
    {
        "transfer-encoding",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "upgrade",
        "connection",
        "user-agent",
        "host",
        "content-length",
        "server",
        "expect",
    }
)
# The exchange sets these itself: one sent by a client or a provider is removed.
REPLACED = frozenset({"x-road-request-id", "x-road-request-hash"})


class BadAddress(ValueError):
    """A `/r1` address the protocol does not allow."""


@dataclass(frozen=True, slots=True)
class Address:
    """A parsed `/r1` address. `path` is decoded and begins with `/` or is empty; `query` stays as written."""

    service: ServiceId
    path: str = ""
    query: str = ""


def build_target(service: ServiceId, path: Sequence[str] = (), query: Iterable[tuple[str, str]] = ()) -> str:
    """The request target: every path segment and query piece percent-encoded on its own, UTF-8."""
    target = PREFIX + service.encode() + "".join("/" + quote(segment, safe="") for segment in path)
    pairs = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in query)
    return f"{target}?{pairs}" if pairs else target


def parse_target(target: str) -> Address:
    """The address behind a raw request target; raises `BadAddress`."""
    written, _, query = target.partition("?")
    if not written.startswith(PREFIX):
        raise BadAddress("not an /r1 address")
    parts = written.removeprefix(PREFIX).split("/", 5)
    if len(parts) < 5:
        raise BadAddress("all five service identifiers are required")
    try:
        service = ServiceId(*map(decode_part, parts[:5]))
    except BadIdentifier as error:
        raise BadAddress(str(error)) from error
    return Address(service, _decode_path(parts[5]) if len(parts) > 5 else "", query)


def _decode_path(written: str) -> str:
    # `%2F` becomes `/` before access rights are matched, and then `..` must not climb out of the service.
    if not re.fullmatch(r"(?:[!-$&-~]|%[0-9A-Fa-f]{2})*", written):
        raise BadAddress("the path is not percent-encoded ASCII")
    try:
        path = "/" + unquote_to_bytes(written).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadAddress("the path is not UTF-8") from error
    if ".." in path.split("/"):
        raise BadAddress("the path climbs out of the service")
    return path


def strip_headers(headers: Headers) -> list[tuple[str, str]]:
    """The headers the exchange passes on: hop-by-hop and identifying ones dropped, its own replaced."""
    gone = DROPPED | REPLACED
    return [(name, value) for name, value in headers if name.lower() not in gone]


def last_header(headers: Headers, name: str) -> str | None:
    """The value of header `name`; the last of several wins; None when absent."""
    found = [value for key, value in headers if key.lower() == name.lower()]
    return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Message:
    """A request as it arrived, for hashing. `target` is `path[?query]`; header order and case are kept."""

    method: str
    target: str
    headers: Headers
    body: bytes = b""


def request_hash(message: Message, request_id: str, generated_id: str = "") -> str:
    """X-Road-Request-Hash (base64 of SHA-512); `generated_id` is set when the client sent no X-Road-Id."""
    lines = [message.method, message.target]
    lines += [f"{name}:{value}" for name, value in strip_headers(message.headers)]
    lines.append(f"x-road-request-id:{request_id}")
    if generated_id:
        lines.append(f"x-road-id:{generated_id}")
    digest = hashlib.sha512("".join(line + "\r\n" for line in lines).encode("latin-1")).digest()
    if message.body:
        digest = hashlib.sha512(digest + hashlib.sha512(message.body).digest()).digest()
    return base64.b64encode(digest).decode("ascii")


@dataclass(frozen=True, slots=True)
class Fault:
    """What the exchange answers when it, and not the provider, could not go on; `detail` is a UUID."""

    type: str
    message: str
    detail: str

    @property
    def status(self) -> int:
        """The HTTP status: it tells the origin, never whether trying again helps."""
        return 500 if self.type.lower().startswith("server.") else 400

    def body(self) -> bytes:
        """The JSON body of the fault."""
        return json.dumps({"type": self.type, "message": self.message, "detail": self.detail}).encode()


def parse_fault(body: bytes) -> Fault | None:
    """The fault in a JSON body; None when the body is anything else."""
    try:
        written = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(written, dict):
        return None
    texts = {name: written.get(name, "") for name in ("type", "message", "detail")}
    if not all(isinstance(text, str) for text in texts.values()) or not texts["type"]:
        return None
    return Fault(texts["type"], texts["message"], texts["detail"])


_KINDS: dict[Kind, str] = {
    "transient": "network_error io_error unknown_host service_failed database_error global_conf_outdated"
    " outdated_global_conf timestamping_failed mlog token_not_active http_error internal_error",
    "planned": "maintenance_mode service_disabled",
    "configuration": "access_denied unknown_service unknown_member invalid_client_identifier"
    " invalid_security_server service_type ssl_authentication_failed service_missing_url",
    "ours": "bad_request invalid_request invalid_http_method invalid_message invalid_protocol_version",
    "integrity": "inconsistent_response invalid_signature_value malformed_signature missing_signature"
    " cert_validation",
}
# Both dialects (`NetworkError`, `network_error`) fall together once case and underscores are gone.
_BY_SUFFIX: dict[str, Kind] = {
    suffix.replace("_", ""): kind for kind, suffixes in _KINDS.items() for suffix in suffixes.split()
}
_ORIGINS = frozenset({"server", "client", "clientproxy", "serverproxy", "metadata", "metaservice"})


def classify(code: str) -> Kind:
    """What a fault code asks of us, told by its suffix after the origin; unknown codes are never retried."""
    pieces = [piece.lower().replace("_", "") for piece in code.split(".")]
    suffix = [piece for piece in pieces if piece not in _ORIGINS]
    for piece in suffix:
        if piece in _BY_SUFFIX:
            return _BY_SUFFIX[piece]
        if piece.startswith("missing"):
            return "ours"
    return "configuration"
