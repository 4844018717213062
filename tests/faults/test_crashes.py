"""Kill -9 of portal, worker or exchange at any moment loses nothing a person was told is kept."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx2
import pytest

from tests.robot import End, Robot, on_new_phone, person
from tests.running import RunningPortal

pytestmark = [pytest.mark.faults, pytest.mark.slow]

PATIENCE = 40.0


def until(is_so: Callable[[], bool]) -> bool:
    """Wait for something to become so; False when it takes too long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.2)
    return False


def intake(portal: RunningPortal) -> list[str]:
    """The references at the office, one entry a case."""
    headers = {"accept": "application/json"}
    answer = httpx2.get(f"{portal.exchange_url}/_intake", headers=headers, timeout=10, trust_env=False)
    return [str(case["reference"]) for case in answer.json()["cases"]]


def is_approved(client: httpx2.Client, reference: str) -> bool:
    return "approved" in client.get(f"/en/track/{reference}").text.lower()


def test_the_portal_dies_between_any_two_steps(own_portal: RunningPortal) -> None:
    with own_portal.client() as client:
        robot = Robot(client, person("rahima-confirms"))
        robot.begin()
        end: End | None = None
        while end is None:
            own_portal.kill("portal")
            own_portal.start_one("portal")
            robot.step(robot.open(robot.seen[-1].page.visit.url))
            end = robot.end(robot.seen[-1])
        assert end.kind == "submitted"
        assert until(lambda: is_approved(client, end.key))
        assert intake(own_portal) == [end.key]


def test_the_worker_dies_before_and_while_it_delivers(own_portal: RunningPortal) -> None:
    own_portal.kill("worker")
    references = []
    with own_portal.client() as client:
        for _ in range(3):
            end = Robot(client, on_new_phone(person("rahima-confirms")), "en").apply()
            references.append(end.key)
        for moment in (0.0, 0.2, 0.5):
            own_portal.start_one("worker")
            time.sleep(moment)
            own_portal.kill("worker")
        own_portal.start_one("worker")
        for reference in references:
            assert until(lambda reference=reference: is_approved(client, reference)), reference  # type: ignore[misc]
    assert sorted(intake(own_portal)) == sorted(references)


def test_everything_dies_and_the_receipt_is_still_there(own_portal: RunningPortal) -> None:
    with own_portal.client() as client:
        end = Robot(client, person("rahima-confirms"), "en").apply()
        for name in ("portal", "worker", "exchange"):
            own_portal.kill(name)
        for name in ("exchange", "portal", "worker"):
            own_portal.start_one(name)
        assert end.key in client.get(f"/en/receipts/{end.key}").text
        assert until(lambda: is_approved(client, end.key))
    assert intake(own_portal) == [end.key]
