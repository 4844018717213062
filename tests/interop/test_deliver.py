"""An application reaches the office once; when nobody knows whether it did, the office is asked first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import httpx2
import pytest

from portal.interop.asking import Unavailable
from portal.interop.handover import Accepted, CaseStatus, Handover, UnknownCase
from portal.interop.policy import Surroundings
from portal.settings import Settings
from tests.interop.conftest import NOW, Desk
from tests.interop.recorder import recording

INTAKE = "union-intake/applications"
ALLOWANCES = "dss-intake/applications"


def standing(desk: Desk, handover: Handover) -> CaseStatus | UnknownCase | Unavailable:
    return desk.do(lambda broker: broker.status(INTAKE, handover.submission_id, handover.reference))


def test_the_office_takes_it_and_says_where_it_stands(
    exchange: httpx2.Client, desk: Desk, handover: Handover
) -> None:
    assert isinstance(standing(desk, handover), UnknownCase)
    accepted = desk.do(lambda broker: broker.deliver(handover))
    assert isinstance(accepted, Accepted)
    assert (accepted.case[:8], accepted.is_repeat) == ("UP-4232-", False)
    status = standing(desk, handover)
    assert isinstance(status, CaseStatus)
    assert status.state in ("received", "in_review")


def test_sent_again_it_is_the_same_case(exchange: httpx2.Client, desk: Desk, handover: Handover) -> None:
    first, again = (desk.do(lambda broker: broker.deliver(handover)) for _ in range(2))
    assert isinstance(first, Accepted)
    assert isinstance(again, Accepted)
    assert (again.case, again.received_at, again.is_repeat) == (first.case, first.received_at, True)


def test_the_applicant_hears_the_offices_reason(
    exchange: httpx2.Client, desk: Desk, handover: Handover
) -> None:
    desk.do(lambda broker: broker.deliver(handover))
    exchange.post(
        f"/_intake/{handover.reference}", json={"decision": "refused", "reason": "হোল্ডিং কর বাকি আছে।"}
    ).raise_for_status()
    status = standing(desk, handover)
    assert isinstance(status, CaseStatus)
    assert (status.state, status.reason) == ("refused", {"bn": "হোল্ডিং কর বাকি আছে।"})
    assert status.decided_at is not None
    assert status.decided_at.tzinfo is not None


def test_an_allowance_that_must_wait_for_money_says_so(
    exchange: httpx2.Client, desk: Desk, handover: Handover
) -> None:
    allowance = replace(handover, service=ALLOWANCES, office="4589-460")
    accepted = desk.do(lambda broker: broker.deliver(allowance))
    assert isinstance(accepted, Accepted)
    decision = {"decision": "waiting_for_allocation"}
    exchange.post(f"/_intake/{handover.reference}", json=decision).raise_for_status()
    status = desk.do(lambda broker: broker.status(ALLOWANCES, handover.submission_id, handover.reference))
    assert isinstance(status, CaseStatus)
    assert (status.state, status.document_number) == ("waiting_for_allocation", None)


def test_the_questions_the_office_wants_answered_again_are_named(
    exchange: httpx2.Client, desk: Desk, handover: Handover
) -> None:
    desk.do(lambda broker: broker.deliver(handover))
    asking = {"decision": "needs_information", "reason": "নাম মিলছে না।", "questions": ["name_bn"]}
    exchange.post(f"/_intake/{handover.reference}", json=asking).raise_for_status()
    status = standing(desk, handover)
    assert isinstance(status, CaseStatus)
    assert (status.state, status.questions) == ("needs_information", ("name_bn",))


def test_after_a_lost_answer_the_office_is_asked_and_has_it(
    exchange: httpx2.Client, misbehave: Callable[[str], None], desk: Desk, handover: Handover
) -> None:
    misbehave("cut")
    lost = desk.do(lambda broker: broker.deliver(handover))
    assert isinstance(lost, Unavailable)
    assert lost.ambiguous
    assert lost.attempts == 1
    misbehave("none")
    assert isinstance(standing(desk, handover), CaseStatus)


def test_after_a_request_that_hung_the_office_is_asked_and_does_not_have_it(
    exchange: httpx2.Client, misbehave: Callable[[str], None], desk: Desk, handover: Handover
) -> None:
    misbehave("hang")
    hung = desk.do(lambda broker: broker.deliver(handover))
    assert isinstance(hung, Unavailable)
    assert hung.ambiguous
    misbehave("none")
    assert isinstance(standing(desk, handover), UnknownCase)


@pytest.mark.parametrize(
    ("fault", "ambiguous"),
    [
        ("refuse", True),
        ("http500", True),
        ("nonsense", True),
        ("big", True),
        ("wrong-id", True),
        ("maintenance", False),
        ("access_denied", False),
    ],
)
def test_only_what_surely_never_arrived_is_certain(
    misbehave: Callable[[str], None], desk: Desk, handover: Handover, fault: str, ambiguous: bool
) -> None:
    misbehave(fault)
    outcome = desk.do(lambda broker: broker.deliver(handover))
    assert isinstance(outcome, Unavailable)
    assert outcome.ambiguous is ambiguous


def test_an_unreachable_exchange_never_got_it(desk: Desk, handover: Handover) -> None:
    outcome = desk.do(lambda broker: broker.deliver(handover))
    assert isinstance(outcome, Unavailable)
    assert not outcome.ambiguous


def test_an_application_the_office_cannot_read_is_our_bug(
    exchange: httpx2.Client, desk: Desk, handover: Handover
) -> None:
    outcome = desk.do(lambda broker: broker.deliver(replace(handover, office="9999")))
    assert isinstance(outcome, Unavailable)
    assert (outcome.code, outcome.kind, outcome.ambiguous) == ("provider.422", "ours", False)


def test_a_delivery_carries_its_submission_as_idempotency_key(settings: Settings, handover: Handover) -> None:
    with recording(b"") as recorder:
        desk = Desk(replace(settings, exchange_url=recorder.address))
        desk.do(lambda broker: broker.deliver(handover))
    head, _, body = recorder.heard[0].decode().partition("\r\n\r\n")
    assert f"idempotency-key: {handover.submission_id}\r\n" in head + "\r\n"
    assert json.loads(body)["answers"][0]["fetched_at"] == NOW.isoformat()


def test_asking_where_it_stands_is_tried_three_times_under_three_ids_and_one_issue(
    settings: Settings, handover: Handover
) -> None:
    with recording(b"HTTP/1.1 502 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") as recorder:
        outcome = standing(Desk(replace(settings, exchange_url=recorder.address)), handover)
    assert isinstance(outcome, Unavailable)
    assert outcome.attempts == 3
    heads = [request.decode() for request in recorder.heard]
    assert len({re.findall("x-road-id: (.*)\r", head)[0] for head in heads}) == 3
    assert {re.findall("x-road-issue: (.*)\r", head)[0] for head in heads} == {handover.reference}


def test_trouble_that_passes_is_not_noticed(
    exchange: httpx2.Client, misbehave: Callable[[str], None], settings: Settings, handover: Handover
) -> None:
    misbehave("refuse")

    async def meanwhile(_seconds: float) -> None:
        misbehave("none")

    patient = Desk(settings, Surroundings(now=lambda: NOW, sleep=meanwhile))
    assert isinstance(standing(patient, handover), UnknownCase)


@pytest.mark.parametrize("fault", ["access_denied", "maintenance", "nonsense"])
def test_what_waiting_cannot_mend_is_not_tried_again(
    misbehave: Callable[[str], None], desk: Desk, handover: Handover, fault: str
) -> None:
    misbehave(fault)
    outcome = standing(desk, handover)
    assert isinstance(outcome, Unavailable)
    assert outcome.attempts == 1


def test_trying_again_ends_with_the_deadline(
    misbehave: Callable[[str], None], desk: Desk, handover: Handover
) -> None:
    misbehave("hang")
    outcome = standing(desk, handover)
    assert isinstance(outcome, Unavailable)
    assert outcome.code == "portal.deadline"
    assert outcome.attempts == 1
