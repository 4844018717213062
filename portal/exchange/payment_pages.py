"""The demonstration's payment page at `/_pay/<payment id>`: one sum, one button, no money."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from portal.exchange.pages import HEADERS, Pages, is_foreign, wants_json
from portal.exchange.payments import Payment, PaymentBook, UnknownPayment
from portal.settings import Settings


class PaymentPages:
    """What a gateway would show, over one payment book."""

    def __init__(
        self, settings: Settings, book: PaymentBook, pages: Pages, now: Callable[[], datetime]
    ) -> None:
        # After paying, the browser is sent back to the portal: the only other place this form may lead to.
        self._forms_lead_to = f"form-action 'self' {settings.base_url};"
        self._book = book
        self._pages = pages
        self._now = now

    def routes(self) -> list[Route]:
        """The addresses, for the application."""
        return [
            Route("/_pay/{payment_id}", self.show),
            Route("/_pay/{payment_id}", self.pay, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """What is to be paid, or that it was."""
        try:
            payment = await asyncio.to_thread(self._book.by_payment, request.path_params["payment_id"])
        except UnknownPayment:
            return self._missing(request)
        if wants_json(request):
            return _json(payment)
        page = self._pages.show(request, "pay.html", {"payment": payment})
        policy = page.headers["content-security-policy"]
        page.headers["content-security-policy"] = policy.replace("form-action 'self';", self._forms_lead_to)
        return page

    async def pay(self, request: Request) -> Response:
        """Paid; the browser goes back to where it came from. Twice is once."""
        if is_foreign(request):
            return Response("Another site may not pay here.", 403, HEADERS)
        try:
            payment_id = request.path_params["payment_id"]
            payment = await asyncio.to_thread(self._book.pay, payment_id, self._now())
        except UnknownPayment:
            return self._missing(request)
        if wants_json(request):
            return _json(payment)
        return RedirectResponse(payment.order.return_url, 303, HEADERS)

    def _missing(self, request: Request) -> Response:
        if wants_json(request):
            return JSONResponse({"error": "unknown_payment"}, 404, HEADERS)
        return self._pages.show(request, "no-payment.html", {}, 404)


def _json(payment: Payment) -> Response:
    state = "paid" if payment.paid_at else "due"
    return JSONResponse({"state": state, "amount": payment.order.amount}, headers=HEADERS)
