"""The receipt: on the screen, as a page to print, as a tagged PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from portal.documents.codes import qr_svg
from portal.documents.receipt import NoFont, ReceiptFacts, Row, receipt_pdf
from portal.i18n.locale import Locale, today
from portal.i18n.messages import lazy
from portal.usecases import receipts, track
from portal.usecases.receipts import Kept
from portal.usecases.sent_body import SentAnswer
from portal.web.access import Role, allow
from portal.web.citizen.opening import reference_in
from portal.web.citizen.progress import Progress
from portal.web.offers import fee_words
from portal.web.offices import office_name
from portal.web.pages import address, page, redirect
from portal.web.portal_state import locale_of, portal_of


@allow(Role.DRAFT_HOLDER)
async def show_receipt(request: Request) -> Response:
    """It arrived: number, what happens next and when."""
    portal, locale = portal_of(request), locale_of(request)
    reference, now = reference_in(request), portal.now()
    tracking = await portal.database.look(track.load, reference, request.state.holder, now)
    sent = tracking.submission
    office = office_name(tracking.service, sent.office.place, portal.places, locale)
    return page(
        request,
        "citizen/receipt.html",
        service=tracking.service,
        reference=sent.reference,
        received=_received(sent.received_at, locale),
        state=locale.say(lazy("Received {when}", when=locale.moment(sent.received_at))),
        states=Progress(tracking, office, locale, now).states(),
        pdf=address(request, "citizen:receipt-pdf", locale.code, reference=sent.reference),
        printable=address(request, "citizen:receipt-paper", locale.code, reference=sent.reference),
        track=address(request, "citizen:track", locale.code, reference=sent.reference),
    )


@allow(Role.DRAFT_HOLDER)
async def show_paper(request: Request) -> Response:
    """The receipt as it looks on paper."""
    kept = await _load(request)
    paper = _facts(request, kept)
    code = locale_of(request).code
    return page(
        request,
        "citizen/paper_receipt.html",
        paper=paper,
        qr=qr_svg(paper.verify_url, paper.verify_label),
        signature=kept.submission.receipt.signature.value,
        pdf=address(request, "citizen:receipt-pdf", code, reference=paper.reference),
        back=address(request, "citizen:receipt", code, reference=paper.reference),
    )


@allow(Role.DRAFT_HOLDER)
async def show_pdf(request: Request) -> Response:
    """The receipt as a PDF, named by its number; the page to print where no Bangla font was built."""
    kept = await _load(request)
    facts = _facts(request, kept)
    try:
        body = await to_thread.run_sync(receipt_pdf, facts, portal_of(request).settings.build)
    except NoFont:
        return redirect(request, "citizen:receipt-paper", reference=facts.reference)
    name = f'inline; filename="{facts.reference}.pdf"'
    headers = {"content-disposition": name, "cache-control": "no-store"}
    return Response(body, media_type="application/pdf", headers=headers)


def _received(moment: datetime, locale: Locale) -> str:
    """Day and time; in Bangla with the day of the Bangla year beside it, as papers there have it."""
    return (
        locale.moment(moment) if locale.is_english else f"{locale.moment(moment)} · {locale.bangabda(moment)}"
    )


async def _load(request: Request) -> Kept:
    portal = portal_of(request)
    reference = reference_in(request)
    return await portal.database.look(receipts.load, reference, request.state.holder, portal.now())


def _facts(request: Request, kept: Kept) -> ReceiptFacts:
    portal, sent = portal_of(request), kept.submission
    locale = replace(locale_of(request), is_marking=False)  # paper has no elements with a `lang`
    return ReceiptFacts(
        language=locale.code,
        brand=locale.gettext("Shohoj Sheba"),
        title=locale.gettext("Receipt for your application"),
        received=_received(sent.received_at, locale).replace(" · ", "\n"),
        reference_label=locale.gettext("Application number"),
        reference=sent.reference,
        rows=_rows(request, kept, locale),
        fees=(
            Row(
                locale.gettext("Government fee"),
                fee_words(kept.service, sent.office.place, today(sent.received_at), locale, kept.given.plain),
            ),
        ),
        next_title=locale.gettext("What happens next"),
        next_steps=_next_steps(kept, locale),
        verify_url=_verify_url(request, kept),
        verify_label=locale.gettext("Square code for checking this receipt"),
        verify_title=locale.gettext("See whether this receipt is real"),
        verify_words=locale.gettext(
            "Point a phone's camera at the code, or call 333 and say the application number."
        ),
        footer=_footer(locale, is_demo=portal.settings.env != "production"),
    )


def _rows(request: Request, kept: Kept, locale: Locale) -> tuple[Row, ...]:
    sent = kept.submission
    office = office_name(kept.service, sent.office.place, portal_of(request).places, locale)
    rows = [
        Row(locale.gettext("Service"), locale.say(kept.service.title)),
        Row(locale.gettext("Office"), office),
    ]
    name = next(
        (answer for answer in kept.answers if kept.service.question(answer.question).kind == "name"), None
    )
    if name is not None:
        rows.insert(1, Row(locale.gettext("Applicant"), *_name(kept, name, locale)))
    return tuple(rows)


def _name(kept: Kept, sent: SentAnswer, locale: Locale) -> tuple[str, str]:
    """The applicant's name and the language it is in; in the reader's letters where there are both."""
    value, script = sent.answer.value, kept.service.question(sent.question).script
    if isinstance(value, dict) and script == "both":
        language = "en" if locale.is_english and value.get("en") else "bn"
        return value.get(language, ""), language
    return (sent.words.words(locale.code) if sent.words else ""), script or locale.code


def _next_steps(kept: Kept, locale: Locale) -> tuple[str, ...]:
    sent = kept.submission
    steps = [locale.say(kept.service.outcome.next)]
    if sent.due_on is not None:
        steps.append(locale.say(lazy("The office should decide by {day}.", day=sent.due_on)))
    if kept.mobile:
        steps.append(
            locale.say(
                lazy("We will write to {mobile} when there is news.", mobile=locale.phone(kept.mobile))
            )
        )
    return tuple(steps)


def _verify_url(request: Request, kept: Kept) -> str:
    place = address(request, "public:verify", locale_of(request).code)
    proof = urlencode({"r": kept.submission.reference, "s": kept.submission.receipt.signature.value})
    return f"{portal_of(request).settings.base_url}{place}?{proof}"


def _footer(locale: Locale, *, is_demo: bool) -> tuple[str, ...]:
    lines = [locale.gettext("If anyone asks you for extra money, call 333.")]
    if is_demo:
        lines.append(locale.gettext("DEMO receipt: the person and the application are invented."))
    return tuple(lines)
