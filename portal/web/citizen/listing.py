"""The list of things a repeating step asks about: change one, take one out, say whether there is another."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from portal.forms.asked import NO, YES
from portal.forms.definition import Step
from portal.forms.journey import ItemJourney, Journey
from portal.forms.questions import Fault
from portal.forms.summary import rows_of_item
from portal.i18n.locale import Locale
from portal.i18n.messages import Message, lazy
from portal.i18n.text import Piece, Text
from portal.usecases.answer import answer
from portal.web.citizen.going_on import after, back_of, is_changing, query_of
from portal.web.citizen.opening import Opened
from portal.web.citizen.step_view import StepView, fault_slots
from portal.web.fields import read_field
from portal.web.pages import address, page, redirect
from portal.web.portal_state import locale_of, portal_of


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One thing of the list: its name, what was first said of it, and where to change it or take it out."""

    name: str
    parts: tuple[Piece, ...]
    is_complete: bool
    change: str
    remove: str


def show_list(request: Request, opened: Opened, step: Step) -> Response:
    """The things told of so far; the first one's own page while there must be one and is none."""
    items = opened.journey.items(step)
    if step.repeat is not None and len(items) < step.repeat.min:
        return to_item(request, opened, step, 1)
    return _list_page(request, opened, step)


async def take_list(request: Request, opened: Opened, step: Step) -> Response:
    """Yes: on to another one. No, or no room for more: what is half told first, then the next step."""
    items = opened.journey.items(step)
    has_room = step.repeat is not None and len(items) < step.repeat.max
    said = await read_field(request, f"{step.key}-more") if has_room else NO
    if said not in (YES, NO) or (said == NO and _too_few(step, items)):
        return _list_page(request, opened, step, said_nothing=True)
    draft = await portal_of(request).database.run(answer, opened.draft, {step.more_key: said}, opened.now)
    open_item = next((item for item in items if item.journey.frontier is not None), None)
    if said == YES:
        return to_item(request, opened, step, len(items) + 1)
    if open_item is not None:
        return to_item(request, opened, step, open_item.n)
    return after(request, draft, Journey(opened.service, draft.answers, opened.journey.around), step)


def to_item(request: Request, opened: Opened, step: Step, n: int) -> Response:
    """To the first page about the `n`th thing that wants an answer."""
    item = opened.journey.item(step, n)
    here = item.journey.frontier or item.journey.steps[0]
    return redirect(
        request, "citizen:item", query=query_of(request), draft=opened.draft.id, step=here.key, n=n
    )


def item_name(step: Step, n: int, locale: Locale) -> str:
    """সন্তান ২."""
    return locale.say(lazy("{item} {n}", item=step.repeat.item if step.repeat else step.heading, n=n))


def _too_few(step: Step, items: tuple[ItemJourney, ...]) -> bool:
    return step.repeat is not None and len(items) < step.repeat.min


def _list_page(request: Request, opened: Opened, step: Step, *, said_nothing: bool = False) -> Response:
    locale, journey = locale_of(request), opened.journey
    items = journey.items(step)
    field = f"{step.key}-more"
    faults = (Fault(field, "missing", lazy("Choose yes or no")),) if said_nothing else ()
    said = journey.given.get(step.more_key)
    view = StepView(opened.draft, journey, step, locale, opened.now)
    slots = fault_slots(
        faults,
        (),
        locale,
        typed={field: (str(said.value),)} if said is not None and said.value == NO and items else {},
        facts=view.place() | {"state": view.state()},
    )
    return page(
        request,
        "citizen/items.html",
        status=422 if faults else 200,
        service=opened.service,
        step=step,
        slot=slots,
        field=field,
        items=[_listed(request, opened, step, item) for item in items],
        ask=_ask(step, items),
        back=back_of(request, opened, step),
        action=request.url.path + (f"?{query_of(request)}" if is_changing(request) else ""),
    )


def _ask(step: Step, items: tuple[ItemJourney, ...]) -> Message | Text | None:
    """The question for one more; None when there is room for no more."""
    if step.repeat is None or len(items) >= step.repeat.max:
        return None
    if items:
        return step.repeat.another or lazy("Is there another {item}?", item=step.repeat.item)
    return step.repeat.any or lazy("Is there any {item} to tell us about?", item=step.repeat.item)


def _listed(request: Request, opened: Opened, step: Step, item: ItemJourney) -> ListedItem:
    locale, begins = locale_of(request), item.journey.steps[0]
    row = next(rows_of_item(item.journey, begins, locale))
    place = {"draft": opened.draft.id, "n": item.n}
    change = address(request, "citizen:item", locale.code, step=begins.key, **place)
    remove = address(request, "citizen:remove", locale.code, step=step.key, **place)
    query = f"?{query_of(request)}" if is_changing(request) else ""
    return ListedItem(
        name=item_name(step, item.n, locale),
        parts=row.parts,
        is_complete=item.journey.frontier is None,
        change=change + query,
        remove=remove + query,
    )
