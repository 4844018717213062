"""Kamal knocks at every door: he gets a plain no, learns nothing, and the portal goes on."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.running import RunningPortal

pytestmark = pytest.mark.slow

SILENCE_SECONDS = 4
# What a page about a fault of ours, or a server that says too much, would contain.
GIVEAWAYS = (b"Traceback", b"sqlite", b"sqlalchemy", b"uvicorn", b"starlette", b"/portal/", b"site-packages")

PLAIN = b"GET /bn/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
BAD_REQUESTS = {
    "nonsense": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "no version": b"GET /bn/\r\n\r\n",
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n",
    "a NUL in the address": b"GET /bn/\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
    "an encoded NUL": b"GET /bn/services/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
    "climbing out": b"GET /static/../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
    "climbing out, encoded": b"GET /static/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\n\r\n",
    "climbing out, twice encoded": b"GET /static/%252e%252e%252fetc HTTP/1.1\r\nHost: x\r\n\r\n",
    "bytes that are no text": b"GET /bn/services/%ff%fe%fd HTTP/1.1\r\nHost: x\r\n\r\n",
    "a lone surrogate": b"GET /bn/services?q=%ED%A0%80 HTTP/1.1\r\nHost: x\r\n\r\n",
    "a very long address": b"GET /bn/" + b"a" * 60_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "a very long header": b"GET /bn/ HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 70_000 + b"\r\n\r\n",
    "a thousand headers": b"GET /bn/ HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * 1_000 + b"\r\n",
    "a header split": b"GET /bn/ HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c: d\r\n\r\n",
    "two lengths": b"POST /bn/track HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
    b"Content-Length: 6\r\n\r\nhello",
    "length and chunks": b"POST /bn/track HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /bn/ HTTP/1.1\r\n\r\n",
    "a negative length": b"POST /bn/track HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "a bad chunk": b"POST /bn/track HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    "another method": b"PROPFIND /bn/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "another host": b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "a forwarded host": b"GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-Host: evil.example\r\n\r\n",
    "broken multipart": b"POST /bn/track HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n"
    b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 30\r\n\r\n"
    b"--x\r\nContent-Disposition: nonsen",
    "a form of broken escapes": b"POST /bn/track HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n"
    + FORM
    + b"Content-Length: 24\r\n\r\nreference=%zz%&mobile=%C0",
    "another site's form": b"POST /bn/track HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n"
    b"Sec-Fetch-Site: cross-site\r\n" + FORM + b"Content-Length: 11\r\n\r\nreference=x",
    "a spoilt cookie": b'GET /bn/my HTTP/1.1\r\nHost: x\r\nCookie: holder="\\"; \xff=\xfe; =; a\r\n\r\n',
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[RunningPortal]:
    with RunningPortal(tmp_path_factory.mktemp("attacked")) as running:
        yield running


def sent(portal: RunningPortal, request: bytes) -> bytes:
    """What comes back until the portal closes or has nothing more to say."""
    port = int(portal.base_url.rpartition(":")[2])
    answer = bytearray()
    with socket.create_connection(("127.0.0.1", port), timeout=SILENCE_SECONDS) as connection:
        with suppress(ConnectionError, TimeoutError):
            connection.sendall(request)
        with suppress(ConnectionError, TimeoutError):
            while piece := connection.recv(65536):
                answer += piece
                connection.settimeout(1)
    return bytes(answer)


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


@pytest.mark.parametrize("request_bytes", BAD_REQUESTS.values(), ids=BAD_REQUESTS.keys())
def test_a_hostile_request_is_refused_and_tells_nothing(portal: RunningPortal, request_bytes: bytes) -> None:
    answer = sent(portal, request_bytes)
    assert status(answer) < 500
    assert [giveaway for giveaway in GIVEAWAYS if giveaway in answer.lower()] == []
    assert b"evil.example" not in answer
    assert b"root:x:" not in answer


def test_a_body_too_large_is_refused_without_being_read(portal: RunningPortal) -> None:
    head = b"POST /bn/track HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n" + FORM
    assert status(sent(portal, head + b"Content-Length: 900000000\r\n\r\n" + b"a=" * 1_000)) == 413


def test_a_body_that_hides_its_size_is_refused_too(portal: RunningPortal) -> None:
    head = b"POST /bn/track HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n" + FORM
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    assert status(sent(portal, head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 40)) in (0, 413)


def test_many_who_never_finish_do_not_keep_others_waiting(portal: RunningPortal) -> None:
    port = int(portal.base_url.rpartition(":")[2])
    half = b"POST /bn/track HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"
    with ExitStack() as slow:
        for _ in range(100):
            connection = slow.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection.sendall(half)
        asked = time.monotonic()
        assert status(sent(portal, PLAIN)) == 200
        assert time.monotonic() - asked < SILENCE_SECONDS


def test_developer_pages_and_servers_say_nothing_about_themselves(portal: RunningPortal) -> None:
    answer = sent(portal, PLAIN).lower()
    assert b"\r\nserver:" not in answer
    assert b"x-powered-by" not in answer


def test_after_all_that_the_portal_still_serves_and_logged_no_fault(portal: RunningPortal) -> None:
    assert status(sent(portal, PLAIN)) == 200
    assert portal.children["portal"].poll() is None
    log = (portal.folder / "logs" / "portal.log").read_text()
    assert "Traceback" not in log
    assert "ERROR" not in log
