"""A run's findings are kept, known defects forgiven, and anything else makes it red."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from starlette.testclient import TestClient

from accessibility.assertion import Assertion, Outcome, Subject
from accessibility.evidence import Evidence
from accessibility.exceptions import KnownDefect
from accessibility.forms import Answer
from accessibility.pages import journey_states, public_states
from tests.robot import Person, Robot
from tests.toy_service import toy_app

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
KNOWN = KnownDefect("1.4.3", "color-contrast", "/bn/status", "grey", "web", date(2026, 11, 30))


def assertion(path: str, outcome: Outcome = "failed") -> Assertion:
    subject = Subject(f"http://127.0.0.1{path}", "bn")
    return Assertion("1.4.3", "color-contrast", subject, outcome, "p", "too faint", "axe-core", "4.10.2")


def test_a_known_defect_is_kept_in_the_evidence_but_is_no_trouble(tmp_path: Path) -> None:
    evidence = Evidence("http://127.0.0.1", AT, [assertion("/bn/status")], (KNOWN,))
    assert evidence.troubles == []
    machine, readable = evidence.write(tmp_path)
    assert json.loads(machine.read_text())["assertions"][0]["outcome"] == "failed"
    assert "Failed: 1, of which 1 known and dated." in readable.read_text()


def test_a_new_failure_is_trouble_and_what_cannot_be_told_is_not(tmp_path: Path) -> None:
    found = [assertion("/bn/about"), assertion("/bn/about", "cannot tell"), assertion("/bn/about", "passed")]
    evidence = Evidence("http://127.0.0.1", AT, found, (KNOWN,))
    assert len(evidence.troubles) == 1
    assert "/bn/about" in evidence.troubles[0]
    assert "1.4.3 color-contrast: 1" in evidence.write(tmp_path)[1].read_text()


def test_an_exception_past_its_day_is_trouble_by_itself() -> None:
    late = Evidence("http://127.0.0.1", datetime(2026, 12, 1, tzinfo=UTC), [], (KNOWN,))
    assert "expired" in late.troubles[0]


def test_every_state_of_a_persons_way_is_visited_before_the_robot_goes_on() -> None:
    answers: Mapping[str, Answer] = {
        "mobile": "01712345678",
        "sex": "female",
        "dob": {"day": "1", "month": "1", "year": "১৯৬৩"},
        "home": {"division": "30", "district": "3026", "landmark": "বটতলা"},
    }
    with TestClient(toy_app()) as client:
        robot = Robot(client, Person("rahima", "toy", "submitted", answers))
        names = [state.name for state in journey_states(robot)]
    assert names[:4] == ["step-sex", "step-sex-error", "step-dob", "step-dob-error"]
    assert {"step-home-3", "step-sign-in-2", "step-check", "receipt", "track-mine"} <= set(names)
    assert "step-check-error" not in names


def test_public_pages_come_from_the_site_map_and_the_unlisted_ones_beside() -> None:
    with TestClient(toy_app()) as client:
        names = {(state.name, state.language) for state in public_states(client, "http://testserver")}
    assert {("my", "bn"), ("track", "en"), ("search-none", "bn"), ("nowhere", "en")} <= names
