"""Applying, one question a page: start, show a step, take its answer, go on."""

from __future__ import annotations

import functools
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from portal.forms.answers import Value
from portal.forms.definition import Service, Step
from portal.forms.journey import Journey
from portal.forms.questions.kind import first
from portal.store.drafts import Draft
from portal.usecases.answer import answer
from portal.usecases.catalogue import load_version
from portal.usecases.refusals import NotOpen
from portal.usecases.start import start
from portal.web.access import Role, allow
from portal.web.citizen.asking import ask_registry
from portal.web.citizen.going_on import after, back_of, go_on, query_of
from portal.web.citizen.listing import show_list, take_list
from portal.web.citizen.opening import Opened, open_draft
from portal.web.citizen.step_view import StepView, field_names, read_answers
from portal.web.fields import read_fields, read_revision
from portal.web.pages import page, redirect
from portal.web.portal_state import locale_of, portal_of
from portal.web.session import keep_holder, new_holder, visitor_of
from portal.web.slots import Slots


@allow(Role.ANYONE)
async def show_service_instead(request: Request) -> Response:
    """The address of a start button, opened by hand: the service's own page."""
    return redirect(request, "public:service", service=request.path_params["service"])


@allow(Role.VISITOR)
async def start_application(request: Request) -> Response:
    """A new draft for this browser, which gets its cookie here; pressed twice, one draft."""
    portal = portal_of(request)
    holder = request.state.holder or new_holder()
    service_key = request.path_params["service"]
    is_demo = portal.settings.env != "production"
    begin = functools.partial(start, is_demo=is_demo)
    try:
        draft = await portal.database.run(begin, service_key, visitor_of(request, holder), portal.now())
    except NotOpen:
        return redirect(request, "public:service", service=service_key)
    service = await portal.database.look(load_version, draft.version_hash)
    response = _first_page(request, draft, service)
    keep_holder(request, response, holder)
    return response


def _first_page(request: Request, draft: Draft, service: Service) -> Response:
    if service.layout == "tasks":
        return redirect(request, "citizen:tasks", draft=draft.id)
    return redirect(request, "citizen:step", draft=draft.id, step=service.steps[0].key)


@allow(Role.DRAFT_HOLDER)
async def show_step(request: Request) -> Response:
    """A step the answers lead to, as last saved. Too far ahead: the first that wants an answer."""
    opened = await open_draft(request)
    step = opened.step(request.path_params["step"])
    if not opened.journey.is_open(step.key):
        return go_on(request, opened.draft, opened.journey)
    if opened.wants_sign_in(step):
        return redirect(request, "citizen:sign-in", draft=opened.draft.id)
    if step.repeat is not None:
        return show_list(request, opened, step)
    return _step_page(request, opened, step, _view(request, opened, step).kept())


@allow(Role.DRAFT_HOLDER)
async def answer_step(request: Request) -> Response:
    """Keep what was typed, or say what to mend; then on to the next page."""
    opened = await open_draft(request)
    step = opened.step(request.path_params["step"])
    if not opened.journey.is_open(step.key):
        return go_on(request, opened.draft, opened.journey)
    if step.repeat is not None:
        return await take_list(request, opened, step)
    typed = await read_fields(request, (*field_names(step), "revision"))
    values, faults, more = read_answers(step, typed, opened.journey.around)
    if faults:
        slots = _view(request, opened, step).refused(typed, faults)
        return _step_page(request, opened, step, slots, status=422)
    draft = await _keep(request, opened, values, revision=first(typed, "revision"))
    journey = Journey(opened.service, draft.answers, opened.journey.around)
    if more:
        return redirect(request, "citizen:step", query=query_of(request), draft=draft.id, step=step.key)
    await ask_registry(request, draft, opened.service)
    return after(request, draft, journey, step)


async def _keep(request: Request, opened: Opened, values: dict[str, Value], *, revision: str) -> Draft:
    """`revision` is the draft's as the page showed it: of a late page only what was changed is taken."""
    draft = replace(opened.draft, locale=locale_of(request).code)
    return await portal_of(request).database.run(answer, draft, values, opened.now, read_revision(revision))


def _view(request: Request, opened: Opened, step: Step) -> StepView:
    return StepView(opened.draft, opened.journey, step, locale_of(request), opened.now)


def _step_page(request: Request, opened: Opened, step: Step, slots: Slots, *, status: int = 200) -> Response:
    return page(
        request,
        "citizen/step.html",
        status=status,
        service=opened.service,
        step=step,
        slot=slots,
        back=back_of(request, opened, step),
    )
