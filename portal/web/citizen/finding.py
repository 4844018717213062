"""Finding an application from another phone: its number, the mobile given with it, then a code."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from portal.forms.questions import Around, Fault, Typed, kind_of
from portal.i18n.locale import Locale, today
from portal.i18n.messages import lazy
from portal.security.tokens import clean_reference, is_reference
from portal.usecases import track
from portal.usecases.refusals import CodeExpired, CodeWrong
from portal.web.access import Role, allow
from portal.web.citizen.sign_in import MISSING_CODE, MOBILE, expired_code, wrong_code
from portal.web.citizen.step_view import fault_slots
from portal.web.fields import read_fields
from portal.web.pages import address, page, redirect
from portal.web.portal_state import locale_of, portal_of
from portal.web.session import keep_holder, new_holder, visitor_of

_REFERENCE = lazy("Enter the application number from your receipt, like BD-7K4M-29QX")


@allow(Role.VISITOR)
async def show_find(request: Request) -> Response:
    """The two fields."""
    return _find_page(request, {})


@allow(Role.VISITOR)
async def take_find(request: Request) -> Response:
    """Send a code if the two belong together; the answer looks the same if they do not."""
    portal, holder = portal_of(request), request.state.holder or new_holder()
    typed = await read_fields(request, ("reference", "mobile"))
    around = Around(today(portal.now()), portal.places)
    reference = clean_reference(next(iter(typed.get("reference", ())), ""))
    faults = () if is_reference(reference) else (Fault("reference", "shape", _REFERENCE),)
    parsed = kind_of(MOBILE).parse(MOBILE, typed, around)
    faults = (*faults, *parsed.faults)
    if faults or not isinstance(parsed.value, str):
        return _find_page(request, typed, faults)
    visitor = visitor_of(request, holder)
    await portal.database.run(track.ask_code, visitor, reference, parsed.value, portal.now())
    response = redirect(request, "citizen:find-code", query=f"r={reference}")
    keep_holder(request, response, holder)
    return response


@allow(Role.DRAFT_HOLDER)
async def show_code(request: Request) -> Response:
    """The code's field."""
    return _code_page(request, {})


@allow(Role.DRAFT_HOLDER)
async def take_code(request: Request) -> Response:
    """The right code opens the application for half an hour."""
    portal = portal_of(request)
    typed = await read_fields(request, ("code",))
    code = next(iter(typed.get("code", ())), "")
    if not code.strip():
        return _code_page(request, typed, (MISSING_CODE,))
    visitor = visitor_of(request, request.state.holder)
    try:
        reference = await portal.database.run(track.grant, visitor, _reference(request), code, portal.now())
    except CodeWrong as wrong:
        fault = wrong_code(wrong) if wrong.tries_left else expired_code("code")
        return _code_page(request, typed, (fault,))
    except CodeExpired:
        return _code_page(request, typed, (expired_code("code"),))
    return redirect(request, "citizen:track", reference=reference)


def _reference(request: Request) -> str:
    said = clean_reference(request.query_params.get("r", ""))
    return said if is_reference(said) else ""


def _find_page(request: Request, typed: Typed, faults: tuple[Fault, ...] = ()) -> Response:
    locale = locale_of(request)
    return page(
        request,
        "citizen/find.html",
        status=422 if faults else 200,
        slot=fault_slots(faults, (), locale, typed=typed),
        action=address(request, "citizen:find", locale.code),
        fields=_fields(locale),
    )


def _fields(locale: Locale) -> list[tuple[str, str, str, str, str]]:
    """(control, label, hint, width, keyboard) of both fields."""
    return [
        (
            "reference",
            locale.gettext("Application number"),
            locale.gettext("It stands on the receipt, like BD-7K4M-29QX"),
            "medium",
            "text",
        ),
        (
            "mobile",
            locale.gettext("Mobile number"),
            locale.gettext("The number you gave with the application"),
            "medium",
            "tel",
        ),
    ]


def _code_page(request: Request, typed: Typed, faults: tuple[Fault, ...] = ()) -> Response:
    locale = locale_of(request)
    back = address(request, "citizen:find", locale.code)
    here = address(request, "citizen:find-code", locale.code)
    return page(
        request,
        "citizen/find_code.html",
        status=422 if faults else 200,
        slot=fault_slots(faults, (), locale, typed=typed),
        action=f"{here}?r={_reference(request)}",
        back=back,
    )
