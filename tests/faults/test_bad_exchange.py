"""The exchange down, slow or talking nonsense: a person types, and the application still arrives."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.robot import Person, Robot, on_new_phone, person
from tests.running import RunningPortal

pytestmark = [pytest.mark.faults, pytest.mark.slow]

FAULTS = ["refuse", "maintenance", "access_denied", "http500", "nonsense", "slow:9", "hang", "wrong-person"]
# A page waits three seconds for a registry; the rest is a slow machine's.
LONGEST_PAGE = 5.0


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[RunningPortal]:
    with RunningPortal(tmp_path_factory.mktemp("bad-exchange")) as running:
        yield running


def consenting() -> Person:
    """Somebody who agrees to be looked up, and can type everything all the same."""
    typist = on_new_phone(person("bimal-types-it-all"))
    return replace(typist, answers={**typist.answers, "consent_nid": "yes"})


# In English once only: a number may be asked about ten times a day.
@pytest.mark.parametrize(("fault", "locale"), [*((fault, "bn") for fault in FAULTS), ("refuse", "en")])
def test_a_registry_that_fails_never_stops_a_person(portal: RunningPortal, fault: str, locale: str) -> None:
    portal.fault(service="nid/verify", fault=fault)
    with portal.client() as client:
        robot = Robot(client, consenting(), locale)
        started = time.monotonic()
        assert robot.apply().kind == "submitted"
        assert time.monotonic() - started < LONGEST_PAGE + len(robot.seen)
    portal.fault(service="nid/verify", fault="none")


def test_with_no_exchange_at_all_the_application_waits_and_then_arrives(portal: RunningPortal) -> None:
    portal.kill("exchange")
    with portal.client() as client:
        end = Robot(client, consenting(), "en").apply()
        assert end.kind == "submitted"
        assert "approved" not in client.get(f"/en/track/{end.key}").text.lower()
        portal.start_one("exchange")
        give_up = time.monotonic() + 60
        while "approved" not in client.get(f"/en/track/{end.key}").text.lower():
            assert time.monotonic() < give_up, "the application never arrived"
            time.sleep(0.5)
