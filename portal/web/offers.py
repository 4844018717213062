"""What a service costs and takes, in words: one place, for lists, the service's page and receipts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from portal.forms.definition import Service, TimeLimit
from portal.i18n.locale import Locale
from portal.i18n.messages import lazy, nlazy


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


def fee_words(service: Service, office: str, day: date, locale: Locale) -> str:
    """What this office asks, where it is known; else the range."""
    fee = service.fee_at(office, day)
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


def fee_sources(service: Service, locale: Locale) -> list[Source]:
    """Every source of the fees and the time limit, once each, with the latest day it was checked."""
    seen: dict[str, date] = {}
    facts = [(fee.source_url, fee.verified_on) for fee in service.fees]
    for url, day in [*facts, (service.time_limit.source_url, service.time_limit.verified_on)]:
        seen[url] = max(day, seen.get(url, day))
    return [
        Source(url, urlsplit(url).netloc, locale.say(lazy("Last checked on {day}.", day=day)))
        for url, day in seen.items()
    ]
