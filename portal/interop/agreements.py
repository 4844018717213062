"""Data-sharing agreements: who gives which fields for what purpose; without a valid one nothing is asked."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

AGREEMENTS = Path(__file__).parent / "agreements.toml"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement in one revision; every word of it counts towards `revision`."""

    key: str
    provider: str
    """Member of the exchange that gives the values, `class/code`, for example `GOV/EC`."""
    service: str
    """Catalogue key of the service it covers, for example `nid/verify`."""
    purpose: str
    """The purpose code sent with each request, for example `identity_verification`."""
    legal_basis: str
    fields: tuple[str, ...]
    valid_from: date
    valid_until: date | None = None

    @property
    def revision(self) -> str:
        """SHA-256 (hex) of every term: a consent names it, so a changed agreement voids the consent."""
        terms = {
            "key": self.key,
            "provider": self.provider,
            "service": self.service,
            "purpose": self.purpose,
            "legal_basis": self.legal_basis,
            "fields": sorted(self.fields),
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
        }
        written = json.dumps(terms, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()

    def is_valid_on(self, day: date) -> bool:
        """True when `day` (in Dhaka) lies within the agreed period, both ends included."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def covers(self, service: str, fields: tuple[str, ...], purpose: str) -> bool:
        """True when this agreement allows asking `service` for all of `fields` for `purpose`."""
        return service == self.service and purpose == self.purpose and set(fields) <= set(self.fields)


def load_agreements(path: Path = AGREEMENTS) -> dict[str, Agreement]:
    """The signed agreements by key; raises `KeyError` or `TypeError` when one is incomplete."""
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    agreements = (
        Agreement(
            key=key,
            provider=terms["provider"],
            service=terms["service"],
            purpose=terms["purpose"],
            legal_basis=terms["legal_basis"],
            fields=tuple(terms["fields"]),
            valid_from=terms["valid_from"],
            valid_until=terms.get("valid_until"),
        )
        for key, terms in written.items()
    )
    return {agreement.key: agreement for agreement in agreements}
