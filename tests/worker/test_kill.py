"""Kill -9 of a real worker in the middle of a real delivery: in effect the office has it exactly once."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import update
from sqlmodel import col

from portal.settings import Settings
from portal.store import deliveries
from portal.store.database import Database
from portal.store.deliveries import DeliveryRow
from portal.store.submissions import Submission
from portal.usecases import track
from tests.running import RunningPortal
from tests.store.databases import BUILD
from tests.usecases.letter import NOW, publish_letter
from tests.usecases.person import Person

pytestmark = [pytest.mark.faults, pytest.mark.slow]
INTAKE = "union-intake/applications"


@pytest.fixture
def backstage(tmp_path: Path) -> Iterator[RunningPortal]:
    """A real exchange and a folder ready for a worker; nobody serves pages."""
    running = RunningPortal(tmp_path)
    try:
        running._prepare()
        running.start_one("exchange")
        yield running
    finally:
        running.stop()


@pytest.fixture
def applicant(backstage: RunningPortal) -> Iterator[Person]:
    """Somebody who applies now."""
    database = Database(Settings(data=backstage.folder, build=BUILD))
    with database.write() as db:
        publish_letter(db, NOW)
    yield Person(database, now=datetime.now(UTC) - timedelta(seconds=1))
    database.close()


def _waits_until(reached: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def _events(person: Person, sent: Submission) -> list[str]:
    with person.database.read() as db:
        seen = track.load(db, sent.reference, person.holder, datetime.now(UTC))
    return [event.kind for event in seen.events]


def _is_leased(person: Person, sent: Submission) -> bool:
    with person.database.read() as db:
        return deliveries.of_submission(db, sent.id)[0].state == "leased"


def _lease_runs_out(person: Person) -> None:
    """What 40 seconds would do."""
    with person.database.write() as db:
        past = datetime.now(UTC) - timedelta(seconds=1)
        db.execute(update(DeliveryRow).where(col(DeliveryRow.state) == "leased").values(leased_until=past))


def _cases(backstage: RunningPortal, sent: Submission) -> int:
    book = sqlite3.connect(backstage.folder / "exchange.sqlite")
    try:
        tables = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for table in tables for row in book.execute(f"SELECT * FROM {table}")]
    finally:
        book.close()
    return sum(sent.id in row for row in rows)


def test_killed_while_the_office_is_slow_it_is_delivered_once(
    backstage: RunningPortal, applicant: Person
) -> None:
    backstage.fault(service=INTAKE, fault="slow:1.5")
    sent = applicant.applies()
    backstage.start_one("worker")
    _waits_until(lambda: _is_leased(applicant, sent))
    time.sleep(0.3)
    backstage.kill("worker")
    assert _events(applicant, sent) == ["received"]
    backstage.fault(service=INTAKE, fault="none")
    _lease_runs_out(applicant)
    backstage.start_one("worker")
    _waits_until(lambda: "delivered" in _events(applicant, sent))
    _waits_until(lambda: "approved" in _events(applicant, sent), 60)
    assert _events(applicant, sent).count("delivered") == 1
    assert _cases(backstage, sent) == 1


def test_killed_again_and_again_at_any_moment_it_is_delivered_once(
    backstage: RunningPortal, applicant: Person
) -> None:
    sent = applicant.applies()
    for moment in (0.0, 0.05, 0.1, 0.2, 0.4):
        backstage.start_one("worker")
        time.sleep(moment)
        backstage.kill("worker")
        _lease_runs_out(applicant)
    backstage.start_one("worker")
    _waits_until(lambda: "approved" in _events(applicant, sent), 60)
    kinds = _events(applicant, sent)
    assert kinds[:2] == ["received", "delivered"]
    assert len(kinds) == len(set(kinds))
    assert _cases(backstage, sent) == 1


def test_an_exchange_that_is_not_there_only_costs_time(backstage: RunningPortal, applicant: Person) -> None:
    backstage.kill("exchange")
    sent = applicant.applies()
    backstage.start_one("worker")
    time.sleep(1.5)
    assert _events(applicant, sent) == ["received"]
    backstage.start_one("exchange")
    _waits_until(lambda: "delivered" in _events(applicant, sent), 60)


def test_a_worker_asked_to_stop_is_gone_within_three_seconds_though_the_office_hangs(
    backstage: RunningPortal, applicant: Person
) -> None:
    backstage.fault(service=INTAKE, fault="hang")
    sent = applicant.applies()
    backstage.start_one("worker")
    _waits_until(lambda: _is_leased(applicant, sent))
    time.sleep(0.3)
    worker = backstage.children["worker"]
    started = time.monotonic()
    worker.terminate()
    worker.wait(10)
    assert time.monotonic() - started < 3
    assert worker.returncode == 0


def test_the_office_speaks_nonsense_for_a_while(backstage: RunningPortal, applicant: Person) -> None:
    backstage.fault(service=INTAKE, fault="nonsense")
    sent = applicant.applies()
    backstage.start_one("worker")
    _waits_until(lambda: _has_failed(applicant, sent))
    assert _events(applicant, sent) == ["received"]
    backstage.fault(service=INTAKE, fault="none")
    _waits_until(lambda: "delivered" in _events(applicant, sent), 60)
    assert _cases(backstage, sent) == 1
    assert httpx2.get(f"{backstage.exchange_url}/healthz", trust_env=False).status_code == 200


def _has_failed(person: Person, sent: Submission) -> bool:
    with person.database.read() as db:
        return deliveries.of_submission(db, sent.id)[0].last_code is not None
