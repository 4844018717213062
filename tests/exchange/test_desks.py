"""Every office has its own desk: what it takes, how it numbers, and what it may answer."""

from __future__ import annotations

import httpx2
import pytest

from portal.exchange.desks import DESKS
from portal.exchange.rights import OFFERS
from portal.interop.catalogue import load_catalogue
from tests.exchange.clock import Clock
from tests.exchange.letters import ALLOWANCE_APPLICATIONS, APPLICATIONS, handover, headers

UPAZILA = "4589-460"
REFERENCE = handover()["reference"]
LETTER = handover()


def address(key: str) -> str:
    desk = next(one for one in DESKS if one.key == key)
    return f"/r1/DEMO/GOV/{desk.member}/{key}/applications"


def send(exchange: httpx2.Client, where: str, **changes: object) -> httpx2.Response:
    letter = LETTER | changes
    key = headers(idempotency_key=str(letter["submission_id"]))
    return exchange.post(where, json=letter, headers=key)


def decide(exchange: httpx2.Client, **decision: object) -> httpx2.Response:
    return exchange.post(f"/_intake/{REFERENCE}", json=decision)


def test_everything_offered_is_in_the_portals_catalogue_and_called_as_allowed() -> None:
    catalogue = load_catalogue()
    assert {offer.key for offer in OFFERS} == set(catalogue)
    for offer in OFFERS:
        entry = catalogue[offer.key]
        assert (entry.member, entry.method in offer.methods) == (f"GOV/{offer.member}", True)


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("union-intake", "UP-460-2026-00001"),
        ("dss-intake", "SS-460-2026-00001"),
        ("dwa-intake", "WA-460-2026-00001"),
        ("bdris-intake", "BR-460-2026-00001"),
        ("grs-intake", "GR-460-2026-00001"),
    ],
)
def test_each_desk_takes_cases_under_numbers_of_its_own(
    exchange: httpx2.Client, key: str, number: str
) -> None:
    receipt = send(exchange, address(key), office=UPAZILA)
    assert (receipt.status_code, receipt.json()["case"]) == (201, number)


@pytest.mark.parametrize("key", ["dss-intake", "dwa-intake"])
@pytest.mark.parametrize("office", ["4589", "4589-460-4232", "9999"])
def test_an_upazila_office_is_none_of_another_level(exchange: httpx2.Client, key: str, office: str) -> None:
    assert send(exchange, address(key), office=office).status_code == 422


def test_one_submission_may_go_to_two_desks(exchange: httpx2.Client) -> None:
    assert send(exchange, APPLICATIONS).status_code == 201
    assert (
        exchange.get(f"{ALLOWANCE_APPLICATIONS}/{LETTER['submission_id']}", headers=headers()).status_code
        == 404
    )
    assert send(exchange, ALLOWANCE_APPLICATIONS, office=UPAZILA).status_code == 201


def test_an_allowance_may_wait_for_money_and_be_approved_later(exchange: httpx2.Client, clock: Clock) -> None:
    send(exchange, ALLOWANCE_APPLICATIONS, office=UPAZILA)
    waiting = decide(exchange, decision="waiting_for_allocation").json()
    assert (waiting["state"], waiting["document_number"]) == ("waiting_for_allocation", None)
    clock.wait(3600)
    assert decide(exchange, decision="approved").json()["state"] == "approved"


def test_a_certificate_does_not_wait_for_money(exchange: httpx2.Client) -> None:
    send(exchange, APPLICATIONS)
    assert decide(exchange, decision="waiting_for_allocation").status_code == 422
    assert "waiting_for_allocation" not in exchange.get(f"/_intake/{REFERENCE}").text


def test_the_office_names_the_questions_to_be_answered_again(exchange: httpx2.Client) -> None:
    send(exchange, APPLICATIONS)
    asking = {"decision": "needs_information", "reason": "নামটি মিলছে না।"}
    assert decide(exchange, **asking, questions=["blood_group"]).json() == {"error": "question_unknown"}
    assert decide(exchange, **asking, questions=["why", "name_bn"]).json()["questions"] == ["why", "name_bn"]
    standing = exchange.get(f"{APPLICATIONS}/{LETTER['submission_id']}", headers=headers()).json()
    assert standing["questions"] == ["why", "name_bn"]
    approved = decide(exchange, decision="approved", questions=["why"]).json()
    assert approved["questions"] == [], "nothing is left to answer"


def test_an_officer_ticks_the_questions_on_the_page(exchange: httpx2.Client) -> None:
    send(exchange, APPLICATIONS)
    form = {"decision": "needs_information", "reason": "কেন দরকার, লিখুন।", "questions": ["why"]}
    answer = exchange.post(f"/_intake/{REFERENCE}", data=form)
    assert answer.status_code == 303
    page = exchange.get(answer.headers["location"]).text
    assert "আবার যা জানাতে হবে" in page
    assert "<span>কেন দরকার</span>" in page


def test_what_the_officer_ticked_stays_when_the_reason_is_missing(exchange: httpx2.Client) -> None:
    send(exchange, APPLICATIONS)
    form = {"decision": "needs_information", "questions": ["why"]}
    page = exchange.post(f"/_intake/{REFERENCE}", data=form)
    assert page.status_code == 422
    assert 'value="why" checked' in page.text
    assert 'value="name_bn" checked' not in page.text
