"""The office takes an application once, tells where it stands, and somebody can decide it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from tests.exchange.clock import Clock
from tests.exchange.letters import APPLICATIONS, handover, headers

ID = handover()["submission_id"]
REFERENCE = handover()["reference"]


def send(exchange: httpx2.Client, **changes: object) -> httpx2.Response:
    letter = handover() | changes
    key = headers(idempotency_key=str(letter["submission_id"]))
    return exchange.post(APPLICATIONS, json=letter, headers=key)


def standing(exchange: httpx2.Client) -> dict[str, object]:
    answer: dict[str, object] = exchange.get(f"{APPLICATIONS}/{ID}", headers=headers()).json()
    return answer


def decide(exchange: httpx2.Client, **decision: str) -> httpx2.Response:
    return exchange.post(f"/_intake/{REFERENCE}", json=decision)


def test_an_application_sent_twice_is_one_case(exchange: httpx2.Client) -> None:
    first, again = send(exchange), send(exchange)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["submission_id"] == ID


def test_twenty_copies_at_the_same_moment_are_one_case(exchange: httpx2.Client) -> None:
    with ThreadPoolExecutor(8) as together:
        answers = list(together.map(lambda _: send(exchange), range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.json()["case"] for answer in answers}) == 1
    assert len(exchange.get("/_intake", headers={"accept": "application/json"}).json()["cases"]) == 1


def test_other_answers_under_a_known_id_are_a_conflict(exchange: httpx2.Client) -> None:
    send(exchange)
    assert send(exchange, service_key="something-else").status_code == 409


@pytest.mark.parametrize(
    ("change", "status"),
    [({"office": "9999"}, 422), ({"answers": "none"}, 422), ({"received_at": "2026-11-22T04:29:00"}, 422)],
)
def test_an_application_that_cannot_be_read_is_refused(
    exchange: httpx2.Client, change: dict[str, object], status: int
) -> None:
    assert send(exchange, **change).status_code == status


def test_an_application_without_its_idempotency_key_is_refused(exchange: httpx2.Client) -> None:
    assert exchange.post(APPLICATIONS, json=handover(), headers=headers()).status_code == 400


def test_an_application_nobody_sent_is_unknown(exchange: httpx2.Client) -> None:
    answer = exchange.get(f"{APPLICATIONS}/{ID}", headers=headers())
    assert answer.status_code == 404
    assert "x-road-error" not in answer.headers


def test_left_alone_it_is_opened_and_then_approved(exchange: httpx2.Client, clock: Clock) -> None:
    send(exchange)
    assert standing(exchange)["state"] == "received"
    clock.wait(0.5)
    assert standing(exchange)["state"] == "in_review"
    clock.wait(60)
    approved = standing(exchange)
    assert approved["state"] == "approved"
    assert approved["decided_at"] == "2026-11-22T04:30:01+00:00"
    assert approved["document_number"] == "4232/2026/00001"


def test_a_refusal_needs_a_reason_and_tells_it(exchange: httpx2.Client) -> None:
    send(exchange)
    assert decide(exchange, decision="refused").status_code == 422
    assert standing(exchange)["state"] == "received"
    assert decide(exchange, decision="refused", reason="হোল্ডিং কর বাকি আছে।").status_code == 200
    refused = standing(exchange)
    assert (refused["state"], refused["reason"]) == ("refused", {"bn": "হোল্ডিং কর বাকি আছে।"})
    assert refused["document_number"] is None


def test_what_is_decided_stays_decided(exchange: httpx2.Client, clock: Clock) -> None:
    send(exchange)
    decide(exchange, decision="refused", reason="Holding tax is not paid.")
    assert decide(exchange, decision="approved").status_code == 409
    clock.wait(60)
    assert standing(exchange)["state"] == "refused"
    assert standing(exchange)["reason"] == {"en": "Holding tax is not paid."}


def test_asking_for_information_stops_the_clock(exchange: httpx2.Client, clock: Clock) -> None:
    send(exchange)
    decide(exchange, decision="needs_information", reason="কর রশিদের ছবি দিন।")
    clock.wait(60)
    assert standing(exchange)["state"] == "needs_information"
    assert decide(exchange, decision="approved").json()["document_number"] == "4232/2026/00001"


def test_too_late_after_the_office_approved_by_itself(exchange: httpx2.Client, clock: Clock) -> None:
    send(exchange)
    clock.wait(60)
    assert decide(exchange, decision="refused", reason="x").status_code == 409


@pytest.mark.parametrize("body", [{"decision": "burn"}, {}])
def test_a_decision_nobody_knows_is_refused(exchange: httpx2.Client, body: dict[str, str]) -> None:
    send(exchange)
    assert decide(exchange, **body).status_code == 422


def test_a_decision_about_nothing_is_404(exchange: httpx2.Client) -> None:
    assert decide(exchange, decision="approved").status_code == 404
    assert exchange.get("/_intake/BD-0000-0000").status_code == 404
