"""A person's values arrive through the exchange, or nothing does; the page never waits longer than agreed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import httpx2
import pytest

from portal.interop.asking import Ask, Found, NoMatch, Unavailable
from portal.settings import Settings
from tests.interop.conftest import NOW, Desk
from tests.interop.recorder import recording


def test_rahima_is_found_with_what_was_asked_and_where_it_came_from(
    exchange: httpx2.Client, desk: Desk, ask: Ask
) -> None:
    found = desk.do(lambda broker: broker.fetch(ask))
    assert isinstance(found, Found)
    assert found.values == {
        "name_bn": "মোছাঃ রহিমা খাতুন",
        "name_en": "Rahima Khatun",
        "sex": "female",
        "address": {
            "division": "45",
            "district": "4589",
            "upazila": "4589-460",
            "union": "4589-460-4232",
            "landmark": "গ্রাম: কাশবন পাড়া, বটতলার পাশে",
        },
    }
    assert found.provenance.service == "nid/verify"
    assert found.provenance.fetched_at == NOW
    assert found.provenance.message_id != found.provenance.request_id
    assert len(found.provenance.request_hash) == 88


@pytest.mark.parametrize(
    "subject",
    [
        {"nid": "0012345601", "date_of_birth": "1963-10-25"},
        {"nid": "0099999999", "date_of_birth": "1963-10-24"},
    ],
)
def test_a_number_and_birth_date_that_do_not_belong_together_are_no_match(
    exchange: httpx2.Client, desk: Desk, ask: Ask, subject: dict[str, str]
) -> None:
    assert isinstance(desk.do(lambda broker: broker.fetch(replace(ask, subject=subject))), NoMatch)


VERDICTS = {
    "refuse": ("server.clientproxy.network_error", "transient"),
    "old-dialect": ("Server.ClientProxy.NetworkError", "transient"),
    "outdated": ("server.clientproxy.global_conf_outdated", "transient"),
    "maintenance": ("server.serverproxy.service_disabled", "planned"),
    "access_denied": ("server.serverproxy.access_denied", "configuration"),
    "http500": ("provider.500", "transient"),
    "hang": ("portal.deadline", "transient"),
    "slow:3": ("portal.deadline", "transient"),
    "drip": ("portal.deadline", "transient"),
    "cut": ("portal.connection_lost", "transient"),
    "nonsense": ("portal.not_json", "integrity"),
    "xml": ("portal.not_json", "integrity"),
    "redirect": ("provider.302", "integrity"),
    "wrong-id": ("portal.wrong_echo", "integrity"),
    "wrong-hash": ("portal.wrong_hash", "integrity"),
    "wrong-person": ("portal.wrong_person", "integrity"),
    "big": ("portal.unreadable_body", "integrity"),
    "gzip-bomb": ("portal.unreadable_body", "integrity"),
}


@pytest.mark.parametrize("fault", VERDICTS)
def test_whatever_goes_wrong_is_named_in_time_and_shows_nothing(
    misbehave: Callable[[str], None], desk: Desk, ask: Ask, fault: str
) -> None:
    misbehave(fault)
    started = time.monotonic()
    outcome = desk.do(lambda broker: broker.fetch(ask))
    assert time.monotonic() - started < 2.5
    assert isinstance(outcome, Unavailable)
    assert (outcome.code, outcome.kind) == VERDICTS[fault]
    assert outcome.support_reference
    assert outcome.attempts == 1, "a POST is never sent twice"
    assert not outcome.ambiguous


def test_a_slow_registry_within_its_time_is_waited_for(
    misbehave: Callable[[str], None], desk: Desk, ask: Ask
) -> None:
    misbehave("slow:0.3")
    assert isinstance(desk.do(lambda broker: broker.fetch(ask)), Found)


def test_what_was_not_asked_for_is_dropped_however_often_it_is_sent(
    misbehave: Callable[[str], None], desk: Desk, ask: Ask
) -> None:
    misbehave("undeclared")
    found = desk.do(lambda broker: broker.fetch(replace(ask, fields=("name_bn",))))
    assert isinstance(found, Found)
    assert set(found.values) == {"name_bn"}


@pytest.mark.slow
def test_a_page_waits_six_seconds_for_a_hanging_registry_and_no_longer(
    misbehave: Callable[[str], None], settings: Settings, ask: Ask
) -> None:
    misbehave("hang")
    started = time.monotonic()
    outcome = Desk(settings, patient=True).do(lambda broker: broker.fetch(ask))
    assert 5.5 < time.monotonic() - started < 7
    assert isinstance(outcome, Unavailable)


def test_no_security_server_at_all_is_known_at_once(desk: Desk, ask: Ask) -> None:
    outcome = desk.do(lambda broker: broker.fetch(ask))
    assert isinstance(outcome, Unavailable)
    assert (outcome.code, outcome.kind) == ("portal.connect_failed", "transient")


@pytest.mark.parametrize(
    ("says", "code"),
    [
        (None, "portal.deadline"),
        (b"", "portal.connection_lost"),
        (b"SSH-2.0-OpenSSH\r\n", "portal.connection_lost"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
            "portal.wrong_echo",
        ),
        (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", "provider.502"),
        (
            b"HTTP/1.1 500 No\r\nX-Road-Error: \xff<script>\r\nContent-Length: 0\r\n\r\n",
            "portal.unreadable_fault",
        ),
        (
            b"HTTP/1.1 500 No\r\nContent-Length: 3\r\nContent-Encoding: br\r\n\r\nabc",
            "portal.unreadable_body",
        ),
    ],
)
def test_whoever_answers_in_the_exchanges_place_is_not_believed(
    settings: Settings, ask: Ask, says: bytes | None, code: str
) -> None:
    with recording(says) as recorder:
        desk = Desk(replace(settings, exchange_url=recorder.address))
        outcome = desk.do(lambda broker: broker.fetch(ask))
    assert isinstance(outcome, Unavailable)
    assert outcome.code == code


def test_a_request_names_us_our_reference_and_never_the_person_in_its_address(
    settings: Settings, ask: Ask
) -> None:
    with recording(b"") as recorder:
        Desk(replace(settings, exchange_url=recorder.address)).do(lambda broker: broker.fetch(ask))
    head, _, body = recorder.heard[0].decode().partition("\r\n\r\n")
    assert head.startswith("POST /r1/DEMO/GOV/EC/nid/verify HTTP/1.1\r\n")
    assert "x-road-client: DEMO/GOV/PORTAL/citizen-portal\r\n" in head
    assert "x-road-issue: draft-1\r\n" in head
    assert "x-road-userid: BDholder-1\r\n" in head
    assert "user-agent" not in head.lower()
    assert "cookie" not in head.lower()
    assert "0012345601" not in head
    assert '"subject_nid": "0012345601"' in body


REFUSED = {
    "no consent": {"consent_id": ""},
    "consent to another revision": {"consent_revision": "another"},
    "a field beyond the agreement": {"fields": ("name_bn", "blood_group")},
    "another purpose": {"purpose": "curiosity"},
    "a service we do not know": {"service": "land/khatian"},
    "half a subject": {"subject": {"nid": "0012345601"}},
}


@pytest.mark.parametrize("why", REFUSED)
def test_without_agreement_and_consent_nobody_is_asked(settings: Settings, ask: Ask, why: str) -> None:
    with recording(b"") as recorder:
        desk = Desk(replace(settings, exchange_url=recorder.address))
        outcome = desk.do(lambda broker: broker.fetch(replace(ask, **REFUSED[why])))  # type: ignore[arg-type]
    assert recorder.heard == []
    assert isinstance(outcome, Unavailable)
    assert outcome.kind in ("configuration", "ours")
    assert outcome.message_id == ""


def test_an_agreement_that_has_run_out_is_noticed_at_the_moment_of_sending(
    settings: Settings, ask: Ask
) -> None:
    over = replace(ask.agreement, valid_until=date(2026, 11, 21))
    late = replace(ask, agreement=over, consent_revision=over.revision)
    with recording(b"") as recorder:
        desk = Desk(replace(settings, exchange_url=recorder.address))
        outcome = desk.do(lambda broker: broker.fetch(late))
    assert recorder.heard == []
    assert isinstance(outcome, Unavailable)
    assert outcome.code == "portal.agreement_not_in_force"


@pytest.mark.parametrize("fault", ["none", "wrong-person", "cut", "hang"])
def test_neither_number_nor_birth_date_nor_name_reaches_a_log(
    misbehave: Callable[[str], None], desk: Desk, ask: Ask, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    misbehave(fault)
    with caplog.at_level(logging.DEBUG):
        outcome = desk.do(lambda broker: broker.fetch(ask))
    assert "service=nid/verify" in caplog.text
    written = caplog.text + repr(outcome) + repr(ask)
    for personal in ("0012345601", "1963", "Rahima", "রহিমা"):
        assert personal not in written
