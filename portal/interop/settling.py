"""What the payment registry is told and what it says back: written and parsed here, trusted after."""

from __future__ import annotations

import json
from datetime import UTC, date
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from portal.interop.asking import Provenance
from portal.interop.calling import Answered, Untrustworthy
from portal.interop.payments import Payment, PaymentOrder, Settlement, UnknownPayment


class _Payment(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)

    order_id: str
    payment_id: str = Field(min_length=1, max_length=100)
    amount: int = Field(ge=1)
    state: Literal["due", "paid"]
    pay_url: str = Field(max_length=500)
    paid_at: AwareDatetime | None = None
    transaction: str | None = Field(default=None, max_length=100)


class _Settlement(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)

    day: str
    total: int
    payments: list[_Payment]


def write_order(order: PaymentOrder) -> bytes:
    """The request body; the same order gives the same bytes."""
    written = {
        "order_id": order.order_id,
        "reference": order.reference,
        "service_key": order.service_key,
        "amount": order.amount,
        "words": dict(order.words),
        "return_url": order.return_url,
    }
    return json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_ordered(answered: Answered, order: PaymentOrder) -> Payment:
    """The payment of this very order, over this very sum; raises `Untrustworthy` for anything else."""
    if answered.status not in (200, 201):
        raise Untrustworthy("portal.wrong_status")
    payment = _one(answered, order.order_id)
    if payment.amount != order.amount:
        raise Untrustworthy("portal.wrong_amount")
    return payment


def read_payment(answered: Answered, order_id: str) -> Payment | UnknownPayment:
    """Where this very order stands; raises `Untrustworthy` for anything else."""
    if answered.status == 404:
        return UnknownPayment(answered.provenance)
    if answered.status != 200:
        raise Untrustworthy("portal.wrong_status")
    return _one(answered, order_id)


def read_settlement(answered: Answered, day: date) -> Settlement:
    """What was paid on `day`, adding up; raises `Untrustworthy` for anything else."""
    if answered.status != 200:
        raise Untrustworthy("portal.wrong_status")
    try:
        written = _Settlement.model_validate_json(answered.body)
    except ValidationError:
        raise Untrustworthy("portal.wrong_schema") from None
    payments = tuple(_trusted(one, answered.provenance) for one in written.payments)
    is_whole = written.day == day.isoformat() and all(payment.state == "paid" for payment in payments)
    if not is_whole or written.total != sum(payment.amount for payment in payments):
        raise Untrustworthy("portal.wrong_total")
    return Settlement(day, written.total, payments, answered.provenance)


def _one(answered: Answered, order_id: str) -> Payment:
    try:
        written = _Payment.model_validate_json(answered.body)
    except ValidationError:
        raise Untrustworthy("portal.wrong_schema") from None
    if written.order_id != order_id:
        raise Untrustworthy("portal.wrong_payment")
    return _trusted(written, answered.provenance)


def _trusted(written: _Payment, provenance: Provenance) -> Payment:
    address = urlsplit(written.pay_url)
    # A browser will be sent there, so it must be a plain page of the web.
    if address.scheme not in ("http", "https") or not address.hostname or address.username is not None:
        raise Untrustworthy("portal.wrong_address")
    if (written.state == "paid") != (written.paid_at is not None):
        raise Untrustworthy("portal.wrong_schema")
    return Payment(
        order_id=written.order_id,
        payment_id=written.payment_id,
        amount=written.amount,
        state=written.state,
        pay_url=written.pay_url,
        paid_at=written.paid_at.astimezone(UTC) if written.paid_at else None,
        transaction=written.transaction or "",
        provenance=provenance,
    )
