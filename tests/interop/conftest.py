"""A running exchange and a broker towards it, over real sockets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx2
import pytest

from portal.exchange.server import create_exchange
from portal.interop.agreements import Agreement, load_agreements
from portal.interop.asking import Ask
from portal.interop.broker import Broker
from portal.interop.catalogue import load_catalogue
from portal.interop.handover import HandedAnswer, Handover
from portal.interop.policy import Surroundings
from portal.settings import Settings
from tests.exchange.serving import serving
from tests.looping import finish

NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
IMPATIENT = {key: replace(entry, seconds=1.0) for key, entry in load_catalogue().items()}


async def no_pause(_seconds: float) -> None:
    """Waiting takes no time in tests."""


STILL = Surroundings(now=lambda: NOW, sleep=no_pause)


class Desk:
    """A broker used from a plain test: each call gets an event loop and a broker of its own."""

    def __init__(
        self, settings: Settings, surroundings: Surroundings = STILL, *, patient: bool = False
    ) -> None:
        self.settings = settings
        self.surroundings = surroundings
        self._catalogue = load_catalogue() if patient else IMPATIENT

    def do[Outcome](self, work: Callable[[Broker], Awaitable[Outcome]]) -> Outcome:
        """What `work` comes to with a fresh broker."""

        async def run() -> Outcome:
            broker = Broker(self.settings, self.surroundings, self._catalogue)
            try:
                return await work(broker)
            finally:
                await broker.aclose()

        return finish(run())


@pytest.fixture
def exchange(settings: Settings) -> Iterator[httpx2.Client]:
    """The stand-in, running where the settings say; the client sets its faults."""
    with (
        serving(create_exchange(settings), settings.exchange_port) as address,
        httpx2.Client(base_url=address, trust_env=False) as client,
    ):
        yield client


@pytest.fixture
def misbehave(exchange: httpx2.Client) -> Callable[[str], None]:
    """Make every service of the running exchange do something wrong."""

    def set_fault(fault: str) -> None:
        exchange.post("/_faults", json={"service": "*", "fault": fault}).raise_for_status()

    return set_fault


@pytest.fixture
def desk(settings: Settings) -> Desk:
    """A broker with a one-second patience."""
    return Desk(settings)


@pytest.fixture
def agreement() -> Agreement:
    """The portal's agreement with the Election Commission."""
    return load_agreements()["ec-identity"]


@pytest.fixture
def ask(agreement: Agreement) -> Ask:
    """Rahima's own question about herself, consented to."""
    return Ask(
        service="nid/verify",
        subject={"nid": "0012345601", "date_of_birth": "1963-10-24"},
        fields=("name_bn", "name_en", "address", "sex"),
        purpose=agreement.purpose,
        agreement=agreement,
        consent_id="consent-1",
        consent_revision=agreement.revision,
        issue="draft-1",
        actor="holder-1",
    )


@pytest.fixture
def handover() -> Handover:
    """Rahima's application on its way to Chor Austadhar Union Parishad."""
    return Handover(
        service="union-intake/applications",
        submission_id="5f0c2d1e-0000-4000-8000-000000000001",
        reference="BD-7K4M-29QX",
        service_key="union-paper",
        version_hash="abc123",
        office="4589-460-4232",
        received_at=NOW,
        answers=(
            HandedAnswer(
                question="name_bn",
                label={"bn": "নাম"},
                value="মোছাঃ রহিমা খাতুন",
                words={"bn": "মোছাঃ রহিমা খাতুন"},
                source="registry",
                registry="nid",
                fetched_at=NOW,
            ),
        ),
    )
