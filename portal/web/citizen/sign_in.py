"""The phone code: the number, then the six digits sent to it, one field at a time."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from portal.forms.definition import Question
from portal.forms.questions import Fault, Typed, kind_of
from portal.forms.questions.kind import first
from portal.i18n.messages import lazy, nlazy
from portal.i18n.text import Text
from portal.usecases import sign_in
from portal.usecases.refusals import CodeExpired, CodeWrong
from portal.usecases.sign_in import CodeSent
from portal.web.access import Role, allow
from portal.web.citizen.going_on import go_on
from portal.web.citizen.opening import Opened, open_draft
from portal.web.citizen.step_view import fault_slots
from portal.web.fields import read_fields
from portal.web.pages import address, page, redirect
from portal.web.portal_state import locale_of, portal_of
from portal.web.session import visitor_of

MOBILE = Question(
    key="mobile",
    kind="mobile",
    label=Text({"bn": "মোবাইল নম্বর", "en": "Mobile number"}),
    error=Text(
        {
            "bn": "আপনার মোবাইল নম্বর লিখুন, যেমন ০১৭১২ ৩৪৫৬৭৮",
            "en": "Enter your mobile number, like 01712 345678",
        }
    ),
)
MISSING_CODE = Fault("code", "missing", lazy("Enter the 6 digits we sent to your phone"))


@allow(Role.DRAFT_HOLDER)
async def show_sign_in(request: Request) -> Response:
    """The number's field; once a code is on its way, the code's."""
    opened = await open_draft(request)
    if opened.draft.is_signed_in:
        return go_on(request, opened.draft, opened.journey)
    return _sign_in_page(request, opened, await _pending(request, opened), {})


@allow(Role.DRAFT_HOLDER)
async def take_sign_in(request: Request) -> Response:
    """A number: send it a code. A code: check it. "Later": nothing is fetched until there is one."""
    opened = await open_draft(request)
    if opened.draft.is_signed_in:
        return go_on(request, opened.draft, opened.journey)
    typed = await read_fields(request, ("mobile", "code", "action"))
    if first(typed, "action") == "skip":
        return await _skip(request, opened)
    if "code" in typed:
        return await _take_code(request, opened, typed)
    return await _take_mobile(request, opened, typed)


async def _skip(request: Request, opened: Opened) -> Response:
    draft = await portal_of(request).database.run(sign_in.skip, opened.draft, opened.now)
    return go_on(request, draft, opened.journey)


async def _take_mobile(request: Request, opened: Opened, typed: Typed) -> Response:
    parsed = kind_of(MOBILE).parse(MOBILE, typed, opened.journey.around)
    if not isinstance(parsed.value, str) or parsed.faults:
        return _sign_in_page(request, opened, None, typed, parsed.faults)
    visitor = visitor_of(request, request.state.holder)
    await portal_of(request).database.run(sign_in.send_code, opened.draft, parsed.value, visitor, opened.now)
    return redirect(request, "citizen:sign-in", draft=opened.draft.id)


async def _take_code(request: Request, opened: Opened, typed: Typed) -> Response:
    code = typed["code"][0]
    pending = await _pending(request, opened)
    if pending is not None and not code.strip():
        return _sign_in_page(request, opened, pending, typed, (MISSING_CODE,))
    try:
        draft = await portal_of(request).database.run(sign_in.check_code, opened.draft, code, opened.now)
    except CodeWrong as wrong:
        return _sign_in_page(
            request, opened, pending if wrong.tries_left else None, typed, (wrong_code(wrong),)
        )
    except CodeExpired:
        return _sign_in_page(request, opened, None, {}, (expired_code(),))
    return go_on(request, draft, opened.journey)


def wrong_code(wrong: CodeWrong) -> Fault:
    """What to say of a code that is not the one sent."""
    if not wrong.tries_left:
        return expired_code()
    words = nlazy(
        "That is not the code we sent. Look at the message again. You can try once more",
        "That is not the code we sent. Look at the message again. You can try {n} more times",
        wrong.tries_left,
    )
    return Fault("code", "wrong", words)


def expired_code(field: str = "mobile") -> Fault:
    """What to say of a code that works no more, at the field where the number is written again."""
    return Fault(
        field, "expired", lazy("That code no longer works. Write your number again to get a new one")
    )


async def _pending(request: Request, opened: Opened) -> CodeSent | None:
    """The code on its way; None too when the person wants to give another number."""
    if "again" in request.query_params:
        return None
    return await portal_of(request).database.look(sign_in.pending, opened.draft, opened.now)


def _sign_in_page(
    request: Request, opened: Opened, pending: CodeSent | None, typed: Typed, faults: tuple[Fault, ...] = ()
) -> Response:
    locale, draft = locale_of(request), opened.draft
    here = address(request, "citizen:sign-in", locale.code, draft=draft.id)
    return page(
        request,
        "citizen/sign_in.html",
        status=422 if faults else 200,
        slot=fault_slots(faults, (), locale, typed=typed),
        about=opened.service.title,
        pending=locale.phone(pending.mobile) if pending else "",
        state=locale.gettext("Your answers are saved. Nothing is sent yet"),
        action=here,
        other_number=f"{here}?again=1",
        skip=not draft.sign_in_skipped,
        back=_back(request, opened),
    )


def _back(request: Request, opened: Opened) -> str:
    """The last answered step before the code was wanted."""
    code, journey = locale_of(request).code, opened.journey
    frontier = journey.frontier
    before = journey.before(frontier) if frontier else journey.steps[-1]
    # A step behind the code would only lead here again.
    while before is not None and opened.wants_sign_in(before):
        before = journey.before(before)
    if before is None:
        return address(request, "public:service", code, service=opened.service.key)
    return address(request, "citizen:step", code, draft=opened.draft.id, step=before.key)
