"""Finding a service in one's own words, however they are spelled, with scripts or without."""

from __future__ import annotations

import pytest

from tests.checked_client import CheckedClient
from tests.web.reading import fields, links_in, main_words, page_of, title
from tests.web.served import SERVICE, Served
from tests.web.words import say

FINDS = [
    "নাগরিকত্ব সনদ",
    "নাগরিকত্ত সনদ",
    "নাগরীকত্ব",
    "চেয়ারম্যান সার্টিফিকেট",
    "চেয়ারম্যানের সনদ",
    "প্রত্যয়ন",
    "citizenship certificate",
    "citizen",
    "nagorikotto sonod",
    "nagorik sonod",
    "CHAIRMAN Certificate",
    "union parishad",
]
FINDS_NOTHING = ["উড়োজাহাজ", "quantum chromodynamics", "zzzzzz", "১২৩৪৫৬৭৮৯"]
HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE services; --",
    '" onfocus=alert(1) autofocus="',
    "\x00\x08",
    "%",
    "_",
    "*",
    "\\",
    "(((((",
    "ক" * 5_000,
    "a " * 3_000,
    "\u202eক\u202c",
    "😀",
    "{{7*7}}",
]


def look(visitor: CheckedClient, locale: str, query: str) -> list[str]:
    """The services found, by address."""
    answer = visitor.get(f"/{locale}/services", params={"q": query})
    assert answer.status_code == 200
    (found,) = links_in(answer, "div", id="found")
    return [one.get("href", "") for one in found.iter("a") if f"/{locale}/services/" in one.get("href", "")]


@pytest.mark.parametrize("query", FINDS)
def test_the_service_is_found(visitor: CheckedClient, locale: str, query: str) -> None:
    assert f"/{locale}/services/{SERVICE}" in look(visitor, locale, query)


@pytest.mark.parametrize("query", FINDS_NOTHING)
def test_what_is_not_there_is_said_with_a_way_on(visitor: CheckedClient, locale: str, query: str) -> None:
    answer = visitor.get(f"/{locale}/services", params={"q": query})
    assert look(visitor, locale, query) == []
    words = main_words(answer)
    assert say(locale, "Nothing found. Try other words, or look at all services.") in words
    assert say(locale, "See all services") in words
    assert fields(answer)["q"] == query


@pytest.mark.parametrize("query", ["", "   ", "\u200b"])
def test_an_empty_search_shows_everything(visitor: CheckedClient, locale: str, query: str) -> None:
    assert look(visitor, locale, query) == [f"/{locale}/services/{SERVICE}"]


def test_spaces_around_the_words_mean_nothing(visitor: CheckedClient) -> None:
    assert look(visitor, "en", "  citizenship   certificate ") == look(
        visitor, "en", "citizenship certificate"
    )


@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_search_is_only_words(served: Served, locale: str, query: str) -> None:
    # Unchecked: what was searched stands in the title, and looks like anything.
    answer = served.browser(checked=False).get(f"/{locale}/services", params={"q": query})
    assert answer.status_code == 200
    assert page_of(answer).parse_errors == []
    assert "<script>alert" not in answer.text
    assert len(answer.content) < 20_000
    assert not links_in(answer, "input", onfocus="alert(1)")


def test_the_title_and_the_field_say_what_was_searched(visitor: CheckedClient) -> None:
    answer = visitor.get("/en/services", params={"q": "passport <b>"})
    assert "passport <b>" in title(answer)
    assert fields(answer)["q"] == "passport <b>"


def test_scripts_come_only_where_they_help(visitor: CheckedClient, locale: str) -> None:
    for path, wanted in (
        ("services", 1),
        ("", 0),
        ("about", 0),
        (f"services/{SERVICE}", 0),
        ("track", 0),
        ("my", 0),
    ):
        answer = visitor.get(f"/{locale}/{path}")
        assert len(links_in(answer, "script")) == wanted, path
        assert ("script-src 'self'" in answer.headers["content-security-policy"]) == bool(wanted), path


def test_the_search_is_a_plain_form_that_scripts_only_quicken(visitor: CheckedClient, locale: str) -> None:
    for path in ("", "services"):
        (form,) = links_in(visitor.get(f"/{locale}/{path}"), "form", role="search")
        assert form.get("action") == f"/{locale}/services"
        assert form.get("method", "get") == "get"
        assert [one.get("name") for one in form.iter("input")] == ["q"]
    (form,) = links_in(visitor.get(f"/{locale}/services"), "form", role="search")
    answer = visitor.get(form.get("hx-get", ""), params={"q": "সনদ"}, headers={"hx-request": "true"})
    target = form.get("hx-select", "").removeprefix("#")
    assert target in page_of(answer).ids
    assert answer.text == visitor.get(f"/{locale}/services", params={"q": "সনদ"}).text
