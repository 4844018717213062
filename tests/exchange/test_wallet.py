"""An allowance reaches its owner's account: a wrong one is put right, somebody else's is never taken."""

from __future__ import annotations

from dataclasses import replace

import httpx2
import pytest

from portal.exchange.allowances import Allowances, WalletHoldings
from portal.exchange.members import Books
from portal.exchange.records import Registers
from portal.settings import Settings
from tests.exchange.clock import Clock
from tests.exchange.letters import ALLOWANCE_APPLICATIONS, ALLOWANCES, WALLET, asked, handover, headers

BIMAL, ANWARA = "0012345608", "0012346061"


def change(exchange: httpx2.Client, nid: str, provider: str, number: str) -> dict[str, object]:
    account = {"subject_nid": nid, "wallet_provider": provider, "wallet_number": number}
    question = asked(account, "outcome", "wallet", "provider")
    answer: dict[str, object] = exchange.put(WALLET, json=question, headers=headers()).json()
    return answer


def payment(exchange: httpx2.Client, nid: str) -> dict[str, str]:
    fields = ("allowance", "payment", "last_payment_month", "wallet")
    question = asked({"subject_nid": nid}, *fields)
    told: dict[str, str] = exchange.post(ALLOWANCES, json=question, headers=headers()).json()["person"]
    return told


def test_bimal_names_his_own_account_and_is_paid_on_the_next_pay_day(
    exchange: httpx2.Client, clock: Clock
) -> None:
    told = change(exchange, BIMAL, "bkash", "01712345608")
    assert told["person"] == {"outcome": "changed", "wallet": "017*****608", "provider": "bkash"}
    assert payment(exchange, BIMAL)["payment"] == "wallet_not_active", "not before the money was sent again"
    clock.wait(1)
    paid = payment(exchange, BIMAL)
    assert (paid["payment"], paid["last_payment_month"], paid["wallet"]) == ("paid", "2026-11", "017*****608")


def test_the_same_change_again_changes_nothing(exchange: httpx2.Client) -> None:
    outcomes = [change(exchange, BIMAL, "bkash", "01712345608")["person"] for _ in range(2)]
    assert [one["outcome"] for one in outcomes if isinstance(one, dict)] == ["changed", "unchanged"]


@pytest.mark.parametrize(
    ("provider", "number", "outcome"),
    [
        ("bkash", "01712345610", "other_person"),
        ("bkash", "01712346063", "other_person"),
        ("nagad", "01712345608", "no_such_wallet"),
        ("bank", "123456789", "no_such_wallet"),
        ("nagad", "01812345608", "unchanged"),
    ],
    ids=["Kamal's", "Nurul's grandson's", "his number at another provider", "no account", "the one he has"],
)
def test_an_account_that_is_not_his_is_not_taken(
    exchange: httpx2.Client, clock: Clock, provider: str, number: str, outcome: str
) -> None:
    person = change(exchange, BIMAL, provider, number)["person"]
    assert person == {"outcome": outcome, "wallet": "018*****608", "provider": "nagad"}
    clock.wait(60)
    assert payment(exchange, BIMAL)["payment"] == "wallet_not_active"


def test_somebody_without_an_allowance_has_no_account_to_change(exchange: httpx2.Client) -> None:
    told = change(exchange, "0012345601", "nagad", "01712345601")
    assert (told["status"], "person" in told) == ("not_found", False)


def test_a_change_survives_a_restart(settings: Settings, registers: Registers, clock: Clock) -> None:
    account = {"subject_nid": ANWARA, "wallet_provider": "nagad", "wallet_number": "01712346061"}
    assert holdings(settings, registers, clock).find(account) is not None
    again = holdings(settings, registers, clock).find(account)
    assert again is not None
    assert again["outcome"] == "unchanged"


def test_an_account_another_allowance_is_paid_into_is_not_taken(
    settings: Settings, registers: Registers, clock: Clock
) -> None:
    crowded = replace(registers.benefits[ANWARA], wallet="01712345608", wallet_provider="bkash")
    shared = replace(registers, benefits={**registers.benefits, ANWARA: crowded})
    account = {"subject_nid": BIMAL, "wallet_provider": "bkash", "wallet_number": "01712345608"}
    told = holdings(settings, shared, clock).find(account)
    assert told is not None
    assert told["outcome"] == "already_used"


def holdings(settings: Settings, registers: Registers, clock: Clock) -> WalletHoldings:
    books = Books.open(settings)
    return WalletHoldings(Allowances(registers, books.cases, books.wallets, books.patience), clock)


def apply(exchange: httpx2.Client, nid: str, wallet: dict[str, str]) -> None:
    plain = {"label": {"bn": "…"}, "words": {"bn": "…"}, "source": "typed"}
    answers = [{"question": "nid", "value": nid, **plain}, {"question": "wallet", "value": wallet, **plain}]
    letter = handover(office="4589-460", service_key="old-age-allowance", answers=answers)
    key = headers(idempotency_key=letter["submission_id"])
    exchange.post(ALLOWANCE_APPLICATIONS, json=letter, headers=key).raise_for_status()


def decide(exchange: httpx2.Client, decision: str) -> None:
    exchange.post(f"/_intake/{handover()['reference']}", json={"decision": decision}).raise_for_status()


def test_rahima_gets_her_allowance_once_the_office_has_approved_it(
    exchange: httpx2.Client, clock: Clock
) -> None:
    apply(exchange, "0012345601", {"provider": "nagad", "number": "01712345601"})
    decide(exchange, "waiting_for_allocation")
    clock.wait(60)
    assert payment(exchange, "0012345601") == {"allowance": "none"}, "waiting is not getting"
    decide(exchange, "approved")
    assert payment(exchange, "0012345601") == {"allowance": "old_age", "wallet": "017*****601"}
    clock.wait(1)
    assert payment(exchange, "0012345601")["payment"] == "paid"


def test_nuruls_allowance_does_not_arrive_on_his_grandsons_account(
    exchange: httpx2.Client, clock: Clock
) -> None:
    apply(exchange, "0012345606", {"provider": "bkash", "number": "01712345606"})
    decide(exchange, "approved")
    clock.wait(60)
    assert payment(exchange, "0012345606")["payment"] == "wallet_not_active"
    assert payment(exchange, "0012346063") == {"allowance": "none"}
