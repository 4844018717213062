"""The list of tasks of a long service: what is done, what is not, and the way on in the middle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from portal.forms.tasks import Task, TaskState, tasks_of
from portal.i18n.messages import Message, lazy
from portal.i18n.text import Text
from portal.usecases.refusals import NotFound
from portal.web.access import Role, allow
from portal.web.citizen.going_on import go_on
from portal.web.citizen.opening import Opened, open_draft
from portal.web.citizen.step_view import StepView
from portal.web.pages import address, page
from portal.web.portal_state import locale_of

_STATES: Mapping[TaskState, Message] = {
    "done": lazy("Done"),
    "begun": lazy("Begun, not finished"),
    "open": lazy("Not begun"),
    "locked": lazy("Cannot begin yet"),
}
_SIGNS: Mapping[TaskState, str] = {"done": "tick", "begun": "pen", "open": "todo", "locked": "clock"}


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as its row shows it; no address while it cannot be begun."""

    title: Text
    state: str
    sign: str
    address: str


@allow(Role.DRAFT_HOLDER)
async def show_tasks(request: Request) -> Response:
    """Every section of the service and how far the person is."""
    opened = await _open(request)
    if opened.journey.exit is not None:
        return go_on(request, opened.draft, opened.journey)
    locale, code = locale_of(request), locale_of(request).code
    tasks = tasks_of(opened.journey)
    view = StepView(opened.draft, opened.journey, opened.journey.steps[0], locale, opened.now)
    return page(
        request,
        "citizen/tasks.html",
        service=opened.service,
        tasks=[_line(request, opened, task) for task in tasks],
        done=sum(task.state == "done" for task in tasks),
        total=len(tasks),
        is_complete=opened.journey.is_complete,
        state=view.state(),
        action=address(request, "citizen:tasks", code, draft=opened.draft.id),
        back=address(request, "public:service", code, service=opened.service.key),
    )


@allow(Role.DRAFT_HOLDER)
async def take_tasks(request: Request) -> Response:
    """On to the first thing that is open, or to check-answers."""
    opened = await _open(request)
    return go_on(request, opened.draft, opened.journey)


async def _open(request: Request) -> Opened:
    opened = await open_draft(request)
    if opened.service.layout != "tasks":
        raise NotFound
    return opened


def _line(request: Request, opened: Opened, task: Task) -> TaskLine:
    locale = locale_of(request)
    place = ""
    if task.step is not None:
        place = address(request, "citizen:step", locale.code, draft=opened.draft.id, step=task.step.key)
    return TaskLine(task.section.title, locale.say(_STATES[task.state]), _SIGNS[task.state], place)
