"""Where the person goes from here: forward along the route, back, or to check-answers after a change."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from portal.forms.definition import Step
from portal.forms.journey import Journey
from portal.store.drafts import Draft
from portal.web.citizen.opening import Opened
from portal.web.pages import address, redirect
from portal.web.portal_state import locale_of


def go_on(request: Request, draft: Draft, journey: Journey) -> Response:
    """To where the journey stands: its exit, the first step that wants an answer, or check-answers."""
    if journey.exit is not None:
        return redirect(request, "citizen:exit", draft=draft.id, exit=journey.exit.key)
    if journey.frontier is not None:
        return redirect(
            request, "citizen:step", query=query_of(request), draft=draft.id, step=journey.frontier.key
        )
    return redirect(request, "citizen:check", draft=draft.id)


def after(request: Request, draft: Draft, journey: Journey, step: Step) -> Response:
    """From check-answers back to it, by way of newly opened questions; else the next step on the route."""
    following = journey.after(step)
    if is_changing(request) or journey.exit is not None:
        return go_on(request, draft, journey)
    is_tasks = journey.service.layout == "tasks"
    if is_tasks and (following is None or following.section != step.section):
        return redirect(request, "citizen:tasks", draft=draft.id)
    if following is None:
        return go_on(request, draft, journey)
    return redirect(request, "citizen:step", draft=draft.id, step=following.key)


def back_of(request: Request, opened: Opened, step: Step) -> str:
    """The page before this one: check-answers on a change, the list of tasks, or the step before."""
    code, draft = locale_of(request).code, opened.draft.id
    if is_changing(request) and opened.journey.is_complete:
        return address(request, "citizen:check", code, draft=draft)
    before = opened.journey.before(step)
    if opened.service.layout == "tasks" and (before is None or before.section != step.section):
        return address(request, "citizen:tasks", code, draft=draft)
    if before is None:
        return address(request, "public:service", code, service=opened.service.key)
    return address(request, "citizen:step", code, draft=draft, step=before.key)


def is_changing(request: Request) -> bool:
    """True on the way from a Change link of check-answers back to it."""
    return "change" in request.query_params


def query_of(request: Request) -> str:
    """The query to carry on to the next page."""
    return "change=1" if is_changing(request) else ""
