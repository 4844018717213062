"""The faults of one HTML page; the test client asks about every page it ever fetches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from accessibility.markup import Page, Visit
from tests.page_check import controls, language, safety, structure, weight
from tests.page_check.weight import Budget

__all__ = ["Budget", "Page", "Visit", "faults", "faults_of"]

_CHECKS = (*structure.CHECKS, *controls.CHECKS, *language.CHECKS, *safety.CHECKS)


def faults(
    html: str,
    *,
    url: str,
    locale: str | None = None,
    headers: Mapping[str, str] | None = None,
    budget: Budget | None = None,
) -> list[str]:
    """Every fault of a page, in words that name the element; an empty list is a good page.

    `url` is the address it was fetched from; `locale` the language of that address ("bn", "en"),
    by default its first path segment; `headers` those of the response, whose content security
    policy must allow each inline script and style; `budget` its limit in bytes.
    """
    return faults_of(Page(html, Visit(url, locale, dict(headers or {}))), budget)


def faults_of(page: Page, budget: Budget | None = None) -> list[str]:
    """The faults of a page that is parsed already."""
    return [f"{page.visit.path}: {fault}" for fault in _found(page, budget or Budget.of(page.visit.path))]


def _found(page: Page, budget: Budget) -> Iterator[str]:
    for check in _CHECKS:
        yield from check(page)
    yield from weight.over(page, budget)
