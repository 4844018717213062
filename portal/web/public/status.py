"""Is everything working: the site, the carrying of applications, the registries; as it really is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from portal.i18n.messages import lazy
from portal.store import deliveries, heartbeats
from portal.store.database import Session
from portal.web.access import Role, allow
from portal.web.pages import page
from portal.web.portal_state import locale_of, portal_of

_CARRIED = lazy("Applications are being brought to the offices.")
_LATE = lazy("Some applications reach their office late. They are safe with us and go on by themselves.")
_SILENCE = timedelta(minutes=2)
"""A worker that has not been seen for so long is taken to be down."""


@dataclass(frozen=True, slots=True)
class StatusPart:
    """One part of the portal and how it does."""

    name: str
    words: str
    works: bool


@allow(Role.ANYONE)
async def show_status(request: Request) -> Response:
    """Each part in words."""
    portal, locale = portal_of(request), locale_of(request)
    is_carrying, is_stuck = await portal.database.look(_carrying, portal.now())
    works = is_carrying and not is_stuck
    parts = [
        StatusPart(locale.gettext("This site"), locale.gettext("You can write and send applications."), True),
        StatusPart(
            locale.gettext("Bringing applications to offices"),
            locale.say(_CARRIED if works else _LATE),
            works,
        ),
    ]
    return page(request, "public/status.html", parts=parts, seen=locale.moment(portal.now()))


def _carrying(db: Session, now: datetime) -> tuple[bool, bool]:
    """(whether a worker is alive, whether something lies waiting for a person)."""
    seen = heartbeats.last_beat(db, "worker")
    counts = deliveries.count_by_state(db)
    return seen is not None and now - seen < _SILENCE, bool(counts.get("parked") or counts.get("dead"))
