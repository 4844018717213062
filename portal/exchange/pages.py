"""What the stand-in's own pages share: words, frame, safe headers, and who may post."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from portal.places import Places

HERE = Path(__file__).parent
DHAKA = timezone(timedelta(hours=6))
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_BANGLA_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words and the language they are in."""

    words: str
    lang: str


class Pages:
    """Renders the stand-in's pages in the language a request asks for."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._words = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
        self._jinja = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def show(
        self, request: Request, template: str, values: Mapping[str, object], status: int = 200
    ) -> Response:
        """`template` with `values`, in Bangla unless the address says `lang=en`."""
        lang = language(request)

        def place(code: str) -> str:
            line = self._places.line(code)
            return ", ".join(one.words(lang) for one in reversed(line)) or code

        def moment(at: datetime) -> str:
            return write_moment(at, lang)

        def number(count: int) -> str:
            return write_number(count, lang)

        def spoken(text: Mapping[str, str]) -> Spoken:
            tag = next((tag for tag in (lang, "bn", "en") if text.get(tag)), lang)
            return Spoken(text.get(tag, ""), tag)

        page = self._jinja.get_template(template).render(
            words=self._words[lang],
            lang=lang,
            other="bn" if lang == "en" else "en",
            place=place,
            moment=moment,
            number=number,
            spoken=spoken,
            **values,
        )
        return HTMLResponse(page, status, HEADERS)


def language(request: Request) -> str:
    """`en` when the address asks for it, otherwise `bn`."""
    return "en" if request.query_params.get("lang") == "en" else "bn"


def wants_json(request: Request) -> bool:
    """True when the caller asks for, or sends, JSON."""
    sent = request.headers.get("content-type", "")
    return "application/json" in request.headers.get("accept", "") or sent.startswith("application/json")


def is_foreign(request: Request) -> bool:
    """True when another site's page makes the browser post here."""
    return request.headers.get("sec-fetch-site", "same-origin") == "cross-site"


def write_moment(at: datetime, lang: str) -> str:
    """Day and time in Dhaka, in the language's digits."""
    words = at.astimezone(DHAKA).strftime("%d-%m-%Y, %H:%M")
    return words.translate(_BANGLA_DIGITS) if lang == "bn" else words


def write_number(count: int, lang: str) -> str:
    """A whole number in the language's digits, in groups of a thousand, a lakh, a crore."""
    words = str(count)
    head, tail = words[:-3], words[-3:]
    pairs = [head[max(end - 2, 0) : end] for end in range(len(head), 0, -2)]
    grouped = ",".join([*reversed(pairs), tail])
    return grouped.translate(_BANGLA_DIGITS) if lang == "bn" else grouped


async def read_posted(request: Request, *names: str) -> dict[str, str]:
    """Only the named fields of a form or a JSON object, each as text; absent ones are empty."""
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            posted = await request.json()
        except ValueError:
            return dict.fromkeys(names, "")
        written = cast("dict[str, object]", posted) if isinstance(posted, dict) else {}
        return {name: str(written.get(name) or "").strip() for name in names}
    async with request.form(max_files=0, max_fields=1000) as form:
        return {name: str(form.get(name) or "").strip() for name in names}


async def read_chosen(request: Request, name: str) -> tuple[str, ...]:
    """Every value of one field of a form, or of one list in a JSON object; empty when absent."""
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            posted = await request.json()
        except ValueError:
            return ()
        chosen = posted.get(name) if isinstance(posted, dict) else None
        return tuple(str(one) for one in chosen) if isinstance(chosen, list) else ()
    form = await request.form(max_files=0, max_fields=1000)
    return tuple(str(one) for one in form.getlist(name))
