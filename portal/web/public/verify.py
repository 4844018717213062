"""Is a receipt real? Anybody may ask; nothing personal is answered."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from portal.security.tokens import clean_reference, is_reference
from portal.usecases import receipts
from portal.web.access import Role, allow
from portal.web.offices import office_name
from portal.web.pages import page
from portal.web.portal_state import locale_of, portal_of


@allow(Role.ANYONE)
async def show_verify(request: Request) -> Response:
    """The two fields; with a number and a signature, yes or no."""
    portal, locale = portal_of(request), locale_of(request)
    reference, signature = request.query_params.get("r", ""), request.query_params.get("s", "")
    if not reference and not signature:
        heading = locale.gettext("Is this receipt real?")
        return page(request, "public/verify.html", asked=False, found=None, heading=heading)
    is_possible = is_reference(clean_reference(reference))
    verified = await portal.database.look(receipts.verify, reference, signature) if is_possible else None
    if verified is None:
        heading = locale.gettext("This receipt is not one of ours")
        return page(request, "public/verify.html", asked=True, found=None, heading=heading)
    found = {
        "reference": verified.reference,
        "service": locale.say(verified.service.title),
        "office": office_name(verified.service, verified.office.place, portal.places, locale),
        "received": locale.date(verified.received_at),
    }
    heading = locale.gettext("This receipt is real")
    return page(request, "public/verify.html", asked=True, found=found, heading=heading)
