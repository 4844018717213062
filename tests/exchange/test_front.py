"""The security server keeps the protocol: who may ask, how it must be written, what it vouches for."""

from __future__ import annotations

import base64
import hashlib
import socket
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from portal.exchange.faults import FaultBoard
from portal.exchange.front import Front
from portal.exchange.providers import Answer, Demand
from portal.exchange.rights import Right, Rights
from portal.interop.ids import ClientId, ServiceId
from tests.exchange.letters import APPLICATIONS, CLIENT, VERIFY, headers, question
from tests.exchange.serving import serving


def independent_hash(lines: list[str], body: bytes) -> str:
    """The protocol's request hash, written from its description and nothing else."""
    block = hashlib.sha512("".join(f"{line}\r\n" for line in lines).encode()).digest()
    if body:
        block = hashlib.sha512(block + hashlib.sha512(body).digest()).digest()
    return base64.b64encode(block).decode()


def raw_exchange(address: httpx2.URL | str, request: bytes) -> tuple[str, dict[str, str]]:
    """Bytes out, status line and headers back: no client library in between."""
    where = urlsplit(str(address))
    with socket.create_connection((where.hostname, where.port), timeout=10) as line:
        line.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += line.recv(65536)
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    pairs = (one.split(": ", 1) for one in head[1:])
    return head[0], {name.lower(): value for name, value in pairs}


def test_the_hash_covers_exactly_what_arrived(exchange: httpx2.Client) -> None:
    body = b'{"a": 1}'
    request = (
        f"POST {VERIFY}?x=%20a+b HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Road-Client:  {CLIENT}\r\n"
        "X-Road-Id: 42\r\nX-Road-Request-Id: mine\r\nX-Road-Request-Hash: mine\r\nUser-Agent: me\r\n"
        f"X-Road-Issue: BD-1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    _, answered = raw_exchange(exchange.base_url, request.encode() + body)
    assert str(uuid.UUID(answered["x-road-request-id"])) == answered["x-road-request-id"]
    lines = [
        "POST",
        f"{VERIFY}?x=%20a+b",
        f"x-road-client:{CLIENT}",
        "x-road-id:42",
        "x-road-issue:BD-1",
        "content-type:application/json",
        f"x-road-request-id:{answered['x-road-request-id']}",
    ]
    assert answered["x-road-request-hash"] == independent_hash(lines, body)


def test_a_message_without_an_id_gets_one_and_the_hash_covers_it(exchange: httpx2.Client) -> None:
    path = f"{APPLICATIONS}/nothing-here"
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nX-Road-Client: {CLIENT}\r\n\r\n"
    _, answered = raw_exchange(exchange.base_url, request.encode())
    assert answered["x-road-id"].startswith("DEMO-")
    lines = [
        "GET",
        path,
        f"x-road-client:{CLIENT}",
        f"x-road-request-id:{answered['x-road-request-id']}",
        f"x-road-id:{answered['x-road-id']}",
    ]
    assert answered["x-road-request-hash"] == independent_hash(lines, b"")


def test_an_answer_repeats_who_asked_whom_under_which_id(exchange: httpx2.Client) -> None:
    sent = headers(x_road_issue="BD-1")
    answer = exchange.post(VERIFY, json=question(), headers=sent)
    assert answer.status_code == 200
    assert answer.headers["x-road-id"] == sent["x-road-id"]
    assert answer.headers["x-road-client"] == CLIENT
    assert answer.headers["x-road-service"] == "DEMO/GOV/EC/nid/verify"
    assert "x-road-error" not in answer.headers


def test_the_last_of_several_clients_wins(exchange: httpx2.Client) -> None:
    both = [("x-road-client", "DEMO/GOV/STRANGER/one"), ("x-road-client", CLIENT), ("x-road-id", "1")]
    assert exchange.post(VERIFY, json=question(), headers=both).status_code == 200
    assert exchange.post(VERIFY, json=question(), headers=both[::-1]).status_code == 500


@pytest.mark.parametrize(
    ("client", "code", "status"),
    [
        (None, "client.missing_header", 400),
        ("DEMO/GOV", "client.invalid_client_identifier", 400),
        ("DEMO/GOV/%zz", "client.invalid_client_identifier", 400),
        ("DEMO/GOV//x", "client.invalid_client_identifier", 400),
        ("OTHER/GOV/PORTAL/citizen-portal", "server.clientproxy.unknown_member", 500),
        ("DEMO/GOV/PORTAL", "server.serverproxy.access_denied", 500),
        ("DEMO/GOV/STRANGER/portal", "server.serverproxy.access_denied", 500),
    ],
)
def test_a_stranger_is_told_why_not(
    exchange: httpx2.Client, client: str | None, code: str, status: int
) -> None:
    sent = {"x-road-client": client} if client else {}
    answer = exchange.post(VERIFY, json=question(), headers=sent)
    assert answer.status_code == status
    assert answer.headers["x-road-error"] == code
    fault = answer.json()
    assert set(fault) == {"type", "message", "detail"}
    assert fault["type"] == code
    assert str(uuid.UUID(fault["detail"])) == fault["detail"]


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("/r1/DEMO/GOV/EC/nid", "client.bad_request"),
        ("/r1/DEMO/GOV/EC//verify", "client.bad_request"),
        ("/r1/DEMO/GOV/EC/%zz/verify", "client.bad_request"),
        ("/r1/DEMO/GOV/EC/nid/verify/a/%2e%2e/b", "client.bad_request"),
        ("/r1/DEMO/GOV/EC/nid/verify/a%2F..%2Fb", "client.bad_request"),
        ("/r1/DEMO/GOV/EC/nid/unknown", "server.serverproxy.unknown_service"),
        ("/r1/OTHER/GOV/EC/nid/verify", "server.clientproxy.unknown_member"),
    ],
)
def test_an_address_that_is_no_service_is_a_fault(exchange: httpx2.Client, target: str, code: str) -> None:
    request = (
        f"POST {target} HTTP/1.1\r\nHost: localhost\r\nX-Road-Client: {CLIENT}\r\nContent-Length: 0\r\n\r\n"
    )
    _, answered = raw_exchange(exchange.base_url, request.encode())
    assert answered["x-road-error"] == code


