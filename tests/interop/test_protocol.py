"""The protocol's pure parts: addresses, the hash, and what each fault asks of us in both dialects."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.interop.ids import ServiceId
from portal.interop.protocol import (
    BadAddress,
    Fault,
    Message,
    build_target,
    classify,
    last_header,
    parse_fault,
    parse_target,
    request_hash,
    strip_headers,
)

SERVICE = ServiceId("DEMO", "GOV", "EC", "nid", "verify")
PREFIX = "/r1/DEMO/GOV/EC/nid/verify"


def test_every_piece_of_an_address_is_encoded_on_its_own() -> None:
    assert build_target(SERVICE) == PREFIX
    assert build_target(SERVICE, ("a/b", "ক")) == f"{PREFIX}/a%2Fb/%E0%A6%95"
    assert build_target(SERVICE, (), [("q", "a b&c"), ("r", "1+1")]) == f"{PREFIX}?q=a%20b%26c&r=1%2B1"


@given(st.text("abc /?&=+%ক", min_size=1, max_size=8))
def test_a_built_address_is_read_back(segment: str) -> None:
    address = parse_target(build_target(SERVICE, (segment,)))
    assert (address.service, address.path) == (SERVICE, "/" + segment)


@pytest.mark.parametrize(
    "target",
    [
        "/r1/DEMO/GOV/EC/nid",
        "/listClients",
        f"{PREFIX}/a/../b",
        f"{PREFIX}/%2e%2e",
        f"{PREFIX}/%zz",
        f"{PREFIX}/a b",
    ],
)
def test_an_address_that_means_something_else_is_refused(target: str) -> None:
    with pytest.raises(BadAddress):
        parse_target(target)


def _sha512(content: bytes) -> bytes:
    return hashlib.sha512(content).digest()


def test_the_hash_of_a_request_without_a_body() -> None:
    headers = [
        ("X-Road-Client", "DEMO/GOV/PORTAL"),
        ("Host", "x"),
        ("x-road-request-id", "mine"),
        ("Accept", "*/*"),
    ]
    block = f"GET\r\n{PREFIX}?a=1\r\nX-Road-Client:DEMO/GOV/PORTAL\r\nAccept:*/*\r\nx-road-request-id:77\r\n"
    message = Message("GET", f"{PREFIX}?a=1", headers)
    assert request_hash(message, "77") == base64.b64encode(_sha512(block.encode())).decode()
    generated = base64.b64encode(_sha512(f"{block}x-road-id:9\r\n".encode())).decode()
    assert request_hash(message, "77", "9") == generated


def test_the_hash_of_a_request_with_a_body() -> None:
    block = f"POST\r\n{PREFIX}\r\nx-road-request-id:77\r\n"
    whole = _sha512(_sha512(block.encode()) + _sha512(b"{}"))
    assert request_hash(Message("POST", PREFIX, [], b"{}"), "77") == base64.b64encode(whole).decode()


def test_headers_of_one_hop_are_dropped_whatever_their_case() -> None:
    headers = [
        ("Connection", "close"),
        ("TE", "x"),
        ("Cookie", "a"),
        ("X-Road-Request-Hash", "x"),
        ("Server", "y"),
    ]
    assert strip_headers(headers) == [("Cookie", "a")]


def test_the_last_of_several_headers_counts() -> None:
    headers = [("X-Road-Client", "one"), ("x-road-client", "two")]
    assert last_header(headers, "X-Road-Client") == "two"
    assert last_header(headers, "X-Road-Id") is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("Server.ClientProxy.NetworkError", "transient"),
        ("server.clientproxy.network_error", "transient"),
        ("Server.ClientProxy.IOError", "transient"),
        ("server.serverproxy.service_failed.http_error", "transient"),
        ("Server.ServerProxy.ServiceFailed.HttpError", "transient"),
        ("Server.ClientProxy.OutdatedGlobalConf", "transient"),
        ("server.clientproxy.global_conf_outdated", "transient"),
        ("server.serverproxy.mlog.timestamping_failed", "transient"),
        ("server.serverproxy.maintenance_mode", "planned"),
        ("Server.ServerProxy.ServiceDisabled", "planned"),
        ("Server.ServerProxy.AccessDenied", "configuration"),
        ("server.clientproxy.unknown_member", "configuration"),
        ("server.clientproxy.ssl_authentication_failed", "configuration"),
        ("Server.ClientProxy.SslAuthenticationFailed", "configuration"),
        ("client.bad_request", "ours"),
        ("Client.MissingHeader", "ours"),
        ("client.missing_body", "ours"),
        ("server.clientproxy.invalid_signature_value", "integrity"),
        ("Server.ClientProxy.CertValidation", "integrity"),
        # A missing signature is no mistake of ours.
        ("server.clientproxy.missing_signature", "integrity"),
        # Never retried, always looked into.
        ("server.clientproxy.something_new", "configuration"),
        ("", "configuration"),
    ],
)
def test_a_fault_code_says_what_to_do_in_both_dialects(code: str, kind: str) -> None:
    assert classify(code) == kind


def test_the_status_of_a_fault_tells_where_it_arose() -> None:
    assert Fault("server.clientproxy.network_error", "", "").status == 500
    assert Fault("Server.ClientProxy.NetworkError", "", "").status == 500
    assert Fault("client.bad_request", "", "").status == 400


@pytest.mark.parametrize(
    "body", [b"", b"<error/>", b"[]", b'"x"', b'{"type": 1}', b"{}", b"[" * 100_000, b"\xff"]
)
def test_what_is_no_fault_is_not_read_as_one(body: bytes) -> None:
    assert parse_fault(body) is None


def test_a_fault_is_read_back() -> None:
    fault = Fault("server.clientproxy.io_error", "Words", "detail")
    assert parse_fault(fault.body()) == fault
