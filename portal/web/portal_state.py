"""What every handler can reach: one frozen bundle, made by `create_app`, kept on the application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast

from starlette.requests import Request

from portal.i18n.locale import Locale
from portal.interop.broker import Broker
from portal.places import Places
from portal.security.envelope import Keyring
from portal.settings import Settings
from portal.store.database import Database
from portal.web.render import Renderer


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Portal:
    """The parts a handler works with; `now` is the only clock in the web layer."""

    settings: Settings
    database: Database
    keyring: Keyring
    locales: Mapping[str, Locale]
    places: Places
    broker: Broker
    renderer: Renderer
    now: Callable[[], datetime] = _now


def portal_of(request: Request) -> Portal:
    """The portal serving this request."""
    return cast("Portal", request.app.state.portal)


def locale_of(request: Request) -> Locale:
    """The locale in the path, or Bangla where the path names none."""
    locales = portal_of(request).locales
    code = request.path_params.get("locale") or request.url.path.split("/", 2)[1]
    found = locales.get(code, locales["bn"])
    return found if found.is_complete else replace(found, is_marking=True)
