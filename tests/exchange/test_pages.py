"""The office's desk and the switchboard work as plain pages, in Bangla and English, without any script."""

from __future__ import annotations

import re

import httpx2
import pytest
from html5lib import HTMLParser

from tests.exchange.letters import APPLICATIONS, handover, headers

CASE = f"/_intake/{handover()['reference']}"


@pytest.fixture
def desk(exchange: httpx2.Client) -> httpx2.Client:
    """A stand-in that has Rahima's application."""
    letter = handover()
    key = headers(idempotency_key=str(letter["submission_id"]))
    assert exchange.post(APPLICATIONS, json=letter, headers=key).status_code == 201
    return exchange


@pytest.mark.parametrize("lang", ["bn", "en"])
@pytest.mark.parametrize("path", ["/_intake", CASE, "/_intake/BD-0000-0000", "/_faults"])
def test_every_page_is_whole_and_says_demo(desk: httpx2.Client, path: str, lang: str) -> None:
    page = desk.get(path, params={"lang": lang})
    HTMLParser(strict=True).parse(page.text)
    assert f'<html lang="{lang}">' in page.text
    assert page.text.count("<h1") == 1
    assert ">DEMO<" in page.text
    ids = re.findall(r'\bid="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
    for control in re.findall(r'<(?:textarea|select|input)[^>]*\bid="([^"]+)"', page.text):
        assert f'<label for="{control}"' in page.text
    assert "<script" not in page.text
    assert " style=" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_what_people_wrote_is_shown_as_text(desk: httpx2.Client) -> None:
    page = desk.get(CASE).text
    assert "<b>চাকরি</b>" not in page
    assert "&lt;b&gt;চাকরি&lt;/b&gt;" in page
    assert "চরঅষ্টধর, নকলা, শেরপুর, ময়মনসিংহ" in page
    assert "২২-১১-২০২৬, ১০:৩০" in page


def test_words_in_another_language_carry_it(desk: httpx2.Client) -> None:
    page = desk.get(CASE, params={"lang": "en"}).text
    assert '<span lang="bn">মোছাঃ রহিমা খাতুন</span>' in page
    assert '<dt lang="bn">কেন দরকার</dt>' in page


def test_the_officer_approves_with_a_button(desk: httpx2.Client) -> None:
    answer = desk.post(CASE, data={"decision": "approved", "reason": ""})
    assert answer.status_code == 303
    assert "অনুমোদিত" in desk.get(answer.headers["location"]).text


def test_a_reason_is_shown_in_its_own_language(desk: httpx2.Client) -> None:
    desk.post(CASE, data={"decision": "refused", "reason": "কর বাকি আছে।"})
    assert '<dd lang="bn">কর বাকি আছে।</dd>' in desk.get(CASE, params={"lang": "en"}).text
    assert "<dd>কর বাকি আছে।</dd>" in desk.get(CASE).text


def test_refusing_without_a_reason_shows_what_is_missing_and_keeps_the_page(desk: httpx2.Client) -> None:
    answer = desk.post(CASE, params={"lang": "en"}, data={"decision": "refused"})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert '<a href="#reason">Write what to tell the applicant</a>' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_too_long_a_reason_is_kept_for_shortening(desk: httpx2.Client) -> None:
    answer = desk.post(CASE, data={"decision": "refused", "reason": "ক" * 2001})
    assert answer.status_code == 422
    assert "ক" * 2001 in answer.text


def test_another_sites_page_cannot_decide(desk: httpx2.Client) -> None:
    foreign = {"sec-fetch-site": "cross-site"}
    assert desk.post(CASE, data={"decision": "approved"}, headers=foreign).status_code == 403
    assert desk.post("/_faults", data={"fault": "hang"}, headers=foreign).status_code == 403


def test_faults_are_set_and_shown_by_form_and_by_json(desk: httpx2.Client) -> None:
    as_json = {"accept": "application/json"}
    assert desk.post("/_faults", data={"service": "nid/verify", "fault": "slow:2.5"}).status_code == 303
    board = desk.get("/_faults", headers=as_json).json()
    assert board["faults"].pop("nid/verify") == "slow:2.5"
    assert "allowances/status" in board["faults"]
    assert set(board["faults"].values()) == {"none"}
    everything = desk.post("/_faults", json={"service": "*", "fault": "refuse"}).json()
    assert set(everything["faults"].values()) == {"refuse"}


@pytest.mark.parametrize("fault", ["", "explode", "slow", "slow:x", "slow:999", "hang:3"])
def test_a_fault_nobody_knows_changes_nothing(desk: httpx2.Client, fault: str) -> None:
    answer = desk.post("/_faults", data={"service": "nid/verify", "fault": fault})
    assert answer.status_code == 422
    assert set(desk.get("/_faults", headers={"accept": "application/json"}).json()["faults"].values()) == {
        "none"
    }
