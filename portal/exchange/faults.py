"""Misbehaviour on demand: what each service of the stand-in should do wrong until told otherwise."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from functools import cache

from portal.exchange.providers import Answer

MEBIBYTE = 1024 * 1024
LONGEST_WAIT = 120.0

# Faults of the exchange itself: the provider is never reached.
CODES = {
    "refuse": "server.clientproxy.network_error",
    "old-dialect": "Server.ClientProxy.NetworkError",
    "outdated": "server.clientproxy.global_conf_outdated",
    "maintenance": "server.serverproxy.service_disabled",
    "access_denied": "server.serverproxy.access_denied",
}
# What happens instead of asking the provider, to its answer, or inside it.
BEFORE = ("hang", "slow", "http500")
AFTER = ("nonsense", "xml", "redirect", "wrong-id", "wrong-hash", "big", "gzip-bomb", "cut", "drip")
WITHIN = ("wrong-person", "undeclared")
NAMES = ("none", *CODES, *BEFORE, *AFTER, *WITHIN)


class UnknownFault(ValueError):
    """No such fault, or `slow` without a sensible number of seconds."""


@dataclass(frozen=True, slots=True)
class Misbehaviour:
    """One fault in force; `seconds` only counts for `slow`."""

    name: str = "none"
    seconds: float = 0.0

    @classmethod
    def parse(cls, written: str) -> Misbehaviour:
        """From `hang` or `slow:3.5`; raises `UnknownFault`."""
        name, _, seconds = written.strip().partition(":")
        if name not in NAMES or (name == "slow") != bool(seconds):
            raise UnknownFault(f"no such fault: {name}")
        try:
            wait = float(seconds or 0)
        except ValueError as error:
            raise UnknownFault("slow needs seconds, like slow:3") from error
        if not 0 <= wait <= LONGEST_WAIT:
            raise UnknownFault(f"slow takes up to {LONGEST_WAIT:.0f} seconds")
        return cls(name, wait)

    def __str__(self) -> str:
        return f"slow:{self.seconds:g}" if self.name == "slow" else self.name


class FaultBoard:
    """What each service, by its key, does wrong at the moment; forgotten when the process ends."""

    def __init__(self, services: tuple[str, ...]) -> None:
        self._board = dict.fromkeys(services, Misbehaviour())

    def set(self, service: str, written: str) -> None:
        """Make `service` misbehave as `written` says, or `*` for all; raises `UnknownFault`."""
        misbehaviour = Misbehaviour.parse(written)
        if service != "*" and service not in self._board:
            raise UnknownFault("no such service")
        for key in self._board if service == "*" else (service,):
            self._board[key] = misbehaviour

    def of(self, service: str) -> Misbehaviour:
        """What `service` does wrong now."""
        return self._board.get(service, Misbehaviour())

    def all(self) -> dict[str, str]:
        """Every service with its fault as it is written."""
        return {service: str(misbehaviour) for service, misbehaviour in self._board.items()}


_HTML = (("content-type", "text/html; charset=utf-8"),)


def spoil(answer: Answer, fault: str) -> Answer:
    """`answer` as the fault leaves it; unchanged when the fault is not about the answer."""
    if fault == "nonsense":
        return Answer(200, b"<!doctype html><title>Welcome</title><p>It works!", _HTML)
    if fault == "xml":
        return Answer(200, b"<error><type>Odd</type></error>", (("content-type", "text/xml"),))
    if fault == "redirect":
        return Answer(302, b"", (("location", "/r1/elsewhere"),))
    if fault == "big":
        return replace(answer, body=answer.body + b" " * (11 * MEBIBYTE))
    if fault == "gzip-bomb":
        return Answer(200, _bomb(), (*answer.headers, ("content-encoding", "gzip")))
    return answer


@cache
def _bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(b" " * MEBIBYTE) for _ in range(24)) + packer.flush()
