"""Check-answers, sending, and the page that says why somebody cannot get a service."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from portal.forms.definition import Exit, Service
from portal.forms.journey import Row
from portal.i18n.locale import Locale
from portal.i18n.messages import lazy
from portal.i18n.text import Piece, Text
from portal.usecases import catalogue
from portal.usecases.refusals import AlreadySent, NotFound, NotReady, NotSignedIn, StaleDraft
from portal.usecases.submit import Sending, office_of, submit
from portal.web.access import Role, allow
from portal.web.citizen.going_on import go_on
from portal.web.citizen.opening import Opened, open_draft
from portal.web.citizen.step_view import when
from portal.web.fields import read_field, read_revision
from portal.web.offices import office_name
from portal.web.pages import address, page, redirect
from portal.web.portal_state import locale_of, portal_of


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line of check-answers, all words said."""

    name: str
    parts: tuple[Piece, ...]
    """The answer, cut where its language changes; empty when the question was left open."""
    source: str
    registry_said: tuple[Piece, ...]
    """What a registry had, where the person corrected it."""
    change: str


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """A heading of check-answers and its lines."""

    title: Text | str
    rows: tuple[AnswerRow, ...]


@allow(Role.DRAFT_HOLDER)
async def show_check(request: Request) -> Response:
    """Every answer once more; an unfinished journey goes on where it stands."""
    opened = await open_draft(request)
    if not opened.journey.is_complete:
        return go_on(request, opened.draft, opened.journey)
    if _wants_phone(opened):
        return redirect(request, "citizen:sign-in", draft=opened.draft.id)
    return _check_page(request, opened)


@allow(Role.DRAFT_HOLDER)
async def send_application(request: Request) -> Response:
    """Send it, once: pressing twice, going back and pressing again, all lead to the same receipt."""
    try:
        opened = await open_draft(request)
    except AlreadySent as before:
        return redirect(request, "citizen:receipt", reference=before.reference)
    seen = await read_field(request, "revision")
    portal, locale = portal_of(request), locale_of(request)
    sending = Sending(opened.journey, portal.locales, locale.code, read_revision(seen))
    try:
        sent = await portal.database.run(submit, opened.draft, sending, opened.now)
    except StaleDraft:
        return _check_page(request, await open_draft(request), changed=True)
    except NotReady:
        return go_on(request, opened.draft, opened.journey)
    except NotSignedIn:
        return redirect(request, "citizen:sign-in", draft=opened.draft.id)
    return redirect(request, "citizen:receipt", reference=sent.reference)


@allow(Role.DRAFT_HOLDER)
async def show_exit(request: Request) -> Response:
    """Why not, what next, how to contest; only while the answers lead here."""
    opened = await open_draft(request)
    leave = opened.journey.exit
    if leave is None:
        return go_on(request, opened.draft, opened.journey)
    if leave.key != request.path_params["exit"]:
        raise NotFound
    deciding = [q.key for q in opened.service.questions if q.key in leave.when.questions()]
    return page(
        request,
        "citizen/exit.html",
        exit=leave,
        service=opened.service,
        back=_back_from(request, opened, deciding),
        is_for_good=not deciding,
        offered=await _offered(request, leave),
    )


def _back_from(request: Request, opened: Opened, deciding: list[str]) -> str:
    """The last question that led here; the service's own page where no answer did."""
    code = locale_of(request).code
    if not deciding:
        return address(request, "public:service", code, service=opened.service.key)
    step = opened.service.step_of(deciding[-1])
    return address(request, "citizen:step", code, draft=opened.draft.id, step=step.key)


async def _offered(request: Request, leave: Exit) -> list[tuple[str, Service]]:
    """Other services that may fit, where they are published: (address, service)."""
    published = await portal_of(request).database.look(catalogue.published)
    by_key = {one.service.key: one.service for one in published}
    code = locale_of(request).code
    return [
        (address(request, "public:service", code, service=key), by_key[key])
        for key in leave.offer
        if key in by_key
    ]


def _wants_phone(opened: Opened) -> bool:
    return opened.service.assurance > 0 and not opened.draft.is_signed_in


def _check_page(request: Request, opened: Opened, *, changed: bool = False) -> Response:
    locale, journey = locale_of(request), opened.journey
    last = journey.steps[-1]
    return page(
        request,
        "citizen/check.html",
        status=409 if changed else 200,
        service=opened.service,
        sections=_sections(request, opened, locale),
        mobile=_mobile_row(opened, locale),
        office=office_name(opened.service, office_of(journey).place, portal_of(request).places, locale),
        state=locale.say(lazy("Saved at {time}, not sent yet", time=locale.time(opened.draft.updated_at))),
        revision=opened.draft.revision,
        changed=changed,
        action=address(request, "citizen:check", locale.code, draft=opened.draft.id),
        back=address(request, "citizen:step", locale.code, draft=opened.draft.id, step=last.key),
    )


def _sections(request: Request, opened: Opened, locale: Locale) -> list[AnswerSection]:
    return [
        AnswerSection(section.title.words, tuple(_row(request, opened, row, locale) for row in section.rows))
        for section in opened.journey.summary(locale)
    ]


def _row(request: Request, opened: Opened, row: Row, locale: Locale) -> AnswerRow:
    route, which = ("citizen:step", {}) if row.item is None else ("citizen:item", {"n": row.item})
    place = address(request, route, locale.code, draft=opened.draft.id, step=row.step, **which)
    return AnswerRow(
        name=row.label.words,
        parts=row.parts,
        source=_source(opened, row, locale),
        registry_said=row.registry_parts,
        change=f"{place}?change=1",
    )


def _source(opened: Opened, row: Row, locale: Locale) -> str:
    """Where the answer came from, when a registry had a say in it."""
    if row.registry is None or row.fetched_at is None:
        return ""
    provider = opened.service.registry(row.registry).provider
    if row.registry_words is not None:
        return locale.say(lazy("You changed this. In {provider} it is:", provider=provider))
    moment = when(row.fetched_at, opened.now, locale)
    return locale.say(lazy("From {provider}, {when}. You confirmed it", provider=provider, when=moment))


def _mobile_row(opened: Opened, locale: Locale) -> AnswerRow:
    mobile = opened.draft.mobile
    source = locale.gettext("Confirmed with a code") if mobile else ""
    parts = (Piece(locale.phone(mobile), locale.code),) if mobile else ()
    return AnswerRow(locale.gettext("Mobile number"), parts, source, (), "")
