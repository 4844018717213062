"""Where money is paid to: a mobile wallet or a bank account, asked in two rounds.

bKash and Nagad accounts are mobile numbers; Rocket adds a check digit; a bank is its branch's routing number
of 9 digits and an account number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import override

from portal.forms.answers import Value
from portal.forms.asked import PROVIDERS, Provider
from portal.forms.definition import Question
from portal.forms.questions.identifier import plain_digits
from portal.forms.questions.kind import Around, Fault, Kind, Parsed, Typed, first, missing, nothing
from portal.forms.questions.mobile import read_mobile
from portal.forms.shapes import is_mobile
from portal.i18n.locale import Locale
from portal.i18n.messages import Message, lazy

BANK = "bank"
_ROUTING_DIGITS = 9
_ACCOUNT_DIGITS = range(6, 21)
PROVIDER_WORDS: Mapping[Provider, Message] = {
    "bkash": lazy("bKash"),
    "nagad": lazy("Nagad"),
    "rocket": lazy("Rocket"),
    "bank": lazy("Bank account"),
}
_SHOWN: Mapping[str, Message] = {
    "bkash": lazy("bKash {number}"),
    "nagad": lazy("Nagad {number}"),
    "rocket": lazy("Rocket {number}"),
    "bank": lazy("Bank account {number}, routing number {routing}"),
}


def providers_of(question: Question) -> tuple[Provider, ...]:
    """Whom this question lets people choose from."""
    return question.providers or PROVIDERS


class WalletKind(Kind):
    """`<key>-provider`, then `<key>-number`, and `<key>-routing` of a bank; kept by those names."""

    @override
    def fields(self, question: Question) -> tuple[str, ...]:
        """Provider, routing, number."""
        return tuple(f"{question.key}-{part}" for part in ("provider", "routing", "number"))

    @override
    def asked(self, question: Question, typed: Typed, around: Around) -> tuple[str, ...]:
        """The number once there is a provider; the routing number of a bank."""
        provider, routing, number = self.fields(question)
        chosen = first(typed, provider)
        if chosen not in providers_of(question):
            return (provider,)
        return (provider, routing, number) if chosen == BANK else (provider, number)

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """The provider, then the numbers it has."""
        asked = self.asked(question, typed, around)
        said = {field: first(typed, field).strip() for field in asked}
        chosen = said[asked[0]]
        if not chosen and not any(first(typed, field).strip() for field in self.fields(question)):
            return nothing(question, asked[0])
        if len(asked) == 1:
            return Parsed(faults=(missing(question, asked[0]),))
        kept = {"provider": chosen}
        if not any(field in typed for field in asked[1:]):
            return Parsed(value=dict(kept), more=True)
        if chosen != BANK:
            return _wallet(asked[-1], chosen, said[asked[-1]])
        return _bank(asked, said)

    @override
    def typed(self, question: Question, value: Value, around: Around) -> Typed:
        """Each part in its control."""
        if not isinstance(value, dict):
            return {}
        return {f"{question.key}-{part}": (said,) for part, said in value.items()}

    @override
    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        """বিকাশ ০১৭১২ ৩৪৫৬৭৮."""
        if not isinstance(value, dict) or value.get("provider") not in _SHOWN:
            return str(value)
        provider, number = value["provider"], value.get("number", "")
        said = locale.digits(number) if provider == BANK else locale.phone(number)
        pattern = _SHOWN[provider]
        params = {"number": said, "routing": locale.digits(value.get("routing", ""))}
        return locale.say(Message(pattern.msgid, params))

    @override
    def lang(self, question: Question, value: Value, locale: Locale) -> str | None:
        return locale.code


def _wallet(field: str, provider: str, said: str) -> Parsed:
    kept = {"provider": provider}
    if not said:
        return Parsed(value=dict(kept), faults=(Fault(field, "missing", _MISSING[provider]),))
    number = _rocket(said) if provider == "rocket" else read_mobile(said)
    if number is None:
        return Parsed(value=dict(kept), faults=(Fault(field, "not_wallet", _WRONG[provider]),))
    return Parsed({**kept, "number": number})


def _rocket(said: str) -> str | None:
    digits = plain_digits(said)
    is_account = digits.isascii() and digits.isdigit() and len(digits) == 12 and is_mobile(digits[:11])
    return digits if is_account else None


def _bank(asked: tuple[str, ...], said: Mapping[str, str]) -> Parsed:
    _, routing_field, number_field = asked
    routing, number = plain_digits(said[routing_field]), plain_digits(said[number_field])
    faults: list[Fault] = []
    if not (_are_digits(routing) and len(routing) == _ROUTING_DIGITS):
        message = lazy("Enter the 9 digits of the routing number. They are on the cheque book")
        faults.append(Fault(routing_field, "routing", message))
    if not (_are_digits(number) and len(number) in _ACCOUNT_DIGITS):
        message = lazy("Enter the account number. It has 6 to 20 digits")
        faults.append(Fault(number_field, "account", message))
    if faults:
        return Parsed(value={"provider": BANK}, faults=tuple(faults))
    return Parsed({"provider": BANK, "routing": routing, "number": number})


def _are_digits(words: str) -> bool:
    return words.isascii() and words.isdigit()


_MISSING: Mapping[str, Message] = {
    "bkash": lazy("Enter the bKash number, like 01712 345678"),
    "nagad": lazy("Enter the Nagad number, like 01712 345678"),
    "rocket": lazy("Enter the Rocket number, like 01712 3456789"),
}
_WRONG: Mapping[str, Message] = {
    "bkash": lazy("A bKash number has 11 digits, like 01712 345678"),
    "nagad": lazy("A Nagad number has 11 digits, like 01712 345678"),
    "rocket": lazy("A Rocket number has 12 digits, like 01712 3456789: the mobile number and one more"),
}
