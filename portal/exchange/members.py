"""The members of the stand-in and what answers for each of their services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.exchange.allowances import Allowances, StatusHoldings, WalletHoldings
from portal.exchange.birth import BirthHoldings
from portal.exchange.cases import CaseBook
from portal.exchange.death import DeathHoldings
from portal.exchange.desks import DESKS
from portal.exchange.disability import DisabilityHoldings
from portal.exchange.intake import Intake
from portal.exchange.nid import NidHoldings
from portal.exchange.payment_orders import PaymentOrders
from portal.exchange.payments import PaymentBook
from portal.exchange.providers import Provider
from portal.exchange.records import Registers
from portal.exchange.register import Register
from portal.exchange.rights import OFFERS, service_of
from portal.exchange.wallets import WalletBook
from portal.interop.ids import ClientId, ServiceId
from portal.places import Places
from portal.settings import Settings


@dataclass(frozen=True, slots=True)
class Books:
    """What the stand-in writes down, all in one file."""

    cases: CaseBook
    payments: PaymentBook
    wallets: WalletBook
    patience: timedelta
    """How long an office, or a pay day, leaves people waiting."""

    @classmethod
    def open(cls, settings: Settings) -> Books:
        """The books in the settings' data folder, made when missing."""
        path = settings.data / "exchange.sqlite"
        patience = timedelta(seconds=settings.intake_seconds)
        return cls(CaseBook(path, patience), PaymentBook(path), WalletBook(path), patience)


def providers_for(
    settings: Settings, registers: Registers, places: Places, books: Books, now: Callable[[], datetime]
) -> dict[ServiceId, Provider]:
    """Who answers each offered service; raises `KeyError` when an offer has nobody behind it."""
    allowances = Allowances(registers, books.cases, books.wallets, books.patience)
    behind: dict[str, Provider] = {
        "nid/verify": Register(NidHoldings(registers.people, places), now),
        "birth/verify": Register(BirthHoldings(registers.births, places), now),
        "death/verify": Register(DeathHoldings(registers.deaths), now),
        "disability/verify": Register(DisabilityHoldings(registers), now),
        "allowances/status": Register(StatusHoldings(allowances, now), now),
        "allowances/wallet": Register(WalletHoldings(allowances, now), now, "PUT"),
        "payments/orders": PaymentOrders(settings, books.payments, now),
    }
    for desk in DESKS:
        behind[f"{desk.key}/applications"] = Intake(desk, books.cases, places, now)
    instance = ClientId.parse(settings.client_id).instance
    return {service_of(instance, offer): behind[offer.key] for offer in OFFERS}
