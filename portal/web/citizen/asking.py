"""Asks the registry a person has agreed to; never longer than a page may wait."""

from __future__ import annotations

import asyncio
import logging

from starlette.requests import Request

from portal.forms.definition import Service
from portal.forms.questions import Around
from portal.i18n.locale import today
from portal.interop.broker import Ask
from portal.store.drafts import Draft
from portal.usecases import prefill
from portal.web.portal_state import Portal, portal_of

log = logging.getLogger("portal.web")
PATIENCE = 3.0
"""Seconds a page waits. The registry has six of its own; what it says later is kept for the next page."""
_ASKING: set[asyncio.Task[None]] = set()


async def ask_registry(request: Request, draft: Draft, service: Service) -> None:
    """Ask the registry that is due, if one is: after a code, a consent, a number and a birth date."""
    portal = portal_of(request)
    registry = prefill.due(draft, service, portal.now())
    if registry is None:
        return
    ask = await portal.database.run(prefill.plan, draft, registry, portal.now())
    if ask is None:
        return
    asking = asyncio.create_task(_ask(portal, ask))
    _ASKING.add(asking)
    asking.add_done_callback(_ASKING.discard)
    await asyncio.wait({asking}, timeout=PATIENCE)


async def _ask(portal: Portal, ask: Ask) -> None:
    outcome = await portal.broker.fetch(ask)
    around = Around(today(portal.now()), portal.places)
    await portal.database.run(prefill.keep, ask.issue, outcome, around, portal.now())
    log.info("registry %s: %s", ask.service, type(outcome).__name__)
