"""A portal in memory that a whole file of tests may share, and the browsers people open it with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.applications import Starlette

from portal.app import create_app
from portal.running.preparing import prepare_demo
from portal.settings import Settings
from portal.web.portal_state import Portal
from tests.checked_client import CheckedClient

LOCALES = ("bn", "en")
SERVICE = "citizenship-certificate"


@dataclass
class Served:
    """The portal, its event loop, and a clock that can be moved on."""

    app: Starlette
    settings: Settings
    first: CheckedClient
    ahead: timedelta = field(default_factory=timedelta)

    @property
    def portal(self) -> Portal:
        found = self.app.state.portal
        assert isinstance(found, Portal)
        return found

    def browser(self, *, checked: bool = True, host: str = "") -> CheckedClient:
        """Somebody's browser, without cookies; unchecked for pages that are meant to be strange."""
        other = CheckedClient(self.app, base_url=host or self.settings.base_url)
        # The same event loop: one is started for each request otherwise.
        other.portal = self.first.portal
        if not checked:
            other.event_hooks = {"request": [], "response": []}
        return other

    def wait(self, **how_long: float) -> None:
        """Let time pass for the portal's clock."""
        self.ahead += timedelta(**how_long)
        self.app.state.portal = replace(self.portal, now=lambda: datetime.now(UTC) + self.ahead)


@contextmanager
def serving(settings: Settings, prepared: Path | None = None) -> Iterator[Served]:
    """A portal over a fresh database with its services published, copied from `prepared` where that is."""
    if prepared is None:
        prepare_demo(settings, datetime.now(UTC))
    else:
        shutil.copytree(prepared, settings.data, dirs_exist_ok=True)
    app = create_app(settings)
    with CheckedClient(app, base_url=settings.base_url) as first:
        yield Served(app, settings, first)
