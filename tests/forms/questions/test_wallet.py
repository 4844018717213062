"""Where money goes: the right number for the right company, never a guess."""

from __future__ import annotations

import pytest

from portal.forms.questions import kind_of
from tests.forms.making import AROUND, BANGLA, ENGLISH, code_of, parse, question

ACCOUNT = question("wallet", "account")


def typed(**parts: str) -> dict[str, str]:
    return {f"account-{part}": said for part, said in parts.items()}


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ({"provider": "bkash", "number": "+880 1712-345678"}, {"provider": "bkash", "number": "01712345678"}),
        ({"provider": "nagad", "number": "০১৭১২৩৪৫৬৭৮"}, {"provider": "nagad", "number": "01712345678"}),
        ({"provider": "rocket", "number": "01712 3456789"}, {"provider": "rocket", "number": "017123456789"}),
        (
            {"provider": "bank", "routing": "০৯০ ২৬১ ৫৪৫", "number": "4401-1234-56"},
            {"provider": "bank", "routing": "090261545", "number": "4401123456"},
        ),
    ],
)
def test_an_account_is_read(parts: dict[str, str], value: dict[str, str]) -> None:
    parsed = parse(ACCOUNT, typed(**parts))
    assert (parsed.value, parsed.is_settled) == (value, True)
    again = kind_of(ACCOUNT).typed(ACCOUNT, value, AROUND)
    assert parse(ACCOUNT, again).value == value


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({}, "missing"),
        ({"provider": "moon"}, "missing"),
        ({"provider": "bkash", "number": ""}, "missing"),
        ({"provider": "bkash", "number": "017123456789"}, "not_wallet"),
        ({"provider": "rocket", "number": "01712345678"}, "not_wallet"),
        ({"provider": "nagad", "number": "<script>"}, "not_wallet"),
        ({"provider": "bank", "routing": "123", "number": "4401123456"}, "routing"),
        ({"provider": "bank", "routing": "090261545", "number": "44"}, "account"),
    ],
)
def test_a_wrong_account_is_said_so(parts: dict[str, str], code: str) -> None:
    assert code_of(parse(ACCOUNT, typed(**parts))) == code


def test_whose_it_is_comes_first_and_the_number_after() -> None:
    parsed = parse(ACCOUNT, typed(provider="bkash"))
    assert parsed.more
    assert parsed.value == {"provider": "bkash"}


def test_a_service_may_pay_to_some_only() -> None:
    some = question("wallet", "account", providers=["nagad", "bank"])
    assert code_of(parse(some, typed(provider="bkash"))) == "missing"


def test_an_account_is_said_in_words() -> None:
    kind = kind_of(ACCOUNT)
    wallet = {"provider": "bkash", "number": "01712345678"}
    bank = {"provider": "bank", "routing": "090261545", "number": "4401123456"}
    assert kind.show(ACCOUNT, wallet, ENGLISH, AROUND) == "bKash 01712 345678"
    assert "০১৭১২ ৩৪৫৬৭৮" in kind.show(ACCOUNT, wallet, BANGLA, AROUND)
    assert kind.show(ACCOUNT, bank, ENGLISH, AROUND) == "Bank account 4401123456, routing number 090261545"