def test_a_method_nobody_granted_is_denied(exchange: httpx2.Client) -> None:
    answer = exchange.request("DELETE", APPLICATIONS + "/1", headers=headers())
    assert answer.headers["x-road-error"] == "server.serverproxy.access_denied"
    answer = exchange.request("BREW", VERIFY, headers=headers())
    assert answer.headers["x-road-error"] == "client.invalid_http_method"


def test_the_providers_own_no_is_not_a_fault_of_the_exchange(exchange: httpx2.Client) -> None:
    answer = exchange.post(VERIFY, content=b"{}", headers=headers(content_type="application/json"))
    assert answer.status_code == 422
    assert "x-road-error" not in answer.headers
    assert answer.headers["x-road-service"] == "DEMO/GOV/EC/nid/verify"


def test_a_body_over_ten_mebibytes_is_refused(exchange: httpx2.Client) -> None:
    answer = exchange.post(VERIFY, content=b" " * (10 * 1024 * 1024 + 1), headers=headers())
    assert answer.headers["x-road-error"] == "client.invalid_request"


def test_another_sites_host_name_is_not_answered(exchange: httpx2.Client) -> None:
    assert exchange.get("/healthz", headers={"host": "evil.example"}).status_code == 400


@dataclass
class Listener:
    """A provider that writes down what reaches it and answers with headers that are not its to set."""

    heard: list[Demand] = field(default_factory=list)

    async def answer(self, demand: Demand) -> Answer:
        self.heard.append(demand)
        replaced = (("x-road-request-hash", "forged"), ("x-road-error", "forged"), ("server", "me"))
        return Answer(200, b"{}", (("content-type", "application/json"), ("x-mine", "1"), *replaced))


def test_headers_between_two_hops_stay_there() -> None:
    client, service = ClientId("DEMO", "GOV", "PORTAL", "a"), ServiceId("DEMO", "GOV", "X", "y", "z")
    rights = Rights((Right(client, service, frozenset({"POST"})),))
    listener = Listener()
    app = Starlette(
        routes=[Route("/r1/{rest:path}", Front("DEMO", rights, {service: listener}, FaultBoard(())))]
    )
    sent = {
        "x-road-client": client.encode(),
        "x-road-id": "1",
        "x-road-request-id": "mine",
        "user-agent": "me",
        "te": "trailers",
        "x-kept": "yes",
    }
    with serving(app) as address:
        answer = httpx2.post(
            f"{address}/r1/DEMO/GOV/X/y/z/a%20b", content=b"x", headers=sent, trust_env=False
        )
    (demand,) = listener.heard
    names = {name for name, _ in demand.headers}
    assert "x-kept" in names
    assert not names & {"host", "user-agent", "te", "connection", "content-length", "x-road-request-id"}
    assert demand.path == "/a b"
    assert answer.headers["x-mine"] == "1"
    assert "x-road-error" not in answer.headers
    assert answer.headers.get_list("x-road-request-hash") != ["forged"]
    assert answer.headers.get("server") != "me"
