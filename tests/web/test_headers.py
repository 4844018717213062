"""What every answer carries, good or bad: no scripts from anywhere, no guessing, nothing about the server."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable

import httpx2
import pytest

from tests.web.applicant import Applicant
from tests.web.reading import page_of
from tests.web.served import SERVICE, Served
from tests.web.test_error_pages import broken

Serve = Callable[..., Served]


@pytest.fixture(scope="module")
def answers(served: Served) -> dict[str, httpx2.Response]:
    """One answer of every kind there is, by what it is."""
    broken(served)
    person = Applicant(served.browser(), "en").starts().is_ready()
    reference = person.sends()
    person.starts()
    browser = person.browser
    browser.follow_redirects = False
    asset = served.portal.renderer.scripts["htmx.js"]
    return {
        "a page": browser.get("/bn/"),
        "a question": person.opens("residence"),
        "a mistake": person.says("residence"),
        "a way on": person.says("residence", residence="union"),
        "the front door": browser.get("/"),
        "a slash too few": browser.get("/bn"),
        "a receipt": browser.get(f"/bn/receipts/{reference}"),
        "a PDF": browser.get(f"/bn/receipts/{reference}.pdf"),
        "a script": browser.get(asset),
        "health": browser.get("/healthz"),
        "the map": browser.get("/sitemap.xml"),
        "messages": browser.get("/_messages", headers={"accept": "application/json"}),
        "400": browser.post(person.at("residence"), content="a&" * 2000),
        "403": browser.post(person.at("residence"), headers={"sec-fetch-site": "cross-site"}),
        "404": browser.get("/bn/nowhere"),
        "405": browser.put("/bn/"),
        "413": person.says("residence", residence="x" * 70_000),
        "500": browser.get("/bn/broken"),
    }


def test_the_answers_are_the_ones_meant(answers: dict[str, httpx2.Response]) -> None:
    wrong = {
        name: one.status_code
        for name, one in answers.items()
        if name.isdigit() and name != str(one.status_code)
    }
    assert not wrong
    assert [answers[name].status_code for name in ("a page", "a mistake", "a way on")] == [200, 422, 303]


def test_no_browser_guesses_leaks_or_lends(answers: dict[str, httpx2.Response]) -> None:
    for name, answer in answers.items():
        assert answer.headers["x-content-type-options"] == "nosniff", name
        assert answer.headers["referrer-policy"] == "same-origin", name
        assert answer.headers["cross-origin-opener-policy"] == "same-origin", name
        assert answer.headers["cross-origin-resource-policy"] == "same-origin", name
        assert "camera=()" in answer.headers["permissions-policy"], name
        assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["x-request-id"]), name


def test_nothing_runs_that_we_did_not_write(answers: dict[str, httpx2.Response]) -> None:
    for name, answer in answers.items():
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'self'"), name
        assert "frame-ancestors 'none'" in policy, name
        assert not re.search(r"unsafe|\*|http:|data:|blob:", policy), name
        assert "script-src" not in policy or "script-src 'self'" in policy, name


def test_the_style_in_the_page_is_the_one_its_policy_names(answers: dict[str, httpx2.Response]) -> None:
    for name, answer in answers.items():
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        (style,) = page_of(answer).all("style")
        digest = base64.b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in answer.headers["content-security-policy"], name


def test_nobody_learns_what_the_server_is_made_of(answers: dict[str, httpx2.Response]) -> None:
    for name, answer in answers.items():
        told = {"server", "x-powered-by", "x-aspnet-version", "via"} & set(answer.headers)
        assert not told, name
        assert not re.search(r"starlette|uvicorn|python|jinja", str(answer.headers).lower()), name


def test_only_a_personal_answer_sets_a_cookie(answers: dict[str, httpx2.Response]) -> None:
    assert [name for name, one in answers.items() if "set-cookie" in one.headers] == []


def test_personal_answers_stay_in_the_persons_browser(answers: dict[str, httpx2.Response]) -> None:
    for name in ("a question", "a mistake", "a receipt", "404", "500"):
        assert answers[name].headers["cache-control"] == "private, no-cache", name
    assert answers["a PDF"].headers["cache-control"] == "no-store"
    assert "public" not in answers["messages"].headers.get("cache-control", "")


def test_over_plain_http_the_cookie_is_plain_and_nothing_forces_https(
    served: Served, answers: dict[str, httpx2.Response]
) -> None:
    assert not [name for name, one in answers.items() if "strict-transport-security" in one.headers]
    cookie = Applicant(served.browser()).browser.post(f"/bn/apply/{SERVICE}", follow_redirects=False)
    assert cookie.headers["set-cookie"].startswith("holder=")
    assert "httponly" in cookie.headers["set-cookie"].lower()
    assert "samesite=lax" in cookie.headers["set-cookie"].lower()


def test_over_https_the_cookie_is_bound_to_the_host_and_https_is_for_good(serve: Serve) -> None:
    served = serve(base_url="https://sheba.example.gov.bd")
    answer = served.first.post(f"/bn/apply/{SERVICE}", follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-holder=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=lax"):
        assert part in cookie
    assert "Domain" not in cookie
    for path in ("/bn/", "/bn/nowhere", "/healthz", "/"):
        answer = served.first.get(path, follow_redirects=False)
        assert answer.headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
    assert "__Host-holder" in served.first.get("/bn/cookies").text
    assert Applicant(served.first).starts().opens("residence").status_code == 200


def test_a_plain_cookie_opens_nothing_over_https(serve: Serve) -> None:
    served = serve(base_url="https://sheba.example.gov.bd")
    person = Applicant(served.first).starts()
    token = served.first.cookies["__Host-holder"]
    other = served.browser()
    other.cookies.set("holder", token)
    assert other.get(person.at("residence")).status_code == 404
