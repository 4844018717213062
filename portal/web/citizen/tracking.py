"""The page that says how far one application has come."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from portal.i18n.locale import Locale
from portal.i18n.messages import lazy
from portal.usecases import track
from portal.usecases.track import Tracking
from portal.web.access import Role, allow
from portal.web.citizen.opening import reference_in
from portal.web.citizen.progress import Progress
from portal.web.offices import office_name
from portal.web.pages import address, page
from portal.web.portal_state import locale_of, portal_of


@allow(Role.DRAFT_HOLDER)
async def show_track(request: Request) -> Response:
    """Where it stands, what happened, what comes, who looked."""
    portal, locale = portal_of(request), locale_of(request)
    reference, now = reference_in(request), portal.now()
    tracking = await portal.database.look(track.load, reference, request.state.holder, now)
    office = office_name(tracking.service, tracking.submission.office.place, portal.places, locale)
    progress = Progress(tracking, office, locale, now)
    return page(
        request,
        "citizen/track.html",
        service=tracking.service,
        reference=tracking.submission.reference,
        progress=progress,
        lookups=[_lookup(tracking, one, locale) for one in tracking.lookups],
        receipt=address(request, "citizen:receipt", locale.code, reference=tracking.submission.reference),
    )


def _lookup(tracking: Tracking, one: track.Lookup, locale: Locale) -> str:
    registry = tracking.service.registry(one.registry)
    words = lazy(
        "{when}: we asked {provider}. Why: {purpose}",
        when=locale.moment(one.at),
        provider=registry.provider,
        purpose=registry.purpose_words,
    )
    return locale.say(words)
