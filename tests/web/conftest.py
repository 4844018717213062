"""Portals in memory, shared by the tests of a file where these only read, and people who apply."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from portal.settings import Settings
from tests.checked_client import CheckedClient
from tests.web.applicant import Applicant
from tests.web.served import Served, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[Served]:
    """One portal for all tests of a file; nobody answers at its exchange."""
    folder = tmp_path_factory.mktemp("served")
    settings = Settings(
        data=folder / "var", build=built, base_url="http://testserver", exchange_url="http://127.0.0.1:9"
    )
    with serving(settings) as portal:
        yield portal


@pytest.fixture
def serve(tmp_path: Path, built: Path) -> Iterator[Callable[..., Served]]:
    """Portals of the test's own, with other settings: `serve(env="rehearsal")`."""
    plain = Settings(build=built, base_url="http://testserver", exchange_url="http://127.0.0.1:9")
    with ExitStack() as opened:
        count = 0

        def make(**changes: Any) -> Served:  # noqa: ANN401  any field of Settings
            nonlocal count
            count += 1
            changes.setdefault("data", tmp_path / f"var-{count}")
            return opened.enter_context(serving(replace(plain, **changes)))

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
