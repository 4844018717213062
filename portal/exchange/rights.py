"""Who may call what: the exchange's own table, default deny."""

from __future__ import annotations

from dataclasses import dataclass

from portal.exchange.desks import DESKS
from portal.interop.ids import ClientId, ServiceId
from portal.settings import Settings


@dataclass(frozen=True, slots=True)
class Right:
    """`client` may call `service` with one of `methods`."""

    client: ClientId
    service: ServiceId
    methods: frozenset[str]


@dataclass(frozen=True, slots=True)
class Offer:
    """One service of one government member, and the methods it may be called with."""

    member: str
    subsystem: str
    service: str
    methods: frozenset[str]

    @property
    def key(self) -> str:
        """`subsystem/service`."""
        return f"{self.subsystem}/{self.service}"


OFFERS: tuple[Offer, ...] = (
    Offer("EC", "nid", "verify", frozenset({"POST"})),
    Offer("ORGBDR", "birth", "verify", frozenset({"POST"})),
    Offer("ORGBDR", "death", "verify", frozenset({"POST"})),
    Offer("DSS", "disability", "verify", frozenset({"POST"})),
    Offer("DSS", "allowances", "status", frozenset({"POST"})),
    Offer("DSS", "allowances", "wallet", frozenset({"PUT"})),
    Offer("FD", "payments", "orders", frozenset({"PUT", "GET"})),
    *(Offer(desk.member, desk.key, "applications", frozenset({"POST", "GET"})) for desk in DESKS),
)


class Rights:
    """The granted rights; what is not listed is refused."""

    def __init__(self, granted: tuple[Right, ...]) -> None:
        self._granted = granted

    def allow(self, client: ClientId, service: ServiceId, method: str) -> bool:
        """True when `client` was granted `service` with `method`."""
        return any(
            right.client == client and right.service == service and method in right.methods
            for right in self._granted
        )


def service_of(instance: str, offer: Offer) -> ServiceId:
    """The full identifier of an offered service."""
    return ServiceId(instance, "GOV", offer.member, offer.subsystem, offer.service)


def rights_for(settings: Settings) -> Rights:
    """What the stand-in grants: the portal's client may call what is offered, as offered, no more."""
    client = ClientId.parse(settings.client_id)
    return Rights(tuple(Right(client, service_of(client.instance, offer), offer.methods) for offer in OFFERS))
