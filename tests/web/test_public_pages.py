"""The pages open to all: there in both languages, cacheable, and the same place after switching."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from portal.web.routes import PUBLIC
from tests.checked_client import CheckedClient
from tests.web.reading import heading, links_in, page_of, path_of, title
from tests.web.served import LOCALES, SERVICE, Served
from tests.web.words import say

PATHS = [route.path.replace("{service}", SERVICE) for route in PUBLIC]
# What a person may have in the address bar besides the place.
QUERIES = {"/services": "?q=passport", "/verify": "?r=BD-2222-2222&s=abc"}


@pytest.mark.parametrize("path", PATHS)
def test_it_is_there_for_everybody_and_may_be_kept(visitor: CheckedClient, locale: str, path: str) -> None:
    answer = visitor.get(f"/{locale}{path}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert "set-cookie" not in answer.headers
    assert page_of(answer).root.get("lang") == locale


@pytest.mark.parametrize("path", PATHS)
def test_a_person_with_a_cookie_gets_the_same_page(served: Served, path: str) -> None:
    somebody = served.browser()
    somebody.cookies.set("holder", "h" * 43)
    anybody = served.browser().get(f"/bn{path}")
    assert somebody.get(f"/bn{path}").text == anybody.text


@pytest.mark.parametrize("path", PATHS)
def test_its_twins_name_each_other(visitor: CheckedClient, served: Served, path: str) -> None:
    named = {}
    for locale in LOCALES:
        answer = visitor.get(f"/{locale}{path}")
        twins = {one.get("hreflang"): one.get("href") for one in links_in(answer, "link", rel="alternate")}
        named[locale] = twins
        assert twins == {code: f"{served.settings.base_url}/{code}{path}" for code in LOCALES}
    assert named["bn"] == named["en"]


@pytest.mark.parametrize("path", PATHS)
def test_switching_the_language_keeps_the_place(visitor: CheckedClient, path: str) -> None:
    there = f"/bn{path}{QUERIES.get(path, '')}"
    (switch,) = links_in(visitor.get(there), "a", hreflang="en")
    assert switch.get("href") == there.replace("/bn", "/en", 1)
    assert switch.get("lang") == "en"
    answer = visitor.get(switch.get("href", ""))
    assert answer.status_code == 200
    (back,) = links_in(answer, "a", hreflang="bn")
    assert back.get("href") == there


def test_pages_differ_in_their_titles(visitor: CheckedClient, locale: str) -> None:
    titles = [title(visitor.get(f"/{locale}{path}")) for path in PATHS]
    assert len(set(titles)) == len(PATHS)
    name = "সহজ সেবা" if locale == "bn" else "Shohoj Sheba"
    assert all(one.endswith(name) for one in titles)


@pytest.mark.parametrize("wish", ["en-US,en;q=0.9", "bn", "fr", "", "*"])
def test_the_front_door_is_bangla_whatever_the_phone_says(visitor: CheckedClient, wish: str) -> None:
    answer = visitor.get("/", headers={"accept-language": wish})
    assert path_of(answer) == "/bn/"
    assert answer.history[0].status_code == 302


@pytest.mark.parametrize("language", ["fr", "ccp", "bn-x-easy", "en-US"])
def test_a_language_nobody_here_speaks_is_not_there_in_bangla(served: Served, language: str) -> None:
    for place in ("", "services", "my", f"apply/{SERVICE}"):
        answer = served.browser(checked=False).get(f"/{language}/{place}")
        assert answer.status_code == 404
        assert page_of(answer).root.get("lang") == "bn"
        assert heading(answer) == say("bn", "This page is not here")


@pytest.mark.parametrize(
    ("typed", "meant"), [("/bn", "/bn/"), ("/en", "/en/"), ("/bn/services/", "/bn/services")]
)
def test_a_slash_too_many_or_too_few_does_no_harm(visitor: CheckedClient, typed: str, meant: str) -> None:
    assert path_of(visitor.get(typed)) == meant


def test_every_link_of_every_public_page_leads_somewhere(visitor: CheckedClient, locale: str) -> None:
    seen: set[str] = set()
    for path in PATHS:
        page = page_of(visitor.get(f"/{locale}{path}"))
        seen |= {link.get("href", "").partition("#")[0] for link in page.all("a")}
    inside = {address for address in seen if address and not urlsplit(address).scheme}
    assert len(inside) >= len(PATHS)
    dead = [address for address in sorted(inside) if visitor.get(address).status_code != 200]
    assert not dead


def test_the_cookie_page_names_the_cookie_there_is(visitor: CheckedClient, locale: str) -> None:
    assert "holder" in visitor.get(f"/{locale}/cookies").text


def test_a_demonstration_says_so_and_production_does_not(
    visitor: CheckedClient, serve: Callable[..., Served], locale: str
) -> None:
    words = say(locale, "DEMO: the people and registries behind this site are invented.")
    assert words in visitor.get(f"/{locale}/").text
    keys = serve().settings.data / "keys" / "keyring.json"
    assert words not in serve(env="production", keys=keys).first.get(f"/{locale}/").text
