"""The pages about one of several things, one question a page, and the page that takes one out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from portal.forms.journey import Journey
from portal.store.drafts import Draft
from portal.usecases.items import answer_item, remove_item
from portal.usecases.refusals import NotFound
from portal.web.access import Role, allow
from portal.web.citizen.going_on import go_on, is_changing, query_of
from portal.web.citizen.listing import item_name, to_item
from portal.web.citizen.opening import Opened, OpenedItem, open_draft
from portal.web.citizen.step_view import StepView, field_names, read_answers
from portal.web.fields import read_fields
from portal.web.pages import address, page, redirect
from portal.web.portal_state import locale_of, portal_of
from portal.web.slots import Slots


@allow(Role.DRAFT_HOLDER)
async def show_item(request: Request) -> Response:
    """One question about one thing, as last saved. Too far ahead: the first that wants an answer."""
    opened, asked = await _open(request)
    if not opened.journey.is_open(asked.stop.key):
        return go_on(request, opened.draft, opened.journey)
    if not asked.item.journey.is_open(asked.step.key):
        return to_item(request, opened, asked.stop, asked.item.n)
    return _item_page(request, opened, asked, _view(request, opened, asked).kept())


@allow(Role.DRAFT_HOLDER)
async def take_item(request: Request) -> Response:
    """Keep what was said of this thing, or say what to mend; then its next question, or the list."""
    opened, asked = await _open(request)
    if not opened.journey.is_open(asked.stop.key) or not asked.item.journey.is_open(asked.step.key):
        return to_item(request, opened, asked.stop, asked.item.n)
    typed = await read_fields(request, field_names(asked.step))
    values, faults, more = read_answers(asked.step, typed, opened.journey.around)
    if faults:
        slots = _view(request, opened, asked).refused(typed, faults)
        return _item_page(request, opened, asked, slots, status=422)
    at = (asked.stop, asked.item.n)
    draft = await portal_of(request).database.run(answer_item, opened.draft, at, values, opened.now)
    if more:
        return _to(request, draft, asked.step.key, asked.item.n)
    return _after_item(request, opened, asked, draft)


def _after_item(request: Request, opened: Opened, asked: OpenedItem, draft: Draft) -> Response:
    journey = Journey(opened.service, draft.answers, opened.journey.around)
    inner = journey.item(asked.stop, asked.item.n).journey
    following = inner.frontier if is_changing(request) else inner.after(asked.step)
    if following is not None:
        return _to(request, draft, following.key, asked.item.n)
    if is_changing(request):
        return go_on(request, draft, journey)
    return redirect(request, "citizen:step", draft=draft.id, step=asked.stop.key)


@allow(Role.DRAFT_HOLDER)
async def show_remove(request: Request) -> Response:
    """Asks once more before a thing is taken out."""
    opened, asked = await _open(request, may_be_new=False)
    locale = locale_of(request)
    here = address(
        request, "citizen:remove", locale.code, draft=opened.draft.id, step=asked.step.key, n=asked.item.n
    )
    query = f"?{query_of(request)}" if is_changing(request) else ""
    return page(
        request,
        "citizen/remove.html",
        service=opened.service,
        name=item_name(asked.stop, asked.item.n, locale),
        rows=[row for section in asked.item.journey.summary(locale) for row in section.rows],
        action=here + query,
        back=address(request, "citizen:step", locale.code, draft=opened.draft.id, step=asked.stop.key)
        + query,
    )


@allow(Role.DRAFT_HOLDER)
async def take_remove(request: Request) -> Response:
    """Take it out; the list again. Sent twice it is the list again, too: nothing else goes."""
    opened, asked = await _open(request, may_be_new=True)
    if asked.item.n <= len(opened.journey.items(asked.stop)):
        at = (asked.stop, asked.item.n)
        await portal_of(request).database.run(remove_item, opened.draft, at, opened.now)
    return redirect(
        request, "citizen:step", query=query_of(request), draft=opened.draft.id, step=asked.stop.key
    )


async def _open(request: Request, *, may_be_new: bool = True) -> tuple[Opened, OpenedItem]:
    opened = await open_draft(request)
    asked = opened.item(request.path_params["step"], request.path_params["n"])
    if not may_be_new and asked.item.n > len(opened.journey.items(asked.stop)):
        raise NotFound
    return opened, asked


def _to(request: Request, draft: Draft, step: str, n: int) -> Response:
    return redirect(request, "citizen:item", query=query_of(request), draft=draft.id, step=step, n=n)


def _view(request: Request, opened: Opened, asked: OpenedItem) -> StepView:
    return StepView(
        opened.draft,
        asked.item.journey,
        asked.step,
        locale_of(request),
        opened.now,
        item=item_name(asked.stop, asked.item.n, locale_of(request)),
    )


def _item_page(
    request: Request, opened: Opened, asked: OpenedItem, slots: Slots, *, status: int = 200
) -> Response:
    query = f"?{query_of(request)}" if is_changing(request) else ""
    return page(
        request,
        "citizen/step.html",
        status=status,
        service=opened.service,
        step=asked.step,
        slot=slots,
        back=_back(request, opened, asked) + query,
        action=request.url.path + query,
    )


def _back(request: Request, opened: Opened, asked: OpenedItem) -> str:
    code, draft, stop = locale_of(request).code, opened.draft.id, asked.stop
    before = asked.item.journey.before(asked.step)
    if before is not None:
        return address(request, "citizen:item", code, draft=draft, step=before.key, n=asked.item.n)
    has_list = stop.repeat is not None and len(opened.journey.items(stop)) >= stop.repeat.min
    earlier = stop if has_list else opened.journey.before(stop)
    if earlier is None:
        return address(request, "public:service", code, service=opened.service.key)
    return address(request, "citizen:step", code, draft=draft, step=earlier.key)
