"""Applying, one question a page: start, show a step, take its answer, go on."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from portal.forms.answers import Value
from portal.forms.definition import Step
from portal.forms.journey import Journey
from portal.forms.questions import Fault, Typed, kind_of
from portal.forms.questions.kind import first
from portal.store.drafts import Draft
from portal.usecases.answer import answer
from portal.usecases.catalogue import load_version
from portal.usecases.start import start
from portal.web.access import Role, allow
from portal.web.citizen.asking import ask_registry
from portal.web.citizen.opening import Opened, open_draft
from portal.web.citizen.step_view import StepView
from portal.web.fields import read_fields, read_revision
from portal.web.pages import address, page, redirect
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
    draft = await portal.database.run(start, service_key, visitor_of(request, holder), portal.now())
    service = await portal.database.look(load_version, draft.version_hash)
    response = redirect(request, "citizen:step", draft=draft.id, step=service.steps[0].key)
    keep_holder(request, response, holder)
    return response


@allow(Role.DRAFT_HOLDER)
async def show_step(request: Request) -> Response:
    """A step the answers lead to, as last saved. Too far ahead: the first that wants an answer."""
    opened = await open_draft(request)
    step = opened.step(request.path_params["step"])
    if not opened.journey.is_open(step.key):
        return go_on(request, opened.draft, opened.journey)
    if opened.wants_sign_in(step):
        return redirect(request, "citizen:sign-in", draft=opened.draft.id)
    return _step_page(request, opened, step, _view(request, opened, step).kept())


@allow(Role.DRAFT_HOLDER)
async def answer_step(request: Request) -> Response:
    """Keep what was typed, or say what to mend; then on to the next page."""
    opened = await open_draft(request)
    step = opened.step(request.path_params["step"])
    if not opened.journey.is_open(step.key):
        return go_on(request, opened.draft, opened.journey)
    typed = await read_fields(request, (*_field_names(step), "revision"))
    values, faults, more = _parse(opened, step, typed)
    if faults:
        slots = _view(request, opened, step).refused(typed, faults)
        return _step_page(request, opened, step, slots, status=422)
    draft = await _keep(request, opened, values, revision=first(typed, "revision"))
    journey = Journey(opened.service, draft.answers, opened.journey.around)
    if more:
        return redirect(request, "citizen:step", query=_query(request), draft=draft.id, step=step.key)
    await ask_registry(request, draft, opened.service)
    return _after(request, draft, journey, step)


def go_on(request: Request, draft: Draft, journey: Journey) -> Response:
    """To where the journey stands: its exit, the first step that wants an answer, or check-answers."""
    if journey.exit is not None:
        return redirect(request, "citizen:exit", draft=draft.id, exit=journey.exit.key)
    if journey.frontier is not None:
        return redirect(
            request, "citizen:step", query=_query(request), draft=draft.id, step=journey.frontier.key
        )
    return redirect(request, "citizen:check", draft=draft.id)


def _after(request: Request, draft: Draft, journey: Journey, step: Step) -> Response:
    """From check-answers back to it, by way of newly opened questions; else the next step on the route."""
    following = journey.after(step)
    if _is_changing(request) or journey.exit is not None or following is None:
        return go_on(request, draft, journey)
    return redirect(request, "citizen:step", draft=draft.id, step=following.key)


async def _keep(request: Request, opened: Opened, values: dict[str, Value], *, revision: str) -> Draft:
    """`revision` is the draft's as the page showed it: of a late page only what was changed is taken."""
    draft = replace(opened.draft, locale=locale_of(request).code)
    return await portal_of(request).database.run(answer, draft, values, opened.now, read_revision(revision))


def _parse(opened: Opened, step: Step, typed: Typed) -> tuple[dict[str, Value], tuple[Fault, ...], bool]:
    """(values understood, what to mend, whether the same step wants another round)."""
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    more = False
    for question in step.questions:
        parsed = kind_of(question).parse(question, typed, opened.journey.around)
        faults.extend(parsed.faults)
        more = more or parsed.more
        if parsed.value is not None:
            values[question.key] = parsed.value
    return values, tuple(faults), more


def _field_names(step: Step) -> list[str]:
    return [name for question in step.questions for name in kind_of(question).fields(question)]


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
        back=_back(request, opened, step),
    )


def _back(request: Request, opened: Opened, step: Step) -> str:
    code, draft = locale_of(request).code, opened.draft.id
    if _is_changing(request) and opened.journey.is_complete:
        return address(request, "citizen:check", code, draft=draft)
    before = opened.journey.before(step)
    if before is None:
        return address(request, "public:service", code, service=opened.service.key)
    return address(request, "citizen:step", code, draft=draft, step=before.key)


def _is_changing(request: Request) -> bool:
    """True on the way from a Change link of check-answers back to it."""
    return "change" in request.query_params


def _query(request: Request) -> str:
    return "change=1" if _is_changing(request) else ""
