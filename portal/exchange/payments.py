"""The payment registry's book: what is to be paid, for what, and what was."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from portal.exchange.ledger import Ledger, stamp
from portal.security.tokens import new_id

DHAKA = timezone(timedelta(hours=6))

_SCHEMA = """
CREATE TABLE IF NOT EXISTS payments (
    serial INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL UNIQUE,
    payment_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL,
    service_key TEXT NOT NULL,
    amount INTEGER NOT NULL,
    words_bn TEXT NOT NULL,
    words_en TEXT NOT NULL,
    return_url TEXT NOT NULL,
    ordered_at TEXT NOT NULL,
    paid_at TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS payments_paid_at ON payments (paid_at);
"""


class OtherTerms(Exception):
    """This order came before, for another amount or another thing."""


class UnknownPayment(LookupError):
    """No payment with this id."""


@dataclass(frozen=True, slots=True)
class Order:
    """Something to be paid once; `amount` in whole taka, `words` say for what."""

    order_id: str
    reference: str
    service_key: str
    amount: int
    words_bn: str
    words_en: str
    return_url: str


@dataclass(frozen=True, slots=True)
class Payment:
    """An order and whether it is paid; `payment_id` cannot be guessed and stands in the page's address."""

    order: Order
    payment_id: str
    ordered_at: datetime
    paid_at: datetime | None
    transaction: str

    @property
    def words(self) -> dict[str, str]:
        """What it is for, by language."""
        said = {"bn": self.order.words_bn, "en": self.order.words_en}
        return {lang: words for lang, words in said.items() if words}


class PaymentBook:
    """Orders on disk; the same order twice is one payment, and paying twice pays once."""

    def __init__(self, path: Path) -> None:
        self._ledger = Ledger(path, _SCHEMA)

    def order(self, order: Order, now: datetime) -> tuple[Payment, bool]:
        """The payment for this order and whether it is new; raises `OtherTerms`."""
        with self._ledger.writing() as book:
            row = _find(book, "order_id", order.order_id)
            if row is not None:
                if _payment(row).order != order:
                    raise OtherTerms
                return _payment(row), False
            book.execute(
                "INSERT INTO payments (order_id, payment_id, reference, service_key, amount, words_bn,"
                " words_en, return_url, ordered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    order.order_id,
                    new_id(),
                    order.reference,
                    order.service_key,
                    order.amount,
                    order.words_bn,
                    order.words_en,
                    order.return_url,
                    stamp(now),
                ),
            )
            return _require(book, "order_id", order.order_id), True

    def by_order(self, order_id: str) -> Payment:
        """The payment of an order; raises `UnknownPayment`."""
        with self._ledger.reading() as book:
            return _require(book, "order_id", order_id)

    def by_payment(self, payment_id: str) -> Payment:
        """The payment a page is about; raises `UnknownPayment`."""
        with self._ledger.reading() as book:
            return _require(book, "payment_id", payment_id)

    def pay(self, payment_id: str, now: datetime) -> Payment:
        """Paid, once and for all; raises `UnknownPayment`."""
        with self._ledger.writing() as book:
            update = "UPDATE payments SET paid_at = ? WHERE payment_id = ? AND paid_at IS NULL"
            book.execute(update, (stamp(now), payment_id))
            return _require(book, "payment_id", payment_id)

    def paid_on(self, day: date) -> list[Payment]:
        """What was paid on one day in Dhaka, in the order it was."""
        begins = datetime(day.year, day.month, day.day, tzinfo=DHAKA)
        paid = "SELECT * FROM payments WHERE paid_at IS NOT NULL ORDER BY paid_at, serial"
        with self._ledger.reading() as book:
            payments = [_payment(row) for row in book.execute(paid)]
        ends = begins + timedelta(days=1)
        return [one for one in payments if one.paid_at and begins <= one.paid_at < ends]


def _find(book: sqlite3.Connection, column: str, value: str) -> sqlite3.Row | None:
    statement = {
        "order_id": "SELECT * FROM payments WHERE order_id = ?",
        "payment_id": "SELECT * FROM payments WHERE payment_id = ?",
    }[column]
    row: sqlite3.Row | None = book.execute(statement, (value,)).fetchone()
    return row


def _require(book: sqlite3.Connection, column: str, value: str) -> Payment:
    row = _find(book, column, value)
    if row is None:
        raise UnknownPayment
    return _payment(row)


def _payment(row: sqlite3.Row) -> Payment:
    order = Order(
        order_id=row["order_id"],
        reference=row["reference"],
        service_key=row["service_key"],
        amount=row["amount"],
        words_bn=row["words_bn"],
        words_en=row["words_en"],
        return_url=row["return_url"],
    )
    paid_at = datetime.fromisoformat(row["paid_at"]) if row["paid_at"] else None
    return Payment(
        order=order,
        payment_id=row["payment_id"],
        ordered_at=datetime.fromisoformat(row["ordered_at"]),
        paid_at=paid_at,
        transaction=f"DEMO-{paid_at:%Y}-{row['serial']:07d}" if paid_at else "",
    )
