"""The stand-in's payment registry as a provider: take an order, tell whether it was paid, list a day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from portal.exchange.asked import places_of
from portal.exchange.payments import Order, OtherTerms, Payment, PaymentBook, UnknownPayment
from portal.exchange.providers import Answer, Demand, json_answer
from portal.interop.protocol import last_header
from portal.settings import Settings


class _Ordered(BaseModel):
    """An order as the portal writes it."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    order_id: str = Field(min_length=8, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")
    reference: str = Field(max_length=40)
    service_key: str = Field(min_length=1, max_length=100)
    amount: int = Field(ge=1, le=1_000_000)
    words: dict[str, str]
    return_url: str = Field(max_length=500)


class PaymentOrders:
    """Answers `payments/orders`."""

    def __init__(self, settings: Settings, book: PaymentBook, now: Callable[[], datetime]) -> None:
        self._page = f"{settings.exchange_url}/_pay/"
        self._portal = f"{settings.base_url}/"
        self._book = book
        self._now = now

    async def answer(self, demand: Demand) -> Answer:
        """PUT `/<order id>` orders once; GET `/<order id>` and GET `/settled/<day>` tell."""
        parts = demand.path.removeprefix("/").split("/")
        if demand.method == "PUT" and len(parts) == 1:
            return await self._order(demand, parts[0])
        if demand.method == "GET" and len(parts) == 1:
            return await self._status(parts[0])
        if demand.method == "GET" and len(parts) == 2 and parts[0] == "settled":
            return await self._settled(parts[1])
        return json_answer(404, {"error": "no_such_path"})

    async def _order(self, demand: Demand, order_id: str) -> Answer:
        try:
            ordered = _Ordered.model_validate_json(demand.body)
        except ValidationError as error:
            return json_answer(422, {"error": "unreadable", "where": places_of(error)})
        if not order_id == ordered.order_id == last_header(demand.headers, "idempotency-key"):
            return json_answer(400, {"error": "idempotency_key_missing_or_different"})
        if not ordered.return_url.startswith(self._portal):
            # Whoever has paid is sent back there: never to a stranger's page.
            return json_answer(422, {"error": "unreadable", "where": ["return_url"]})
        order = Order(
            order_id=ordered.order_id,
            reference=ordered.reference,
            service_key=ordered.service_key,
            amount=ordered.amount,
            words_bn=ordered.words.get("bn", ""),
            words_en=ordered.words.get("en", ""),
            return_url=ordered.return_url,
        )
        try:
            payment, is_new = await asyncio.to_thread(self._book.order, order, self._now())
        except OtherTerms:
            return json_answer(409, {"error": "other_terms"})
        return json_answer(201 if is_new else 200, self._told(payment))

    async def _status(self, order_id: str) -> Answer:
        try:
            payment = await asyncio.to_thread(self._book.by_order, order_id)
        except UnknownPayment:
            return json_answer(404, {"error": "unknown_order"})
        return json_answer(200, self._told(payment))

    async def _settled(self, written: str) -> Answer:
        try:
            day = date.fromisoformat(written)
        except ValueError:
            return json_answer(422, {"error": "unreadable", "where": ["day"]})
        payments = await asyncio.to_thread(self._book.paid_on, day)
        total = sum(payment.order.amount for payment in payments)
        told = [self._told(payment) for payment in payments]
        return json_answer(200, {"day": day.isoformat(), "total": total, "payments": told})

    def _told(self, payment: Payment) -> dict[str, object]:
        return {
            "order_id": payment.order.order_id,
            "payment_id": payment.payment_id,
            "amount": payment.order.amount,
            "state": "paid" if payment.paid_at else "due",
            "pay_url": self._page + payment.payment_id,
            "paid_at": payment.paid_at.isoformat() if payment.paid_at else None,
            "transaction": payment.transaction or None,
        }
