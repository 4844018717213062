"""The stand-in's register of allowances: who gets which, whether the money arrived, and into whose account.

Somebody an office approved at `/_intake` gets theirs from that moment: pay day comes once the intake's
patience has gone by, and the money arrives when the account is registered to the same national ID.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from portal.exchange.cases import Case, CaseBook
from portal.exchange.desks import DESKS
from portal.exchange.records import Benefit, Registers
from portal.exchange.register import Record
from portal.exchange.wallets import Change, WalletBook

DHAKA = timezone(timedelta(hours=6))
# Which allowance an approved application is for, by a piece of its service's key.
_BY_SERVICE = {
    "old-age": "old_age",
    "widow": "widow",
    "disability-allowance": "disability",
    "mother": "mother_child",
}


class Allowances:
    """Who gets what now: the seeded beneficiaries, the newly approved, and the wallets put right since."""

    def __init__(
        self, registers: Registers, cases: CaseBook, book: WalletBook, pay_day_after: timedelta
    ) -> None:
        self._registers = registers
        self._cases = cases
        self._book = book
        self._pay_day_after = pay_day_after

    def is_known(self, nid: str) -> bool:
        """True when anybody has this national ID."""
        return nid in self._registers.people

    def owner(self, provider: str, number: str) -> str:
        """The NID an account is registered to; empty when nobody's."""
        return self._registers.wallets.get(f"{provider} {number}", "")

    def benefit(self, nid: str, now: datetime) -> Benefit | None:
        """What this person gets; None when nothing."""
        seeded = self._registers.benefits.get(nid)
        found = seeded or next(self._approved(nid, now), None)
        change = self._book.last(nid) if found else None
        if found is None or change is None:
            return found
        moved = replace(found, wallet=change.number, wallet_provider=change.provider)
        return self._after_pay_day(moved, change.at, now)

    def payee(self, provider: str, number: str, now: datetime) -> str:
        """The NID whose allowance is paid into this account already; empty when nobody's."""
        for nid in self._registers.benefits:
            benefit = self.benefit(nid, now)
            if benefit and (benefit.wallet_provider, benefit.wallet) == (provider, number):
                return nid
        return ""

    def change(self, change: Change) -> None:
        """Pay into another account from now on."""
        self._book.keep(change)

    def others(self, nid: str) -> str:
        """Another beneficiary's NID."""
        return next(one for one in self._registers.benefits if one != nid)

    def _approved(self, nid: str, now: datetime) -> Iterator[Benefit]:
        for desk in DESKS:
            for case in self._cases.approved(desk.key, now) if desk.rations else ():
                benefit = _enrolled(case, nid)
                if benefit and case.decided_at:
                    yield self._after_pay_day(benefit, case.decided_at, now)

    def _after_pay_day(self, benefit: Benefit, since: datetime, now: datetime) -> Benefit:
        pay_day = since + self._pay_day_after
        if now < pay_day:
            return benefit
        if self.owner(benefit.wallet_provider, benefit.wallet) != benefit.nid:
            return replace(benefit, payment="wallet_not_active")
        return replace(benefit, payment="paid", last_payment_month=f"{pay_day.astimezone(DHAKA):%Y-%m}")


class StatusHoldings:
    """What `allowances/status` answers from."""

    ways: tuple[tuple[str, ...], ...] = (("subject_nid",),)
    fields = frozenset({"allowance", "since", "payment", "last_payment_month", "wallet", "wallet_provider"})
    secret: Mapping[str, object] = {"annual_income": 9000}

    def __init__(self, allowances: Allowances, now: Callable[[], datetime]) -> None:
        self._allowances = allowances
        self._now = now

    def find(self, subject: Mapping[str, str]) -> Record | None:
        """What this person gets, `none` included; None when nobody has this number."""
        nid = subject["subject_nid"]
        if not self._allowances.is_known(nid):
            return None
        benefit = self._allowances.benefit(nid, self._now())
        if benefit is None:
            return {"allowance": "none"}
        return {
            "allowance": benefit.allowance,
            "since": benefit.since.isoformat(),
            "payment": benefit.payment,
            "last_payment_month": benefit.last_payment_month,
            "wallet": masked(benefit.wallet),
            "wallet_provider": benefit.wallet_provider,
        }

    def somebody_else(self, subject: Mapping[str, str]) -> Mapping[str, str]:
        """Another beneficiary."""
        return {"subject_nid": self._allowances.others(subject["subject_nid"])}


class WalletHoldings:
    """What `allowances/wallet` answers from: the question itself asks for the change."""

    ways: tuple[tuple[str, ...], ...] = (("subject_nid", "wallet_provider", "wallet_number"),)
    fields = frozenset({"outcome", "wallet", "provider"})
    secret: Mapping[str, object] = {"annual_income": 9000}

    def __init__(self, allowances: Allowances, now: Callable[[], datetime]) -> None:
        self._allowances = allowances
        self._now = now

    def find(self, subject: Mapping[str, str]) -> Record | None:
        """Change the account or say why not; None when this person gets no allowance."""
        now = self._now()
        nid, provider = subject["subject_nid"], subject["wallet_provider"]
        number = subject["wallet_number"]
        benefit = self._allowances.benefit(nid, now)
        if benefit is None:
            return None
        if (benefit.wallet_provider, benefit.wallet) == (provider, number):
            return _told("unchanged", benefit)
        obstacle = self._obstacle(nid, provider, number, now)
        if obstacle:
            return _told(obstacle, benefit)
        self._allowances.change(Change(nid, provider, number, now))
        return _told("changed", replace(benefit, wallet=number, wallet_provider=provider))

    def somebody_else(self, subject: Mapping[str, str]) -> Mapping[str, str]:
        """Another beneficiary, with the same account."""
        return {**subject, "subject_nid": self._allowances.others(subject["subject_nid"])}

    def _obstacle(self, nid: str, provider: str, number: str, now: datetime) -> str:
        owner = self._allowances.owner(provider, number)
        if not owner:
            return "no_such_wallet"
        if owner != nid:
            return "other_person"
        return "already_used" if self._allowances.payee(provider, number, now) not in ("", nid) else ""


def _told(outcome: str, benefit: Benefit) -> Record:
    return {
        "outcome": outcome,
        "wallet": masked(benefit.wallet),
        "provider": benefit.wallet_provider,
    }


def masked(number: str) -> str:
    """The first three and last three digits: enough for the owner to know it by."""
    return f"{number[:3]}{'*' * max(len(number) - 6, 0)}{number[-3:]}" if number else ""


def _enrolled(case: Case, nid: str) -> Benefit | None:
    """What an approved application leads to when it is this person's, by its answers `nid` and `wallet`."""
    document = json.loads(case.document)
    allowance = next((code for piece, code in _BY_SERVICE.items() if piece in document["service_key"]), "")
    answers = {answer["question"]: answer["value"] for answer in document["answers"]}
    if not allowance or answers.get("nid") != nid or case.decided_at is None:
        return None
    wallet = answers.get("wallet")
    account = wallet if isinstance(wallet, dict) else {}
    return Benefit(
        nid=nid,
        allowance=allowance,
        since=case.decided_at.astimezone(DHAKA).date(),
        payment="",
        last_payment_month="",
        wallet=str(account.get("number", "")),
        wallet_provider=str(account.get("provider", "")),
    )
