"""Reads forms: only the fields asked for, only so many bytes, digits and spaces left as typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

LARGEST = 64 * 1024
"""Bytes of a form's body; the longest honest step is under four thousand."""
_MOST_FIELDS = 200
_MOST_DIGITS = 9
"""Longer than any honest count; int() itself gives up past 4,300."""
# What no page can carry: shown back to the person as typed, it would break the page it stands in.
_NONCHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNSPEAKABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{_NONCHARACTERS}]")


async def read_fields(request: Request, names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The named fields of a posted form, as typed; 413 past `LARGEST` bytes, 400 when it is no form."""
    wanted = frozenset(names)
    body = await _read_body(request)
    typed: dict[str, list[str]] = {}
    for name, value in _pairs(body):
        if name in wanted:
            typed.setdefault(name, []).append(readable(value))
    return {name: tuple(values) for name, values in typed.items()}


async def read_field(request: Request, name: str) -> str:
    """One field's first value, or an empty string."""
    fields = await read_fields(request, (name,))
    return next(iter(fields.get(name, ())), "")


def read_revision(said: str) -> int | None:
    """The revision of the draft that a page was made from; None when it says none."""
    number = _whole_number(said, -1)
    return None if number < 0 else number


def readable(words: str) -> str:
    """`words` with � for what no page can show and a space for odd spaces, so that it can be deleted."""
    return _UNSPEAKABLE.sub(lambda found: " " if found[0].isspace() else "\ufffd", words)


def _whole_number(said: str, otherwise: int) -> int:
    is_number = said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS
    return int(said) if is_number else otherwise


def _pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        words = body.decode("utf-8", errors="replace")
        return parse_qsl(words, keep_blank_values=True, errors="replace", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(400) from None


async def _read_body(request: Request) -> bytes:
    declared = request.headers.get("content-length", "0")
    if _whole_number(declared, LARGEST + 1) > LARGEST:
        raise HTTPException(413)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413)
    return bytes(body)
