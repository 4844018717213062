"""Each registry's document says what it really answers, and what the portal's catalogue asks for."""

from __future__ import annotations

import httpx2
import pytest

from portal.interop.catalogue import load_catalogue
from tests.exchange.letters import (
    ALLOWANCE_APPLICATIONS,
    ALLOWANCES,
    BIRTH,
    DEATH,
    DISABILITY,
    ORDERS,
    VERIFY,
    WALLET,
    asked,
    handover,
    headers,
    order,
)
from tests.exchange.openapi import FOLDER, UnknownWord, document, problems

RAHIMA = {"subject_nid": "0012345601", "date_of_birth": "1963-10-24"}
NOBODY = {"subject_nid": "0099999999", "date_of_birth": "1963-10-24"}
RIPON = {"subject_brn": "20180012166100052", "date_of_birth": "2018-03-22"}
SUMON = {"subject_nid": "0012345602", "date_of_birth": "2002-03-15"}
QUESTIONS: list[tuple[str, str, str, dict[str, str]]] = [
    ("nid/verify", VERIFY, "nid", RAHIMA),
    ("nid/verify", VERIFY, "nid", NOBODY),
    ("birth/verify", BIRTH, "birth", RIPON),
    ("birth/verify", BIRTH, "birth", {"subject_brn": "19630012166100010", "date_of_birth": "1963-10-24"}),
    ("birth/verify", BIRTH, "birth", {"subject_brn": "20990012166100052", "date_of_birth": "2099-03-22"}),
    ("death/verify", DEATH, "death", {"subject_nid": "0012346011"}),
    ("death/verify", DEATH, "death", {"spouse_nid": "0012345609", "deceased_name": "Joseph Gomes"}),
    ("disability/verify", DISABILITY, "disability", SUMON),
    ("disability/verify", DISABILITY, "disability", RIPON),
    ("disability/verify", DISABILITY, "disability", RAHIMA),
    ("allowances/status", ALLOWANCES, "allowances", {"subject_nid": "0012346013"}),
    ("allowances/status", ALLOWANCES, "allowances", {"subject_nid": "0012345601"}),
    ("allowances/status", ALLOWANCES, "allowances", {"subject_nid": "0099999999"}),
]
SCHEMAS = {"allowances/status": "Status", "allowances/wallet": "Wallet"}
VERIFYING = ("nid", "birth", "death", "disability")


@pytest.mark.parametrize(("key", "address", "name", "subject"), QUESTIONS)
def test_a_real_answer_is_what_the_document_says(
    exchange: httpx2.Client, key: str, address: str, name: str, subject: dict[str, str]
) -> None:
    question = asked(subject, *load_catalogue()[key].fields)
    prefix = SCHEMAS.get(key, "")
    assert problems(name, f"{prefix}Question", question) == []
    answer = exchange.post(address, json=question, headers=headers())
    assert answer.status_code == 200
    assert problems(name, f"{prefix}Answer", answer.json()) == []


@pytest.mark.parametrize("provider", ["bkash", "nagad"])
def test_a_wallets_answer_is_what_the_document_says(exchange: httpx2.Client, provider: str) -> None:
    account = {
        "subject_nid": "0012345608",
        "wallet_provider": provider,
        "wallet_number": "01712345608",
    }
    question = asked(account, "outcome", "wallet", "provider")
    assert problems("allowances", "WalletQuestion", question) == []
    answer = exchange.put(WALLET, json=question, headers=headers())
    assert problems("allowances", "WalletAnswer", answer.json()) == []


def test_a_payments_answers_are_what_the_document_says(exchange: httpx2.Client) -> None:
    assert problems("payments", "Order", order()) == []
    placed = exchange.put(f"{ORDERS}/order-0001", json=order(), headers=headers(idempotency_key="order-0001"))
    assert problems("payments", "Payment", placed.json()) == []
    exchange.post(f"/_pay/{placed.json()['payment_id']}")
    paid = exchange.get(f"{ORDERS}/order-0001", headers=headers()).json()
    assert problems("payments", "Payment", paid) == []
    settled = exchange.get(f"{ORDERS}/settled/2026-11-22", headers=headers()).json()
    assert problems("payments", "Settlement", settled) == []
    assert settled["payments"] == [paid]


@pytest.mark.parametrize(
    "decision", ["", "waiting_for_allocation", "needs_information", "refused", "approved"]
)
def test_an_intakes_answers_are_what_the_document_says(exchange: httpx2.Client, decision: str) -> None:
    letter = handover(office="4589-460")
    assert problems("intake", "Application", letter) == []
    key = headers(idempotency_key=letter["submission_id"])
    receipt = exchange.post(ALLOWANCE_APPLICATIONS, json=letter, headers=key)
    assert problems("intake", "Receipt", receipt.json()) == []
    if decision:
        said = {"decision": decision, "reason": "কর রশিদ দিন।", "questions": ["why"]}
        exchange.post(f"/_intake/{letter['reference']}", json=said).raise_for_status()
    standing = exchange.get(f"{ALLOWANCE_APPLICATIONS}/{letter['submission_id']}", headers=headers())
    assert problems("intake", "Standing", standing.json()) == []
    assert standing.json()["state"] == (decision or "received")


@pytest.mark.parametrize("name", VERIFYING)
def test_a_document_gives_what_the_catalogue_asks_for(name: str) -> None:
    person = document(name)["components"]["schemas"]["Person"]["properties"]
    assert set(person) == set(load_catalogue()[f"{name}/verify"].fields)


@pytest.mark.parametrize(("key", "prefix"), SCHEMAS.items())
def test_the_allowances_give_what_the_catalogue_asks_for(key: str, prefix: str) -> None:
    person = document("allowances")["components"]["schemas"][f"{prefix}Person"]["properties"]
    assert set(person) == set(load_catalogue()[key].fields)


def test_every_document_is_whole() -> None:
    for path in FOLDER.glob("*.json"):
        written = document(path.stem)
        assert written["openapi"].startswith("3.")
        assert _references(written) <= {
            f"#/components/schemas/{one}" for one in written["components"]["schemas"]
        }


def _references(node: object) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if "$ref" in node else set()
        return own.union(*map(_references, node.values()))
    return set[str]().union(*map(_references, node)) if isinstance(node, list) else set()


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 0},
        {"amount": True},
        {"state": "lost"},
        {"paid_at": "yesterday"},
        {"pay_url": "javascript:alert(1)"},
        {"more": 1},
    ],
)
def test_the_checker_notices_what_is_wrong(change: dict[str, object]) -> None:
    good = {
        "order_id": "order-0001",
        "payment_id": "p" * 22,
        "amount": 50,
        "state": "due",
        "pay_url": "http://127.0.0.1/_pay/x",
        "paid_at": None,
        "transaction": None,
    }
    assert problems("payments", "Payment", good) == []
    assert problems("payments", "Payment", good | change)
    assert problems("payments", "Payment", {key: good[key] for key in list(good)[1:]})


def test_the_checker_refuses_words_it_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(document("nid")["components"]["schemas"], "Odd", {"exclusiveMinimum": 1})
    with pytest.raises(UnknownWord):
        problems("nid", "Odd", 5)
