"""The same page in fewer bytes, for every browser in the coding it takes."""

from __future__ import annotations

import gzip

import brotli
import pytest

from tests.web.applicant import Applicant
from tests.web.reading import path_of
from tests.web.served import SERVICE, Served

PAGES = ["/bn/", "/bn/about", f"/en/services/{SERVICE}", "/bn/nowhere", "/sitemap.xml", "/favicon.svg"]
TAKES = {
    "br": "br",
    "gzip": "gzip",
    "gzip, deflate, br": "br",
    "gzip, deflate, br, zstd": "br",
    "br;q=0, gzip;q=0.5": "gzip",
    "br;q=0.0, gzip; q=0": "",
    "br;q=0.001": "br",
    "BR": "br",
    "identity": "",
    "": "",
    "deflate": "",
    "brotli, xgzip": "",
    "*;q=0": "",
}


def raw(served: Served, path: str, takes: str, method: str = "GET") -> tuple[bytes, dict[str, str]]:
    """The bytes as they went over the line, and the headers."""
    browser = served.browser(checked=False)
    with browser.stream(method, path, headers={"accept-encoding": takes}) as answer:
        return b"".join(answer.iter_raw()), dict(answer.headers)


def opened(body: bytes, coding: str) -> bytes:
    if coding == "br":
        return bytes(brotli.decompress(body))
    return gzip.decompress(body) if coding == "gzip" else body


@pytest.mark.parametrize("path", PAGES)
def test_every_coding_holds_the_same_page(served: Served, path: str) -> None:
    plain, _ = raw(served, path, "identity")
    for takes, coding in TAKES.items():
        body, headers = raw(served, path, takes)
        is_small = len(plain) < 400
        assert headers.get("content-encoding", "") == ("" if is_small else coding), takes
        assert opened(body, headers.get("content-encoding", "")) == plain
        assert int(headers["content-length"]) == len(body)
        assert "accept-encoding" in headers["vary"].lower(), takes


def test_compressed_pages_are_much_smaller(served: Served) -> None:
    plain, _ = raw(served, f"/bn/services/{SERVICE}", "identity")
    assert len(raw(served, f"/bn/services/{SERVICE}", "br")[0]) < len(plain) / 2.5
    assert len(raw(served, f"/bn/services/{SERVICE}", "gzip")[0]) < len(plain) / 2.5


@pytest.mark.parametrize("path", [*PAGES, "/healthz", "/robots.txt"])
@pytest.mark.parametrize("takes", ["br", "identity"])
def test_a_look_at_the_head_is_told_what_the_whole_would_say(served: Served, path: str, takes: str) -> None:
    _, whole = raw(served, path, takes)
    _, head = raw(served, path, takes, "HEAD")
    changing = {"x-request-id", "date"}
    assert {k: v for k, v in head.items() if k not in changing} == {
        k: v for k, v in whole.items() if k not in changing
    }


def test_a_personal_page_looks_the_same_at_its_head(served: Served) -> None:
    person = Applicant(served.browser()).starts()
    head = person.browser.head(person.at("residence"))
    assert head.status_code == 200
    assert head.headers["content-length"] == person.opens("residence").headers["content-length"]
    assert person.browser.head(person.at("nid")).status_code == 404
    assert path_of(person.browser.head(person.at("holding-tax"))) == person.at("residence")


def test_what_is_packed_already_is_not_packed_again(served: Served) -> None:
    person = Applicant(served.browser()).starts().is_ready()
    pdf = person.browser.get(f"/bn/receipts/{person.sends()}.pdf", headers={"accept-encoding": "br"})
    assert "content-encoding" not in pdf.headers
    script = served.portal.renderer.scripts["htmx.js"]
    body, headers = raw(served, script, "br")
    assert headers["content-encoding"] == "br"
    assert b"htmx" in brotli.decompress(body)
