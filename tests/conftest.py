"""What every test may ask for: a portal in memory, a real running one, and browsers to look at it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.running import RunningPortal, free_ports

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from starlette.applications import Starlette

    from portal.settings import Settings
    from tests.checked_client import CheckedClient

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


@pytest.fixture(scope="session")
def built() -> Path:
    """The build folder, which `python -m portal build` has filled."""
    folder = ROOT / "build"
    for name in ("places.json", "assets.json"):
        if not (folder / name).exists():
            pytest.fail(f"build/{name} is missing: run python -m portal build")
    return folder


@pytest.fixture
def settings(tmp_path: Path, built: Path) -> Settings:
    """Development settings with a data folder of the test's own and an exchange nobody answers at."""
    from portal.settings import Settings

    port, exchange_port = free_ports(2)
    return Settings(
        port=port,
        exchange_port=exchange_port,
        data=tmp_path / "var",
        build=built,
        base_url="http://testserver",
        exchange_url=f"http://127.0.0.1:{exchange_port}",
        intake_seconds=1,
    )


@pytest.fixture
def app(settings: Settings) -> Starlette:
    """The portal over a fresh database with the pilot services published."""
    return _prepared_app(settings)


def _prepared_app(settings: Settings) -> Starlette:
    from portal.app import create_app
    from portal.running.preparing import prepare_demo

    prepare_demo(settings, datetime.now(UTC))
    return create_app(settings)


@pytest.fixture
def client(app: Starlette) -> Iterator[CheckedClient]:
    """A browser without scripts; every page it fetches is checked, and a fault fails the test."""
    from tests.checked_client import CheckedClient

    with CheckedClient(app) as browser:
        yield browser


@pytest.fixture
def new_client(app: Starlette, client: CheckedClient) -> Callable[[], CheckedClient]:
    """Another browser at the same portal: somebody else's, without this one's cookies."""
    from tests.checked_client import CheckedClient

    return lambda: CheckedClient(app)


@pytest.fixture
def client_of(settings: Settings, tmp_path: Path) -> Iterator[Callable[..., CheckedClient]]:
    """Browsers at portals with other settings: `client_of(env="rehearsal")`."""
    from tests.checked_client import CheckedClient

    opened: list[CheckedClient] = []

    def make(**changes: Any) -> CheckedClient:  # noqa: ANN401  any field of Settings
        other = replace(settings, data=tmp_path / f"var-{len(opened)}", **changes)
        browser = CheckedClient(_prepared_app(other), base_url=other.base_url)
        opened.append(browser)
        return browser.__enter__()

    yield make
    for browser in opened:
        browser.__exit__(None, None, None)


@pytest.fixture(scope="session")
def running_portal(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[RunningPortal]:
    """A real portal, exchange and worker, shared by the whole run; nobody may kill or break these."""
    with RunningPortal(tmp_path_factory.mktemp("running")) as portal:
        yield portal


@pytest.fixture
def own_portal(tmp_path: Path, built: Path) -> Iterator[RunningPortal]:
    """A real portal of the test's own, to be killed, slowed and lied to."""
    with RunningPortal(tmp_path) as portal:
        yield portal


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Playwright's browser is the distribution's Chromium; nothing is downloaded."""
    return {"executable_path": CHROMIUM, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A cheap phone that prefers Bangla and asks nothing of the network."""
    return {"viewport": {"width": 360, "height": 640}, "locale": "en-US", "service_workers": "block"}


@pytest.fixture(scope="session")
def driver() -> Iterator[Chrome]:
    """Selenium over the distribution's Chromium and driver, for the accessibility engine."""
    from accessibility.engines.axe_selenium import open_driver

    os.environ.setdefault("SE_OFFLINE", "true")
    chrome = open_driver()
    yield chrome
    chrome.quit()
