"""What this browser holds: applications begun and applications sent."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from portal.i18n.locale import Locale
from portal.i18n.messages import lazy
from portal.store import drafts
from portal.store.database import Session
from portal.store.drafts import Draft
from portal.usecases import track
from portal.usecases.catalogue import load_version
from portal.usecases.track import Listed
from portal.web.access import Role, allow
from portal.web.citizen.progress import HEADINGS, SIGNS
from portal.web.pages import address, page
from portal.web.portal_state import locale_of, portal_of
from portal.web.session import keep_holder


@allow(Role.VISITOR)
async def show_my(request: Request) -> Response:
    """Both lists; a browser without our cookie holds nothing."""
    portal, holder = portal_of(request), request.state.holder
    if holder is None:
        return page(request, "citizen/my.html", drafts=[], sent=[])
    begun = await portal.database.look(_begun, holder)
    sent = await portal.database.look(track.mine, holder, portal.now())
    response = page(
        request,
        "citizen/my.html",
        drafts=[_draft_row(request, draft, title) for draft, title in begun],
        sent=[_sent_row(request, one) for one in sent],
    )
    keep_holder(request, response, holder)
    return response


def _begun(db: Session, holder: str) -> list[tuple[Draft, object]]:
    """Drafts with something in them, and their services' names."""
    found = drafts.of_holder(db, holder)
    return [(draft, load_version(db, draft.version_hash).title) for draft in found if draft.answers]


def _draft_row(request: Request, draft: Draft, title: object) -> dict[str, str]:
    locale = locale_of(request)
    return {
        "address": address(request, "citizen:check", locale.code, draft=draft.id),
        "name": locale.say(title),  # type: ignore[arg-type]
        "about": locale.say(lazy("Saved {when}", when=locale.moment(draft.updated_at))),
    }


def _sent_row(request: Request, one: Listed) -> dict[str, str]:
    locale = locale_of(request)
    stage = "sending" if one.state == "received" and one.delivered_at is None else one.state
    return {
        "address": address(request, "citizen:track", locale.code, reference=one.reference),
        "name": locale.say(one.service.title),
        "sign": SIGNS.get(stage, "eye"),
        "about": _about(one, stage, locale),
    }


def _about(one: Listed, stage: str, locale: Locale) -> str:
    heading = HEADINGS.get(stage, HEADINGS["in_review"])
    return f"{one.reference} · {locale.say(heading)}"
