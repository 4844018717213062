"""The message gateway over HTTP: what it takes, and that trouble only means later."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx2
import pytest

from portal.worker import HttpGateway
from tests.looping import finish
from tests.running import free_ports


class _Desk(HTTPServer):
    """Keeps what it was sent and answers what it is told to."""

    answer = 200
    got: list[dict[str, str]]


class _Clerk(BaseHTTPRequestHandler):
    server: _Desk

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        self.server.got.append(json.loads(self.rfile.read(length)))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  its parent's word
        """Say nothing."""


@pytest.fixture
def desk() -> Iterator[_Desk]:
    server = _Desk(("127.0.0.1", 0), _Clerk)
    server.got = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def _sends(port: int) -> bool:
    async def send() -> bool:
        async with httpx2.AsyncClient(timeout=2, trust_env=False) as client:
            return await HttpGateway(f"http://127.0.0.1:{port}/sms", client).send("01712345678", "কোড 123456")

    return finish(send())


def test_a_message_arrives_with_number_and_words(desk: _Desk) -> None:
    assert _sends(desk.server_port)
    assert desk.got == [{"to": "01712345678", "text": "কোড 123456"}]


@pytest.mark.parametrize("answer", [302, 400, 500, 503])
def test_an_answer_that_is_not_yes_means_later(desk: _Desk, answer: int) -> None:
    desk.answer = answer
    assert not _sends(desk.server_port)


def test_a_gateway_that_is_not_there_means_later() -> None:
    [port] = free_ports(1)
    assert not _sends(port)
