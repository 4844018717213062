"""The one door to the exchange: fetch from a registry, deliver to an office, order and check a payment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta, timezone

from portal.interop.asking import Ask, Found, Kind, NoMatch, Unavailable
from portal.interop.calling import Answered, Call, Caller, Untrustworthy
from portal.interop.catalogue import CatalogueEntry, load_catalogue
from portal.interop.handover import Accepted, CaseStatus, Handover, UnknownCase
from portal.interop.ids import ClientId
from portal.interop.offices import read_receipt, read_status, write_handover
from portal.interop.payments import PAYMENTS, Payment, PaymentOrder, Settlement, UnknownPayment
from portal.interop.policy import Retry, Surroundings
from portal.interop.profiles import XROAD
from portal.interop.registries import read_answer, write_question
from portal.interop.settling import read_ordered, read_payment, read_settlement, write_order
from portal.interop.transport import Transport
from portal.settings import Settings

__all__ = [
    "Accepted",
    "Ask",
    "Broker",
    "CaseStatus",
    "Found",
    "Handover",
    "NoMatch",
    "Payment",
    "PaymentOrder",
    "Settlement",
    "Unavailable",
    "UnknownCase",
    "UnknownPayment",
]

DHAKA = timezone(timedelta(hours=6))


class Broker:
    """Speaks to our own security server. One per event loop: it holds a connection pool. Close with `aclose`.

    Nothing the other side does raises: every outcome is a value.
    """

    def __init__(
        self,
        settings: Settings,
        surroundings: Surroundings | None = None,
        catalogue: Mapping[str, CatalogueEntry] | None = None,
    ) -> None:
        self._surroundings = surroundings or Surroundings()
        self._catalogue = load_catalogue() if catalogue is None else catalogue
        self._transport = Transport(settings)
        client = ClientId.parse(settings.client_id)
        self._caller = Caller(client, self._transport, XROAD, self._surroundings, Retry())

    async def fetch(self, ask: Ask) -> Found | NoMatch | Unavailable:
        """Ask a registry about one person, within 6 s; no agreement or no consent to it means no call.

        What a person asks a registry to change about themselves (`allowances/wallet`) goes the same way.
        """
        entry = self._catalogue.get(ask.service)
        if entry is None:
            return self._never_sent("portal.unknown_service", "ours")
        obstacle = self._obstacle(ask, entry)
        if obstacle:
            return self._never_sent(obstacle, "configuration")
        request_id = self._surroundings.new_id()
        body = write_question(ask, entry, request_id)
        call = Call(entry, entry.method, ask.issue, body=body, actor=ask.actor)
        return await self._call(call, lambda answered: read_answer(answered, ask, entry, request_id))

    async def deliver(self, handover: Handover) -> Accepted | Unavailable:
        """Hand a submission over, at most once, within 25 s; ambiguous: ask `status` before sending again."""
        entry = self._catalogue.get(handover.service)
        if entry is None:
            return self._never_sent("portal.unknown_service", "ours")
        call = Call(
            entry,
            entry.method,
            handover.reference,
            body=write_handover(handover),
            idempotency_key=handover.submission_id,
        )
        return await self._call(call, lambda answered: read_receipt(answered, handover.submission_id))

    async def status(
        self, service: str, submission_id: str, issue: str
    ) -> CaseStatus | UnknownCase | Unavailable:
        """Where the office stands with a submission; a GET, so tried again inside the deadline."""
        entry = self._catalogue.get(service)
        if entry is None:
            return self._never_sent("portal.unknown_service", "ours")
        call = Call(entry, "GET", issue, path=(submission_id,))
        return await self._call(call, lambda answered: read_status(answered, submission_id))

    async def order_payment(self, order: PaymentOrder) -> Payment | Unavailable:
        """Order a fee to be paid, or find the order placed before; a PUT, so tried again inside 10 s."""
        entry = self._catalogue[PAYMENTS]
        call = Call(
            entry,
            entry.method,
            order.reference or order.order_id,
            path=(order.order_id,),
            body=write_order(order),
            idempotency_key=order.order_id,
        )
        return await self._call(call, lambda answered: read_ordered(answered, order))

    async def payment(self, order_id: str, issue: str) -> Payment | UnknownPayment | Unavailable:
        """Whether an order has been paid: asked here, never believed of a browser that comes back."""
        call = Call(self._catalogue[PAYMENTS], "GET", issue, path=(order_id,))
        return await self._call(call, lambda answered: read_payment(answered, order_id))

    async def settlement(self, day: date, issue: str) -> Settlement | Unavailable:
        """Everything paid on one day in Dhaka, for the reconciliation."""
        call = Call(self._catalogue[PAYMENTS], "GET", issue, path=("settled", day.isoformat()))
        return await self._call(call, lambda answered: read_settlement(answered, day))

    async def aclose(self) -> None:
        """Close the pooled connections."""
        await self._transport.aclose()

    async def _call[Read](self, call: Call, read: Callable[[Answered], Read]) -> Read | Unavailable:
        """What `read` makes of the answer; an answer it does not believe is kept nowhere."""
        outcome = await self._caller.call(call)
        if isinstance(outcome, Unavailable):
            return outcome
        try:
            return read(outcome)
        except Untrustworthy as doubt:
            message_id = outcome.provenance.message_id
            return Unavailable(doubt.code, "integrity", message_id, call.has_effect, message_id, attempts=1)

    def _obstacle(self, ask: Ask, entry: CatalogueEntry) -> str:
        """Why this may not be asked, checked at the moment of sending; empty when it may."""
        agreement = ask.agreement
        if agreement.provider != entry.member or not agreement.covers(ask.service, ask.fields, ask.purpose):
            return "portal.not_agreed"
        if not agreement.is_valid_on(self._surroundings.now().astimezone(DHAKA).date()):
            return "portal.agreement_not_in_force"
        if not ask.consent_id or ask.consent_revision != agreement.revision:
            return "portal.no_consent"
        if not set(ask.fields) <= set(entry.fields) or not entry.takes(ask.subject):
            return "portal.not_in_catalogue"
        return ""

    def _never_sent(self, code: str, kind: Kind) -> Unavailable:
        return Unavailable(code, kind, self._surroundings.new_id())
