"""Identifiers of the exchange (clients, services, security servers) as headers and addresses write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

# Raw spaces, non-ASCII and a lone `%` are faults; `+` is a plus, never a space (X-Road protocol for REST).
_WRITTEN = re.compile(r"(?:[!-$&-~]|%[0-9A-Fa-f]{2})+")
_REGISTERED = re.compile(r"[A-Za-z0-9 '()+,\-.=?]+")
# These would change the meaning of an address once it is decoded, so no identifier may hold them.
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f/\\:;%\u200b\ufeff]|\.\.")


class BadIdentifier(ValueError):
    """An identifier is written wrongly; the message says which part and never echoes the whole."""


def encode_part(part: str) -> str:
    """One identifier part as it stands in a header or an address: UTF-8, percent-encoded on its own."""
    return quote(part, safe="")


def decode_part(written: str) -> str:
    """The part behind `written`; raises `BadIdentifier` for blanks, raw spaces, non-ASCII, bad `%xx`."""
    if not _WRITTEN.fullmatch(written):
        raise BadIdentifier("an identifier part is blank or not percent-encoded ASCII")
    try:
        part = unquote_to_bytes(written).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadIdentifier("an identifier part is not UTF-8") from error
    if not part.strip():
        raise BadIdentifier("an identifier part is blank")
    if _FORBIDDEN.search(part):
        raise BadIdentifier("an identifier part holds a forbidden character")
    return part


def is_registered_form(part: str) -> bool:
    """True when `part` keeps to the characters the exchange registers identifiers in."""
    return _REGISTERED.fullmatch(part) is not None


def _decode(written: str, *counts: int) -> list[str]:
    parts = written.strip(" \t").split("/")
    if len(parts) not in counts:
        raise BadIdentifier(f"expected {' or '.join(map(str, counts))} parts, found {len(parts)}")
    return [decode_part(part) for part in parts]


@dataclass(frozen=True, slots=True)
class ClientId:
    """Who asks: a member of the exchange, usually one of its subsystems."""

    instance: str
    member_class: str
    member_code: str
    subsystem: str | None = None

    @classmethod
    def parse(cls, written: str) -> ClientId:
        """From `instance/class/member[/subsystem]`; raises `BadIdentifier`."""
        return cls(*_decode(written, 3, 4))

    def encode(self) -> str:
        """As the X-Road-Client header writes it."""
        parts = (self.instance, self.member_class, self.member_code, self.subsystem)
        return "/".join(encode_part(part) for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class ServiceId:
    """Which service of which subsystem; all five parts are needed over REST."""

    instance: str
    member_class: str
    member_code: str
    subsystem: str
    service_code: str

    @classmethod
    def parse(cls, written: str) -> ServiceId:
        """From `instance/class/member/subsystem/service`; raises `BadIdentifier`."""
        return cls(*_decode(written, 5))

    def encode(self) -> str:
        """As the address and the X-Road-Service header write it."""
        parts = (self.instance, self.member_class, self.member_code, self.subsystem, self.service_code)
        return "/".join(map(encode_part, parts))

    @property
    def key(self) -> str:
        """`subsystem/service`, the short name catalogues, grants and faults go by."""
        return f"{self.subsystem}/{self.service_code}"


@dataclass(frozen=True, slots=True)
class SecurityServerId:
    """Which security server; always four parts."""

    instance: str
    member_class: str
    member_code: str
    server_code: str

    @classmethod
    def parse(cls, written: str) -> SecurityServerId:
        """From `instance/class/member/server`; raises `BadIdentifier`."""
        return cls(*_decode(written, 4))

    def encode(self) -> str:
        """As the X-Road-Security-Server header writes it."""
        parts = (self.instance, self.member_class, self.member_code, self.server_code)
        return "/".join(map(encode_part, parts))
