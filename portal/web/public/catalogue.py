"""Finding a service: the front door, the list with its search, and each service's own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from portal.forms.definition import Service
from portal.i18n.locale import Locale, today
from portal.i18n.messages import Message, lazy, nlazy
from portal.usecases import catalogue, search
from portal.usecases.refusals import NotFound
from portal.usecases.start import may_start
from portal.web.access import Role, allow
from portal.web.fields import readable
from portal.web.offers import cost_words, fee_bands, fee_sources, time_words, window_words
from portal.web.pages import address, page
from portal.web.portal_state import locale_of, portal_of

CATEGORIES: dict[str, Message] = {
    "allowances": lazy("Allowances"),
    "certificates": lazy("Certificates and registration"),
    "land": lazy("Land"),
    "business": lazy("Business"),
    "grievances": lazy("Grievances"),
}


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service as a list shows it."""

    service: Service
    address: str
    cost: str
    time: str


@dataclass(frozen=True, slots=True)
class Category:
    """A heading of the list and what stands under it."""

    name: str
    services: tuple[ServiceLine, ...]


@allow(Role.ANYONE)
async def show_home(request: Request) -> Response:
    """The front door."""
    published = await portal_of(request).database.look(catalogue.published)
    return page(request, "public/home.html", services=_lines(request, (one.service for one in published)))


@allow(Role.ANYONE)
async def list_services(request: Request) -> Response:
    """All services by category, or those that fit `?q=`, best first."""
    locale = locale_of(request)
    query = readable(request.query_params.get("q", ""))[:120].strip()
    published = await portal_of(request).database.look(catalogue.published)
    found = search.find(published, query, locale.code) if query else published
    lines = _lines(request, (one.service for one in found))
    return page(
        request,
        "public/services.html",
        query=query,
        found=_found_words(len(lines), query, locale),
        categories=_ranked(lines, locale) if query else _by_category(lines, locale),
    )


@allow(Role.ANYONE)
async def show_service(request: Request) -> Response:
    """One service, before it is started."""
    portal, locale = portal_of(request), locale_of(request)
    day = today(portal.now())
    key = request.path_params["service"]
    published = await portal.database.look(catalogue.published)
    service = next((one.service for one in published if one.service.key == key), None)
    if service is None:
        raise NotFound
    return page(
        request,
        "public/service.html",
        service=service,
        start=address(request, "citizen:start", locale.code, service=key),
        cost=cost_words(service, day, locale),
        bands=fee_bands(service, day, locale),
        window=window_words(service, day, locale),
        is_open=may_start(service, day, is_demo=portal.settings.env != "production"),
        time=time_words(service.time_limit, locale),
        sources=fee_sources(service, locale),
    )


def _lines(request: Request, services: Iterable[Service]) -> tuple[ServiceLine, ...]:
    locale, day = locale_of(request), today(portal_of(request).now())
    return tuple(
        ServiceLine(
            service,
            address(request, "public:service", locale.code, service=service.key),
            cost_words(service, day, locale),
            time_words(service.time_limit, locale),
        )
        for service in services
    )


def _by_category(lines: tuple[ServiceLine, ...], locale: Locale) -> list[Category]:
    known = {key: tuple(line for line in lines if line.service.category == key) for key in CATEGORIES}
    return [Category(locale.say(CATEGORIES[key]), services) for key, services in known.items() if services]


def _ranked(lines: tuple[ServiceLine, ...], locale: Locale) -> list[Category]:
    return [Category(locale.gettext("What fits best"), lines)] if lines else []


def _found_words(count: int, query: str, locale: Locale) -> str:
    if not query:
        return locale.say(
            nlazy(
                "{n} service. You need no account to apply.",
                "{n} services. You need no account to apply.",
                count,
            )
        )
    if not count:
        return locale.gettext("Nothing found. Try other words, or look at all services.")
    return locale.say(nlazy("{n} service found", "{n} services found", count))
