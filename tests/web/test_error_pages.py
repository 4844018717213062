"""When something is missing, refused or broken: a page in the person's language, with a way on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.web.errors import TROUBLES
from portal.web.fields import LARGEST
from tests.checked_client import CheckedClient
from tests.web.applicant import Applicant
from tests.web.reading import heading, link_to, main_words, page_of, title
from tests.web.served import SERVICE, Served
from tests.web.words import say

Serve = Callable[..., Served]
# Whatever is in here tells a stranger how the portal is made, or a person nothing.
TECHNICAL = ("Traceback", "sqlite", "SELECT", ".py", "Exception", "KeyError", "RuntimeError", "None")


async def explode(_request: Request) -> Response:
    """What nobody foresaw."""
    raise RuntimeError("SELECT name FROM people")


def broken(served: Served) -> Served:
    """The same portal with an address in each language that breaks."""
    for locale in ("bn", "en"):
        served.app.router.routes.insert(0, Route(f"/{locale}/broken", explode))
    return served


def expect_trouble(answer: httpx2.Response, status: int, locale: str) -> None:
    trouble = TROUBLES[status]
    assert answer.status_code == status
    assert page_of(answer).root.get("lang") == locale
    assert heading(answer) == say(locale, trouble.heading)
    assert title(answer).startswith(heading(answer))
    words = main_words(answer)
    assert say(locale, trouble.words) in words
    assert say(locale, trouble.what_next) in words
    assert link_to(answer, say(locale, "Go to the first page")) == f"/{locale}/"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert not [sign for sign in TECHNICAL if sign in words]


def test_a_form_that_reached_us_broken(applicant: Applicant, locale: str) -> None:
    flood = "&".join(f"field{n}=x" for n in range(2000))
    answer = applicant.browser.post(applicant.at("residence"), content=flood)
    expect_trouble(answer, 400, locale)


def test_a_form_from_another_site(applicant: Applicant, locale: str) -> None:
    answer = applicant.browser.post(applicant.at("residence"), headers={"sec-fetch-site": "cross-site"})
    expect_trouble(answer, 403, locale)


def test_a_page_that_is_not_there(visitor: CheckedClient, locale: str) -> None:
    expect_trouble(visitor.get(f"/{locale}/nowhere"), 404, locale)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_page_used_in_a_way_it_does_not_work(visitor: CheckedClient, locale: str, method: str) -> None:
    answer = visitor.request(method, f"/{locale}/about")
    expect_trouble(answer, 405, locale)
    assert "GET" in answer.headers["allow"]


def test_more_than_anybody_writes(applicant: Applicant, locale: str) -> None:
    longest = "ক" * LARGEST
    expect_trouble(applicant.says("residence", residence=longest), 413, locale)
    assert applicant.opens("residence").status_code == 200


def test_more_than_anybody_writes_in_pieces_of_unknown_number(applicant: Applicant, locale: str) -> None:
    pieces = (b"residence=" + b"a" * 10_000 for _ in range(20))
    expect_trouble(applicant.browser.post(applicant.at("residence"), content=pieces), 413, locale)


@pytest.mark.parametrize("length", ["-1", "²", "1e9", "9" * 5000])
def test_a_length_that_is_no_number(applicant: Applicant, length: str) -> None:
    headers = [(b"content-length", length.encode("latin-1"))]
    answer = applicant.browser.post(applicant.at("residence"), content=b"", headers=headers)
    assert answer.status_code == 413


def test_too_many_tries_say_when_to_come_back(served: Served, locale: str) -> None:
    person = Applicant(
        served.browser(), locale, mobile=f"0171200000{len(locale) + (locale == 'en')}"
    ).starts()
    answers = [person.says("sign-in", mobile=person.mobile) for _ in range(6)]
    assert [one.status_code for one in answers[:5]] == [200] * 5
    expect_trouble(answers[5], 429, locale)
    assert 0 < int(answers[5].headers["retry-after"]) <= 3600


def test_what_nobody_foresaw(serve: Serve, locale: str) -> None:
    answer = broken(serve()).first.get(f"/{locale}/broken")
    expect_trouble(answer, 500, locale)
    assert answer.headers["x-request-id"] in main_words(answer)


def test_what_nobody_foresaw_without_a_database(serve: Serve, locale: str) -> None:
    served = broken(serve())
    lose_database(served, "folder")
    expect_trouble(served.first.get(f"/{locale}/broken"), 500, locale)


def test_the_error_page_itself_is_broken(serve: Serve, built: Path, tmp_path: Path) -> None:
    build = tmp_path / "build"
    shutil.copytree(built, build)
    assets = json.loads((build / "assets.json").read_text("utf-8"))
    del assets["bundles"]["page"]
    (build / "assets.json").write_text(json.dumps(assets))
    answer = serve(build=build).first.get("/bn/")
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/plain")
    assert "দুঃখিত" in answer.text
    assert "Something broke on our side" in answer.text


def lose_database(served: Served, how: str) -> None:
    """Take the database away from a portal that runs."""
    served.portal.database.close()
    file = served.settings.data / "portal.sqlite"
    for one in file.parent.glob("portal.sqlite*"):
        one.unlink()
    if how == "folder":
        shutil.rmtree(served.settings.data)
    elif how == "garbage":
        file.write_bytes(b"this was a database once " * 400)


@pytest.mark.parametrize(("how", "status"), [("file", 503), ("folder", 503), ("garbage", 500)])
def test_a_database_that_is_gone(serve: Serve, how: str, status: int) -> None:
    served = serve()
    person = Applicant(served.first).starts()
    lose_database(served, how)
    for locale in ("bn", "en"):
        person.locale = locale
        for answer in (
            person.browser.get(f"/{locale}/"),
            person.opens("residence"),
            person.says("residence", residence="union"),
            person.browser.submit(f"/{locale}/apply/{SERVICE}"),
        ):
            expect_trouble(answer, status, locale)
            assert status == 500 or int(answer.headers["retry-after"]) > 0
            assert answer.headers["x-request-id"] in main_words(answer)
        assert person.browser.get(f"/{locale}/about").status_code == 200
    assert person.browser.get("/readyz").status_code == status
    assert person.browser.get("/healthz").status_code == 200
