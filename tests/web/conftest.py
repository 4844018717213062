"""Portals in memory, shared by the tests of a file where these only read, and people who apply."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from portal.running.preparing import prepare_demo
from portal.settings import Settings
from tests.checked_client import CheckedClient
from tests.web.applicant import Applicant
from tests.web.served import Served, serving


@pytest.fixture(scope="session")
def plain(built: Path) -> Settings:
    """Development settings with an exchange nobody answers at."""
    return Settings(build=built, base_url="http://testserver", exchange_url="http://127.0.0.1:9")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, plain: Settings) -> Path:
    """A folder of a portal's own, made once and copied for each portal."""
    settings = replace(plain, data=tmp_path_factory.mktemp("prepared"))
    prepare_demo(settings, datetime.now(UTC))
    return settings.data


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, plain: Settings, prepared: Path) -> Iterator[Served]:
    """One portal for all tests of a file."""
    with serving(replace(plain, data=tmp_path_factory.mktemp("served")), prepared) as portal:
        yield portal


@pytest.fixture
def serve(tmp_path: Path, plain: Settings, prepared: Path) -> Iterator[Callable[..., Served]]:
    """Portals of the test's own, with other settings: `serve(env="rehearsal")`."""
    with ExitStack() as opened:
        count = 0

        def make(**changes: Any) -> Served:  # noqa: ANN401  any field of Settings
            nonlocal count
            count += 1
            changes.setdefault("data", tmp_path / f"var-{count}")
            source = None if "services" in changes else prepared
            return opened.enter_context(serving(replace(plain, **changes), source))

        yield make


@pytest.fixture
def visitor(served: Served) -> CheckedClient:
    """A browser that has never been here."""
    return served.browser()


@pytest.fixture(params=["bn", "en"])
def locale(request: pytest.FixtureRequest) -> str:
    """Each of the two languages in turn."""
    return str(request.param)


@pytest.fixture
def applicant(served: Served, locale: str) -> Applicant:
    """Somebody who has just pressed the start button."""
    return Applicant(served.browser(), locale).starts()
