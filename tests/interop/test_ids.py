"""Identifiers are read strictly and written so that they come back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.interop.ids import (
    BadIdentifier,
    ClientId,
    SecurityServerId,
    ServiceId,
    decode_part,
    encode_part,
    is_registered_form,
)

REGISTERED = "ABZabz019 '()+,-.=?"


@given(st.text(REGISTERED, min_size=1).filter(lambda part: part.strip() and ".." not in part))
def test_what_the_exchange_registers_survives_a_header(part: str) -> None:
    assert is_registered_form(part)
    assert decode_part(encode_part(part)) == part


@pytest.mark.parametrize("part", ["সহজ", "a/b", "a_b", ""])
def test_what_it_does_not_register_is_known(part: str) -> None:
    assert not is_registered_form(part)


def test_bangla_is_percent_encoded_utf_8() -> None:
    client = ClientId("DEMO", "GOV", "সেবা")
    assert client.encode() == "DEMO/GOV/%E0%A6%B8%E0%A7%87%E0%A6%AC%E0%A6%BE"
    assert ClientId.parse(client.encode()) == client


def test_a_plus_stays_a_plus() -> None:
    assert decode_part("a+b") == "a+b"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "%20",
        "a b",
        "a%",
        "a%g0",
        "%ff",
        "সেবা",
        "a%2Fb",
        "a%5Cb",
        "a%3Ab",
        "a%25b",
        "..",
        "a%00",
        "a%E2%80%8B",
    ],
)
def test_an_ambiguous_part_is_refused(written: str) -> None:
    with pytest.raises(BadIdentifier):
        decode_part(written)


def test_a_client_may_be_a_member_or_a_subsystem() -> None:
    assert ClientId.parse("DEMO/GOV/PORTAL").subsystem is None
    assert ClientId.parse(" DEMO/GOV/PORTAL/a%20b ").subsystem == "a b"


@pytest.mark.parametrize("written", ["DEMO/GOV", "DEMO/GOV/PORTAL/a/b", "DEMO//PORTAL", "/DEMO/GOV/PORTAL"])
def test_a_client_with_other_parts_is_refused(written: str) -> None:
    with pytest.raises(BadIdentifier):
        ClientId.parse(written)


def test_a_service_has_five_parts_and_a_server_four() -> None:
    service = ServiceId.parse("DEMO/GOV/EC/nid/verify")
    assert (service.key, service.encode()) == ("nid/verify", "DEMO/GOV/EC/nid/verify")
    assert SecurityServerId.parse("DEMO/GOV/EC/ss1").encode() == "DEMO/GOV/EC/ss1"
    with pytest.raises(BadIdentifier):
        ServiceId.parse("DEMO/GOV/EC/nid")
    with pytest.raises(BadIdentifier):
        SecurityServerId.parse("DEMO/GOV/EC/nid/ss1")
