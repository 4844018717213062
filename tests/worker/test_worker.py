"""The worker delivers, asks and tells, through every kind of trouble."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from portal.interop.asking import Unavailable
from portal.interop.broker import Accepted, CaseStatus, Handover, UnknownCase
from portal.store import deliveries
from portal.store.database import Database
from portal.store.submissions import Submission
from portal.usecases import alive, messages, track
from portal.usecases.deliver import Pace
from portal.worker import Rhythm, Worker
from tests.looping import finish
from tests.usecases.person import LOCALES, Person, provenance

QUICK = Rhythm(
    idle=0.02,
    beat=0.05,
    pace=Pace(*(timedelta(milliseconds=wait) for wait in (20, 50, 20, 20))),
)
NETWORK = Unavailable("server.clientproxy.network_error", "transient", "support-1")
NOBODY_HEARD = Unavailable("portal.timeout", "transient", "support-2", ambiguous=True)


@dataclass
class UnionOffice:
    """An office that takes each submission once, after the troubles it is given."""

    troubles: deque[Unavailable | Exception] = field(default_factory=deque)
    loses_answers: int = 0
    """How many first deliveries it takes without anybody hearing so."""
    cases: dict[str, Handover] = field(default_factory=dict)
    handed: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    decision: CaseStatus = field(default_factory=lambda: _status("received"))
    seconds: float = 0.0

    async def deliver(self, handover: Handover) -> Accepted | Unavailable:
        self.handed.append(handover.submission_id)
        await asyncio.sleep(self.seconds)
        if self.troubles:
            trouble = self.troubles.popleft()
            if isinstance(trouble, Exception):
                raise trouble
            return trouble
        is_repeat = handover.submission_id in self.cases
        self.cases[handover.submission_id] = handover
        if self.loses_answers:
            self.loses_answers -= 1
            return NOBODY_HEARD
        return Accepted(f"UP-{len(self.cases)}", datetime.now(UTC), is_repeat, provenance())

    async def status(
        self,
        service: str,  # noqa: ARG002  there is only one office here
        submission_id: str,
        issue: str,
    ) -> CaseStatus | UnknownCase | Unavailable:
        self.asked.append(issue)
        return self.decision if submission_id in self.cases else UnknownCase(provenance())


@dataclass
class PhoneGateway:
    """Takes messages after refusing some."""

    refusals: int = 0
    sent: list[tuple[str, str]] = field(default_factory=list)

    async def send(self, mobile: str, words: str) -> bool:
        if self.refusals:
            self.refusals -= 1
            return False
        self.sent.append((mobile, words))
        return True


def _status(state: str) -> CaseStatus:
    decided_at = datetime.now(UTC) if state in ("approved", "refused") else None
    return CaseStatus(state, None, "", decided_at, None, provenance())  # type: ignore[arg-type]


def _works_until(worker: Worker, reached: Callable[[], Awaitable[bool]], seconds: float = 15) -> None:
    async def work() -> None:
        stop = asyncio.Event()
        working = asyncio.create_task(worker.run(stop))
        end = time.monotonic() + seconds
        while not await reached():
            assert time.monotonic() < end, "the worker never got there"
            await asyncio.sleep(0.02)
        stop.set()
        await working

    finish(work())


def _worker(database: Database, office: UnionOffice, gateway: PhoneGateway | None = None) -> Worker:
    return Worker(database, office, LOCALES, gateway, QUICK)


def _has(person: Person, sent: Submission, kind: str) -> Callable[[], Awaitable[bool]]:
    async def reached() -> bool:
        seen = await person.database.look(track.load, sent.reference, person.holder, person.now)
        return kind in [event.kind for event in seen.events]

    return reached


def _kinds(person: Person, sent: Submission) -> list[str]:
    with person.database.read() as db:
        return [one.kind for one in track.load(db, sent.reference, person.holder, person.now).events]


@pytest.fixture
def applicant(person: Person) -> Person:
    """Somebody who applies now, by the real clock: the worker reads the time from the database."""
    person.now = datetime.now(UTC) - timedelta(seconds=1)
    return person


def test_it_delivers_and_brings_back_the_decision(applicant: Person) -> None:
    sent, office = applicant.applies(), UnionOffice(decision=_status("approved"))
    _works_until(_worker(applicant.database, office), _has(applicant, sent, "approved"))
    assert _kinds(applicant, sent) == ["received", "delivered", "approved"]
    assert office.handed == [sent.id]
    assert set(office.asked) == {sent.reference}


def test_trouble_on_the_way_only_costs_time(applicant: Person) -> None:
    sent, office = applicant.applies(), UnionOffice(troubles=deque([NETWORK, NETWORK, NETWORK]))
    _works_until(_worker(applicant.database, office), _has(applicant, sent, "delivered"))
    assert office.handed == [sent.id] * 4
    assert list(office.cases) == [sent.id]


def test_an_answer_nobody_heard_is_asked_about_and_not_sent_again(applicant: Person) -> None:
    sent, office = applicant.applies(), UnionOffice(loses_answers=1)
    _works_until(_worker(applicant.database, office), _has(applicant, sent, "delivered"))
    assert office.handed == [sent.id]
    assert office.asked[0] == sent.reference


def test_after_an_answer_nobody_heard_what_never_arrived_is_sent(applicant: Person) -> None:
    sent, office = applicant.applies(), UnionOffice(troubles=deque([NOBODY_HEARD]))
    _works_until(_worker(applicant.database, office), _has(applicant, sent, "delivered"))
    assert office.handed == [sent.id, sent.id]
    assert list(office.cases) == [sent.id]


def test_one_bad_item_never_stops_the_others(
    applicant: Person, someone_else: Person, caplog: pytest.LogCaptureFixture
) -> None:
    someone_else.now = applicant.now + timedelta(milliseconds=500)
    bad = applicant.applies()
    office = UnionOffice(troubles=deque([RuntimeError("রহিমা খাতুন 0012345601")]))
    good = someone_else.applies()
    with caplog.at_level(logging.INFO):
        _works_until(_worker(applicant.database, office), _has(someone_else, good, "delivered"))
    assert "RuntimeError" in caplog.text
    assert "রহিমা" not in caplog.text
    assert _kinds(applicant, bad) == ["received"]


def test_two_workers_deliver_each_application_once(applicant: Person, someone_else: Person) -> None:
    someone_else.now = applicant.now
    sent = [who.applies() for who in [applicant] * 4 + [someone_else] * 4]
    office = UnionOffice(seconds=0.05)

    async def both() -> None:
        stop = asyncio.Event()
        workers = [_worker(applicant.database, office) for _ in range(2)]
        working = [asyncio.create_task(worker.run(stop)) for worker in workers]
        end = time.monotonic() + 20
        while await applicant.database.look(deliveries.count_by_state) != {"done": 8}:
            assert time.monotonic() < end
            await asyncio.sleep(0.05)
        stop.set()
        await asyncio.gather(*working)

    finish(both())
    assert sorted(office.handed) == sorted(one.id for one in sent)


def test_it_stops_at_once_when_idle_and_within_three_seconds_when_an_office_hangs(applicant: Person) -> None:
    async def stopped_after(office: UnionOffice) -> float:
        stop = asyncio.Event()
        working = asyncio.create_task(_worker(applicant.database, office).run(stop))
        await asyncio.sleep(0.5)
        stop.set()
        started = time.monotonic()
        await working
        return time.monotonic() - started

    assert finish(stopped_after(UnionOffice())) < 1
    sent = applicant.applies()
    assert finish(stopped_after(UnionOffice(seconds=60))) < 3
    assert _kinds(applicant, sent) == ["received"]


def test_what_a_stopped_worker_held_is_found_again_by_its_lease(applicant: Person) -> None:
    sent = applicant.applies()

    async def dies() -> None:
        working = asyncio.create_task(_worker(applicant.database, UnionOffice(seconds=60)).deliver_one())
        await asyncio.sleep(0.5)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)

    finish(dies())
    with applicant.database.read() as db:
        [held] = deliveries.of_submission(db, sent.id)
    assert held.state == "leased"
    assert held.leased_until is not None
    assert timedelta(0) < held.leased_until - datetime.now(UTC) <= timedelta(seconds=40)


def test_it_says_that_it_lives(applicant: Person) -> None:
    async def seen() -> bool:
        health = await applicant.database.look(alive.health, datetime.now(UTC))
        return health.is_worker_alive

    with applicant.database.read() as db:
        assert not alive.health(db, datetime.now(UTC)).is_worker_alive
    _works_until(_worker(applicant.database, UnionOffice()), seen)
    with applicant.database.read() as db:
        assert not alive.health(db, datetime.now(UTC) + timedelta(seconds=31)).is_worker_alive


def test_with_a_gateway_messages_go_out_in_the_persons_language(applicant: Person) -> None:
    applicant.locale = "en"
    sent = applicant.applies()
    gateway = PhoneGateway()
    worker = _worker(applicant.database, UnionOffice(), gateway)

    async def told() -> bool:
        return len(gateway.sent) == 2

    _works_until(worker, told)
    [(mobile, words)] = [(to, said) for to, said in gateway.sent if sent.reference in said] or gateway.sent[
        :1
    ]
    assert mobile == applicant.mobile
    assert "application" in words or "code" in words


def test_without_a_gateway_messages_wait_for_the_developers_page(applicant: Person) -> None:
    sent = applicant.applies()
    _works_until(_worker(applicant.database, UnionOffice()), _has(applicant, sent, "delivered"))
    with applicant.database.read() as db:
        assert {one.state for one in messages.recent(db)} == {"ready"}
