"""A service of four questions that keeps the contract's words and knows nothing of the portal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

STEPS = ("sex", "dob", "home", "name", "sign-in", "check")
PLACES = {"": {"30": "ঢাকা", "20": "চট্টগ্রাম"}, "30": {"3026": "ঢাকা", "3033": "গাজীপুর"}}
CODE = "409172"

Typed = dict[str, str]


def page(title: str, form: str, status: int = 200, summary: str = "", action: str = "") -> HTMLResponse:
    """A page with one form, as bare as the contract allows."""
    html = f"""<!doctype html><html lang="bn"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"></head>
<body><header><a href="/bn/">সহজ সেবা</a></header><main id="main">
<form method="post"{action and f' action="{action}"'} novalidate>{summary}{form}
<button>এগিয়ে যান</button></form></main></body></html>"""
    return HTMLResponse(html, status)


def _text(name: str, value: str) -> str:
    field = f'<input id="{name}" name="{name}" value="{escape(value)}" lang="bn">'
    return f'<label for="{name}">{name}</label>{field}'


def _select(name: str, options: dict[str, str], chosen: str) -> str:
    rows = "".join(
        f'<option value="{code}"{" selected" if code == chosen else ""}>{words}</option>'
        for code, words in {"": "বাছুন", **options}.items()
    )
    return f'<label for="{name}">{name}</label><select id="{name}" name="{name}">{rows}</select>'


def _sex(typed: Typed) -> str:
    rows = "".join(
        f'<input type="radio" id="{one}" name="sex" value="{one}"'
        f"{' checked' if typed.get('sex') == one else ''}><label for={one}>{one}</label>"
        for one in ("female", "male", "other")
    )
    return f'<fieldset id="sex"><legend>sex</legend>{rows}</fieldset>'


def _dob(typed: Typed) -> str:
    return "".join(_text(f"dob-{part}", typed.get(f"dob-{part}", "")) for part in ("day", "month", "year"))


def _home(typed: Typed) -> str:
    division, district = typed.get("home-division", ""), typed.get("home-district", "")
    parts = [_select("home-division", PLACES[""], division)]
    if division in PLACES:
        parts.append(_select("home-district", PLACES[division], district))
    if district:
        parts.append(_text("home-landmark", typed.get("home-landmark", "")))
    return "".join(parts)


def _sign_in(typed: Typed) -> str:
    return _text("code", "") if typed.get("mobile") else _text("mobile", "")


FORMS: dict[str, Callable[[Typed], str]] = {
    "sex": _sex,
    "dob": _dob,
    "home": _home,
    "name": lambda typed: (
        '<input type="hidden" name="token" value="t1">' + _text("name", typed.get("name", "রহিমা"))
    ),
    "sign-in": _sign_in,
    "check": lambda _: "",
}
NEEDED = {"sex": ("sex",), "dob": ("dob-year",), "home": ("home-landmark",), "name": ("name",)}


class Toy:
    """One application's worth of memory."""

    def __init__(self) -> None:
        self.typed: Typed = {}

    async def service(self, _: Request) -> Response:
        return page("নাগরিকত্ব সনদ", "", action="/bn/apply/toy")

    async def start(self, _: Request) -> Response:
        self.typed.clear()
        return RedirectResponse("/bn/apply/draft1/sex", 303)

    async def show(self, request: Request) -> Response:
        step = request.path_params["step"]
        return page(step, FORMS[step](self.typed))

    async def take(self, request: Request) -> Response:
        step = request.path_params["step"]
        async with request.form() as form:
            self.typed.update({name: str(value) for name, value in form.items()})
        if step == "home" and "home-landmark" not in self.typed:
            return RedirectResponse("home", 303)
        missing = [name for name in NEEDED.get(step, ()) if not self.typed.get(name)]
        if missing:
            summary = f'<ul><li><a href="#{missing[0]}">লিখুন</a></li></ul>'
            return page(f"ত্রুটি: {step}", FORMS[step](self.typed), 422, summary)
        return RedirectResponse(self._after(step), 303)

    def _after(self, step: str) -> str:
        if step == "check":
            return "/bn/receipts/BD-7K2M-9PQX"
        if step == "dob" and self.typed["dob-year"] > "২০১০":
            return "exit/too-young"
        if step == "sign-in" and self.typed.get("code", "") != CODE:
            return "sign-in"
        return STEPS[STEPS.index(step) + 1]

    async def messages(self, _: Request) -> Response:
        at = datetime(2026, 11, 22, tzinfo=UTC).isoformat()
        one = {"to": self.typed.get("mobile", ""), "at": at, "words": f"আপনার কোড {CODE}", "lang": "bn"}
        return JSONResponse([one])

    async def last(self, _: Request) -> Response:
        return page("শেষ", "<h1>শেষ</h1>")


def toy_app() -> Starlette:
    """A fresh toy behind its addresses."""
    toy = Toy()
    return Starlette(
        routes=[
            Route("/bn/services/toy", toy.service),
            Route("/bn/apply/toy", toy.start, methods=["POST"]),
            Route("/bn/apply/draft1/exit/{key}", toy.last),
            Route("/bn/apply/draft1/{step}", toy.show),
            Route("/bn/apply/draft1/{step}", toy.take, methods=["POST"]),
            Route("/bn/receipts/{reference}", toy.last),
            Route("/_messages", toy.messages),
        ]
    )
