"""A running stand-in of the test's own, with a clock the test may move."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from portal.exchange.records import Registers
from portal.exchange.registers import load_registers
from portal.exchange.server import create_exchange
from portal.places import Places
from portal.settings import Settings
from tests.exchange.clock import Clock
from tests.exchange.serving import serving


@pytest.fixture
def clock() -> Clock:
    """22 November 2026, morning in Dhaka."""
    return Clock()


@pytest.fixture
def exchange(settings: Settings, clock: Clock) -> Iterator[httpx2.Client]:
    """A plain HTTP client at a stand-in that reads `clock`."""
    app = create_exchange(settings, clock)
    with serving(app) as address, httpx2.Client(base_url=address, trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def places(settings: Settings) -> Places:
    """The real geography."""
    return Places.load(settings.build / "places.json")


@pytest.fixture(scope="session")
def built_places(built: Path) -> Places:
    """The real geography, read once."""
    return Places.load(built / "places.json")


@pytest.fixture(scope="session")
def registers(built_places: Places) -> Registers:
    """Everything the registries know."""
    return load_registers(built_places)
