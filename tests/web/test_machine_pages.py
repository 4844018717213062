"""What programs ask for: health, robots, the map of the site, keys, and where to report a weakness."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from portal.web.access import Role
from portal.web.routes import MACHINES
from tests.checked_client import CheckedClient
from tests.web.served import LOCALES, SERVICE, Served
from tests.web.test_routes import every, role_of

Serve = Callable[..., Served]
DEVELOPERS = ("/_messages", "/_components")


def test_it_says_that_it_lives_and_is_ready(visitor: CheckedClient) -> None:
    assert visitor.get("/healthz").text == "ok"
    assert visitor.get("/readyz").json() == {"ready": True}


def test_it_is_not_ready_before_a_service_is_published(
    serve: Serve, tmp_path_factory: pytest.TempPathFactory
) -> None:
    visitor = serve(services=tmp_path_factory.mktemp("no services")).first
    assert visitor.get("/readyz").status_code == 503
    assert visitor.get("/healthz").status_code == 200
    assert visitor.get("/bn/services").status_code == 200


def test_robots_are_kept_off_personal_pages_and_shown_the_map(visitor: CheckedClient) -> None:
    answer = visitor.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    for part in ("apply", "receipts", "track", "my"):
        assert f"Disallow: /*/{part}\n" in answer.text
    assert "Sitemap: http://testserver/sitemap.xml" in answer.text


def test_every_address_on_the_map_is_there_in_each_language(visitor: CheckedClient) -> None:
    answer = visitor.get("/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    root = ElementTree.fromstring(answer.content)
    places = [one.text or "" for one in root.findall("s:url/s:loc", space)]
    assert len(places) == len(set(places)) >= 2 * 10
    assert all(visitor.get(place).status_code == 200 for place in places)
    for code in LOCALES:
        assert f"http://testserver/{code}/services/{SERVICE}" in places
        assert f"http://testserver/{code}/" in places
    twins = [
        [link.get("href") for link in url.findall("x:link", space)] for url in root.findall("s:url", space)
    ]
    assert all(set(group) <= set(places) and len(group) == len(LOCALES) for group in twins)


@pytest.mark.parametrize("path", ["/favicon.svg", "/favicon.ico"])
def test_the_tab_has_a_drawing(visitor: CheckedClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert ElementTree.fromstring(answer.content).tag.endswith("svg")
    assert "max-age=86400" in answer.headers["cache-control"]


def test_a_finder_of_weaknesses_knows_where_to_go(visitor: CheckedClient) -> None:
    answer = visitor.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert visitor.get(fields["Contact"]).status_code == 200
    expires = datetime.fromisoformat(fields["Expires"])
    assert datetime.now(UTC) < expires < datetime.now(UTC) + timedelta(days=366)


def test_the_keys_for_checking_receipts_are_public_and_only_the_public_half(visitor: CheckedClient) -> None:
    keys = json.loads(visitor.get("/.well-known/portal-keys.json").text)["keys"]
    assert keys
    for key in keys:
        assert (key["kty"], key["crv"]) == ("OKP", "Ed25519")
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", key["x"])
        assert "d" not in key
    assert len({key["kid"] for key in keys}) == len(keys)


@pytest.mark.parametrize("env", ["rehearsal", "production"])
def test_developers_pages_are_for_development_only(serve: Serve, env: str) -> None:
    keys = serve().settings.data / "keys"
    visitor = serve(env=env, keys=keys / "keyring.json").first
    for wish in ("text/html", "application/json"):
        for path in DEVELOPERS:
            assert visitor.get(path, headers={"accept": wish}).status_code == 404


def test_developers_pages_are_for_this_machine_only(served: Served) -> None:
    passer_by = TestClient(served.app, client=("203.0.113.9", 40_000))
    passer_by.portal = served.first.portal
    for path in DEVELOPERS:
        assert passer_by.get(path).status_code == 404
        forwarded = {"x-forwarded-for": "127.0.0.1", "forwarded": "for=127.0.0.1"}
        assert passer_by.get(path, headers=forwarded).status_code == 404
        assert served.browser().get(path).status_code == 200


def test_developers_pages_are_never_kept_by_a_cache(visitor: CheckedClient) -> None:
    for path in DEVELOPERS:
        assert "public" not in visitor.get(path).headers["cache-control"]


def test_every_page_of_developers_is_among_these() -> None:
    found = {route.path for route in every(list(MACHINES)) if role_of(route) is Role.DEVELOPER}
    assert found == set(DEVELOPERS)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/favicon.svg"])
def test_programs_get_no_cookie_and_cannot_post(visitor: CheckedClient, path: str) -> None:
    assert "set-cookie" not in visitor.get(path).headers
    assert visitor.post(path).status_code == 405
