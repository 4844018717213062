"""A page and the addresses it knows: the same place in other languages, and every route by name."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from portal.i18n.locale import Locale
from portal.web.access import Role
from portal.web.portal_state import locale_of, portal_of

_LONGEST_QUERY = 1_000
"""Characters of a query worth repeating in links; no honest one comes near it."""


@dataclass(frozen=True, slots=True)
class Page:
    """What `base.html` needs to know about where it stands."""

    request: Request
    locale: Locale

    def to(self, name: str, **params: object) -> str:
        """The address of the route `name` in this page's language."""
        return address(self.request, name, self.locale.code, **params)

    @property
    def home(self) -> str:
        """The front door in this page's language."""
        return f"/{self.locale.code}/"

    @property
    def is_demo(self) -> bool:
        """True where the registries behind the portal are the invented ones."""
        return portal_of(self.request).settings.env != "production"

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """(language, absolute address) of this page in every language; none for one person's own page."""
        base = portal_of(self.request).settings.base_url
        if self.request.method not in ("GET", "HEAD") or getattr(self.request.state, "holder", None):
            return []
        return [(code, base + self._same_place(code)) for code in portal_of(self.request).locales]

    @property
    def languages(self) -> list[tuple[Locale, str]]:
        """(language, address) of the languages this page is not in."""
        others = portal_of(self.request).locales.values()
        return [(one, self._same_place(one.code)) for one in others if one != self.locale]

    def _same_place(self, code: str) -> str:
        path = quote(self.request.url.path)
        first, _, rest = path.lstrip("/").partition("/")
        place = f"/{code}/{rest}" if first in portal_of(self.request).locales else f"/{code}/"
        query = self.request.url.query
        return f"{place}?{query}" if 0 < len(query) <= _LONGEST_QUERY else place


def address(request: Request, name: str, locale: str, **params: object) -> str:
    """The address of the route `name` in the language `locale`."""
    pattern: str = request.app.state.addresses[name]
    return f"/{locale}" + pattern.format(**{key: quote(str(value), safe="") for key, value in params.items()})


def page(request: Request, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
    """Render a page in the request's language. No cache but the person's own browser may keep a personal one.

    The browser may, because its Back button must work on a 2G line, and must never ask to send a form again.
    """
    locale = locale_of(request)
    response = portal_of(request).renderer.page(
        locale, template, {"page": Page(request, locale), **context}, status=status
    )
    # Not by whether there is a cookie: a page kept without one would be shown again once there is.
    is_public = getattr(request.state, "role", None) is Role.ANYONE and status == 200
    response.headers["cache-control"] = "public, max-age=60" if is_public else "private, no-cache"
    return response


def redirect(request: Request, name: str, query: str = "", **params: object) -> RedirectResponse:
    """303 to the route `name` in the request's language, so that reloading repeats nothing."""
    target = address(request, name, locale_of(request).code, **params)
    return RedirectResponse(f"{target}?{query}" if query else target, 303)
