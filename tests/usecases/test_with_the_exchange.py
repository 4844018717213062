"""Prefill through the real exchange: the protocol, the registry and the use cases together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.interop.broker import Broker, Found, NoMatch, Unavailable
from portal.settings import Settings
from portal.store.database import Database
from portal.store.drafts import Draft
from tests.looping import finish
from tests.running import RunningPortal
from tests.store.databases import BUILD
from tests.usecases.letter import NOW, publish_letter
from tests.usecases.person import Person

pytestmark = pytest.mark.slow
RAHIMA = {"nid": "0012345601", "dob": "1963-10-24", "consent_nid": "yes"}


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[RunningPortal]:
    """The stand-in exchange, and nothing else."""
    running = RunningPortal(tmp_path)
    try:
        running._prepare()
        running.start_one("exchange")
        yield running
    finally:
        running.stop()


@pytest.fixture
def applicant(exchange: RunningPortal) -> Iterator[Person]:
    database = Database(Settings(data=exchange.folder, build=BUILD))
    with database.write() as db:
        publish_letter(db, NOW)
    yield Person(database, now=datetime.now(UTC))
    database.close()


def _asks(exchange: RunningPortal, person: Person, known: dict[str, str]) -> Draft:
    draft = person.signs_in(person.starts())
    for key, value in known.items():
        draft = person.answers(draft, {key: value})
    ask = person.is_asked_about(draft)
    assert ask is not None

    async def fetch() -> Found | NoMatch | Unavailable:
        broker = Broker(Settings(data=exchange.folder, build=BUILD, exchange_url=exchange.exchange_url))
        try:
            return await broker.fetch(ask)
        finally:
            await broker.aclose()

    return person.hears(ask, finish(fetch()))


def test_the_registry_knows_rahima(exchange: RunningPortal, applicant: Person) -> None:
    draft = _asks(exchange, applicant, RAHIMA)
    assert draft.asking("nid").state == "done"
    assert draft.offered("name_en") == "Rahima Khatun"
    home = draft.offered("home")
    assert isinstance(home, dict)
    assert home["union"] == "4589-460-4232"


def test_another_birth_date_is_no_match(exchange: RunningPortal, applicant: Person) -> None:
    draft = _asks(exchange, applicant, {**RAHIMA, "dob": "1963-10-25"})
    assert (draft.asking("nid").state, dict(draft.prefill)) == ("no_match", {})


def test_an_exchange_that_refuses_leaves_the_person_to_type(
    exchange: RunningPortal, applicant: Person
) -> None:
    exchange.fault(service="nid/verify", fault="refuse")
    draft = _asks(exchange, applicant, RAHIMA)
    assert (draft.asking("nid").state, dict(draft.prefill)) == ("unavailable", {})
