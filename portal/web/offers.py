"""What a service costs and takes, in words: one place, for lists, the service's page and receipts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from portal.forms.answers import Values
from portal.forms.definition import Service, TimeLimit
from portal.forms.terms import Sourced, Window, current_window
from portal.i18n.locale import Locale
from portal.i18n.messages import Message, lazy, nlazy
from portal.i18n.text import Text


@dataclass(frozen=True, slots=True)
class Band:
    """Who pays how much."""

    who: Text
    cost: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: the site's address and name, and when we last looked."""

    address: str
    name: str
    about: str


def cost_words(service: Service, day: date, locale: Locale) -> str:
    """Free, one price, or the range between offices; "ask the office" when nothing is known."""
    span = service.fee_range(day)
    if span is None:
        return locale.gettext("Ask the office")
    low, high = span
    if high == 0:
        return locale.gettext("Free")
    if low == high:
        return locale.money(low)
    if low == 0:
        return locale.say(lazy("Differs by office: free to {most}", most=locale.money(high)))
    return locale.say(
        lazy("Differs by office: {least} to {most}", least=locale.money(low), most=locale.money(high))
    )


def fee_words(service: Service, office: str, day: date, locale: Locale, values: Values | None = None) -> str:
    """What this office asks of these answers, where it is known; else the range."""
    fee = service.fee_at(office, day, values)
    if fee is None:
        return cost_words(service, day, locale)
    return locale.money(fee.amount) if fee.amount else locale.gettext("Free")


def time_words(limit: TimeLimit, locale: Locale) -> str:
    """The time limit as a length of time."""
    words = {
        "working_days": nlazy("{n} working day", "{n} working days", limit.value),
        "days": nlazy("{n} day", "{n} days", limit.value),
        "months": nlazy("{n} month", "{n} months", limit.value),
    }
    return locale.say(words[limit.unit])


def fee_bands(service: Service, day: date, locale: Locale) -> list[Band]:
    """What is asked of whom, where the fee has bands."""
    banded = [fee for fee in service.fees if fee.band is not None and fee.is_valid_on(day)]
    return [
        Band(fee.band, locale.money(fee.amount) if fee.amount else locale.gettext("Free"))
        for fee in banded
        if fee.band is not None
    ]


def window_words(service: Service, day: date, locale: Locale) -> str:
    """When applications are taken; "" where they always are."""
    if not service.windows and service.hard_close is None:
        return ""
    if not service.is_open_on(day):
        opens = service.opens_on(day)
        if opens is None:
            return locale.gettext("Applications are closed")
        return locale.say(lazy("Applications are closed. They open on {day}", day=opens))
    return locale.say(_open_words(current_window(service.windows, day)))


def _open_words(window: Window | None) -> Message:
    if window is not None and window.from_day and window.until_day:
        return lazy(
            "From day {first} to day {last} of each month", first=window.from_day, last=window.until_day
        )
    if window is not None and window.closes is not None:
        return lazy("Open now, until {day}", day=window.closes)
    return lazy("You can apply now")


def fee_sources(service: Service, locale: Locale) -> list[Source]:
    """Every source of the fees and the time limit, once each, with the latest day it was checked."""
    seen: dict[str, date] = {}
    facts: list[Sourced] = [*service.fees, service.time_limit, *service.time_limits]
    papers = [(one.source_url, one.verified_on) for one in service.documents]
    for url, day in [*((fact.source_url, fact.verified_on) for fact in facts), *papers]:
        if url is None or day is None:
            continue
        seen[url] = max(day, seen.get(url, day))
    return [
        Source(url, urlsplit(url).netloc, locale.say(lazy("Last checked on {day}.", day=day)))
        for url, day in seen.items()
    ]
