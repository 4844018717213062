"""A fee is ordered through the exchange, and only the registry says that it was paid."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import httpx2
import pytest

from portal.interop.asking import Provenance, Unavailable
from portal.interop.broker import Payment, PaymentOrder, Settlement, UnknownPayment
from portal.interop.calling import Answered, Untrustworthy
from portal.interop.settling import read_ordered, read_payment, read_settlement
from tests.interop.conftest import Desk

ORDER = PaymentOrder(
    order_id="5f0c2d1e-0000-4000-8000-000000000001",
    reference="",
    service_key="birth-registration",
    amount=50,
    words={"bn": "জন্ম নিবন্ধন ফি"},
    return_url="http://testserver/bn/apply/draft-1/payment",
)
DHAKA = timezone(timedelta(hours=6))
PROVENANCE = Provenance("payments/orders", "m", "r", "h", datetime(2026, 11, 22, tzinfo=UTC))
PAID = {
    "order_id": ORDER.order_id,
    "payment_id": "p1",
    "amount": 50,
    "state": "paid",
    "pay_url": "https://pay.example/p1",
    "paid_at": "2026-11-22T10:00:00+06:00",
    "transaction": "T-1",
}

DUE = PAID | {"state": "due", "paid_at": None}


def order(desk: Desk, placed: PaymentOrder = ORDER) -> Payment | Unavailable:
    return desk.do(lambda broker: broker.order_payment(placed))


def asked(desk: Desk) -> Payment | UnknownPayment | Unavailable:
    return desk.do(lambda broker: broker.payment(ORDER.order_id, "draft-1"))


def press_pay(exchange: httpx2.Client, payment: Payment) -> None:
    address = f"/_pay/{payment.payment_id}"
    assert payment.pay_url.endswith(address)
    assert exchange.post(address).status_code == 303


def test_a_fee_is_ordered_paid_and_found_again_at_the_end_of_the_day(
    exchange: httpx2.Client, desk: Desk
) -> None:
    assert isinstance(asked(desk), UnknownPayment)
    due = order(desk)
    assert isinstance(due, Payment)
    assert (due.state, due.paid_at, due.transaction) == ("due", None, "")
    press_pay(exchange, due)
    paid = asked(desk)
    assert isinstance(paid, Payment)
    assert (paid.state, paid.payment_id) == ("paid", due.payment_id)
    assert paid.paid_at is not None
    assert paid.transaction.startswith("DEMO-")
    day = paid.paid_at.astimezone(DHAKA).date()
    settled = desk.do(lambda broker: broker.settlement(day, "books"))
    assert isinstance(settled, Settlement)
    assert (settled.total, [one.payment_id for one in settled.payments]) == (50, [due.payment_id])


def test_ordering_again_is_the_same_payment_and_other_terms_are_our_bug(
    exchange: httpx2.Client, desk: Desk
) -> None:
    first, again = order(desk), order(desk)
    assert isinstance(first, Payment)
    assert isinstance(again, Payment)
    assert first.payment_id == again.payment_id
    dearer = order(desk, replace(ORDER, amount=100))
    assert isinstance(dearer, Unavailable)
    assert (dearer.code, dearer.kind) == ("provider.409", "ours")


@pytest.mark.parametrize("fault", ["refuse", "hang", "nonsense", "http500", "wrong-hash", "cut"])
def test_without_a_registry_nothing_counts_as_paid(
    exchange: httpx2.Client, misbehave: Callable[[str], None], desk: Desk, fault: str
) -> None:
    due = order(desk)
    assert isinstance(due, Payment)
    press_pay(exchange, due)
    misbehave(fault)
    assert isinstance(asked(desk), Unavailable)
    misbehave("none")
    paid = asked(desk)
    assert isinstance(paid, Payment)
    assert paid.state == "paid"


def answered(document: object, status: int = 200) -> Answered:
    return Answered(status, json.dumps(document).encode(), PROVENANCE)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"order_id": "another-one"}, "portal.wrong_payment"),
        ({"amount": 5}, "portal.wrong_amount"),
        ({"amount": "50"}, "portal.wrong_schema"),
        ({"state": "maybe"}, "portal.wrong_schema"),
        ({"paid_at": None}, "portal.wrong_schema"),
        ({"state": "due"}, "portal.wrong_schema"),
        ({"paid_at": "2026-11-22T10:00:00"}, "portal.wrong_schema"),
        ({"pay_url": "javascript:alert(1)"}, "portal.wrong_address"),
        ({"pay_url": "https://portal@evil.example/"}, "portal.wrong_address"),
        ({"pay_url": "//evil.example/"}, "portal.wrong_address"),
    ],
)
def test_a_payment_that_is_not_the_one_ordered_is_not_believed(change: dict[str, object], code: str) -> None:
    assert read_ordered(answered(PAID), ORDER).state == "paid"
    with pytest.raises(Untrustworthy) as doubt:
        read_ordered(answered(PAID | change), ORDER)
    assert doubt.value.code == code


def test_an_answer_that_is_neither_yes_nor_no_is_not_believed() -> None:
    with pytest.raises(Untrustworthy):
        read_ordered(answered(PAID, 404), ORDER)
    with pytest.raises(Untrustworthy):
        read_payment(answered(PAID, 202), ORDER.order_id)
    with pytest.raises(Untrustworthy):
        read_settlement(answered(PAID, 404), date(2026, 11, 22))


@pytest.mark.parametrize(
    "change",
    [
        {"total": 51},
        {"day": "2026-11-21"},
        {"payments": [PAID | {"state": "due", "paid_at": None}]},
        {"day": 5},
    ],
)
def test_a_day_that_does_not_add_up_is_not_believed(change: dict[str, object]) -> None:
    day = date(2026, 11, 22)
    whole = {"day": "2026-11-22", "total": 50, "payments": [PAID]}
    assert read_settlement(answered(whole), day).total == 50
    with pytest.raises(Untrustworthy):
        read_settlement(answered(whole | change), day)
