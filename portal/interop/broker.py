"""The one door to the exchange: fetch from a registry, deliver to an office, ask where a case stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta, timezone

from portal.interop.asking import Ask, Found, Kind, NoMatch, Unavailable
from portal.interop.calling import Answered, Call, Caller, Untrustworthy
from portal.interop.catalogue import CatalogueEntry, load_catalogue
from portal.interop.handover import Accepted, CaseStatus, Handover, UnknownCase
from portal.interop.ids import ClientId
from portal.interop.offices import read_receipt, read_status, write_handover
from portal.interop.policy import Retry, Surroundings
from portal.interop.profiles import XROAD
from portal.interop.registries import read_answer, write_question
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
    "Unavailable",
    "UnknownCase",
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
        """Ask a registry about one person, within 6 s; no agreement or no consent to it means no call."""
        entry = self._catalogue.get(ask.service)
        if entry is None:
            return self._never_sent("portal.unknown_service", "ours")
        obstacle = self._obstacle(ask, entry)
        if obstacle:
            return self._never_sent(obstacle, "configuration")
        request_id = self._surroundings.new_id()
        body = write_question(ask, entry, request_id)
        outcome = await self._caller.call(Call(entry, entry.method, ask.issue, body=body, actor=ask.actor))
        if isinstance(outcome, Unavailable):
            return outcome
        try:
            return read_answer(outcome, ask, entry, request_id)
        except Untrustworthy as doubt:
            return _distrusted(outcome, doubt, ambiguous=False)

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
        outcome = await self._caller.call(call)
        if isinstance(outcome, Unavailable):
            return outcome
        try:
            return read_receipt(outcome, handover.submission_id)
        except Untrustworthy as doubt:
            return _distrusted(outcome, doubt, ambiguous=True)

    async def status(
        self, service: str, submission_id: str, issue: str
    ) -> CaseStatus | UnknownCase | Unavailable:
        """Where the office stands with a submission; a GET, so tried again inside the deadline."""
        entry = self._catalogue.get(service)
        if entry is None:
            return self._never_sent("portal.unknown_service", "ours")
        outcome = await self._caller.call(Call(entry, "GET", issue, path=(submission_id,)))
        if isinstance(outcome, Unavailable):
            return outcome
        try:
            return read_status(outcome, submission_id)
        except Untrustworthy as doubt:
            return _distrusted(outcome, doubt, ambiguous=False)

    async def aclose(self) -> None:
        """Close the pooled connections."""
        await self._transport.aclose()

    def _obstacle(self, ask: Ask, entry: CatalogueEntry) -> str:
        """Why this may not be asked, checked at the moment of sending; empty when it may."""
        agreement = ask.agreement
        if agreement.provider != entry.member or not agreement.covers(ask.service, ask.fields, ask.purpose):
            return "portal.not_agreed"
        if not agreement.is_valid_on(self._surroundings.now().astimezone(DHAKA).date()):
            return "portal.agreement_not_in_force"
        if not ask.consent_id or ask.consent_revision != agreement.revision:
            return "portal.no_consent"
        if not set(ask.fields) <= set(entry.fields) or set(ask.subject) != set(entry.inputs):
            return "portal.not_in_catalogue"
        return ""

    def _never_sent(self, code: str, kind: Kind) -> Unavailable:
        return Unavailable(code, kind, self._surroundings.new_id())


def _distrusted(answered: Answered, doubt: Untrustworthy, *, ambiguous: bool) -> Unavailable:
    message_id = answered.provenance.message_id
    return Unavailable(doubt.code, "integrity", message_id, ambiguous, message_id, attempts=1)
