"""What passes between the stand-in's security server and the providers behind it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Protocol

from portal.interop.protocol import Headers


@dataclass(frozen=True, slots=True)
class Demand:
    """A request as a provider sees it: rights checked, headers stripped, `path` decoded."""

    method: str
    path: str
    headers: Headers
    body: bytes = field(repr=False)
    fault: str = ""
    """A fault this provider plays itself: `wrong-person` or `undeclared`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answers; the security server adds its own headers."""

    status: int
    body: bytes = field(repr=False)
    headers: Headers = (("content-type", "application/json; charset=utf-8"),)


class Provider(Protocol):
    """One service of one member."""

    async def answer(self, demand: Demand) -> Answer:
        """Never raises for a bad request: it says so in the answer."""


def json_answer(status: int, document: object) -> Answer:
    """An answer holding `document` as JSON."""
    return Answer(status, json.dumps(document, ensure_ascii=False).encode())
