"""What is ordered to be paid through the exchange, and what the payment registry says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from portal.interop.asking import Provenance

PAYMENTS = "payments/orders"
"""Catalogue key of the payment registry."""


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """One fee of one application. Ordering it again is harmless; with other terms it is refused."""

    order_id: str
    """Ours, the same at every attempt: letters, digits, `-` and `_`, 8 to 100 of them."""
    reference: str
    """What the person knows the application by; empty before it has one."""
    service_key: str
    amount: int
    """Whole taka, at least 1: a free service orders nothing."""
    words: Mapping[str, str]
    """What it is for, by language tag."""
    return_url: str
    """Where the browser goes after paying: an address of this portal."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One order as the registry knows it; only `state` says whether it was paid, never a browser."""

    order_id: str
    payment_id: str
    amount: int
    state: Literal["due", "paid"]
    pay_url: str
    """Where the person pays."""
    paid_at: datetime | None
    transaction: str
    """The registry's number for the receipt; empty until paid."""
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class UnknownPayment:
    """The registry has never seen this order: it is safe to place it."""

    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Settlement:
    """Everything paid on one day in Dhaka, to hold against our own books; `total` is in whole taka."""

    day: date
    total: int
    payments: tuple[Payment, ...]
    provenance: Provenance
