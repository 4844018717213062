"""Who may call what: the exchange's own table, default deny."""

from __future__ import annotations

from dataclasses import dataclass

from portal.interop.ids import ClientId, ServiceId
from portal.settings import Settings


@dataclass(frozen=True, slots=True)
class Right:
    """`client` may call `service` with one of `methods`."""

    client: ClientId
    service: ServiceId
    methods: frozenset[str]


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


def nid_service(instance: str) -> ServiceId:
    """The national ID registry's verification."""
    return ServiceId(instance, "GOV", "EC", "nid", "verify")


def intake_service(instance: str) -> ServiceId:
    """The Union Parishads' case intake."""
    return ServiceId(instance, "GOV", "LGD", "union-intake", "applications")


def rights_for(settings: Settings) -> Rights:
    """What the stand-in grants: the portal's client may verify a person and hand over cases, no more."""
    client = ClientId.parse(settings.client_id)
    return Rights(
        (
            Right(client, nid_service(client.instance), frozenset({"POST"})),
            Right(client, intake_service(client.instance), frozenset({"POST", "GET"})),
        )
    )
