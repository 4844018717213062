"""What the registers of the stand-in hold about people besides the national ID: one class a register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.exchange.person import Person

# The twelve types of sections 3 to 14 of the Rights and Protection of Persons with Disabilities Act 2013.
DISABILITIES = (
    "autism",
    "physical",
    "mental_illness",
    "visual",
    "speech",
    "intellectual",
    "hearing",
    "deafblind",
    "cerebral_palsy",
    "down_syndrome",
    "multiple",
    "other",
)
DEGREES = ("mild", "moderate", "severe", "profound")
ALLOWANCES = ("old_age", "widow", "disability", "mother_child")
PAYMENTS = ("paid", "returned", "wallet_not_active")
PROVIDERS = ("bkash", "nagad", "rocket", "bank")


@dataclass(frozen=True, slots=True)
class Parent:
    """A parent as a birth record names them; numbers empty when it knows none."""

    name_bn: str
    name_en: str
    nid: str = ""
    brn: str = ""


@dataclass(frozen=True, slots=True)
class Birth:
    """One birth record; `nid` is empty for children."""

    brn: str
    name_bn: str
    name_en: str
    sex: str
    born: date
    union: str
    """Place code of the registrar's union."""
    father: Parent
    mother: Parent
    registered_on: date
    certificate_on: date
    """When the last certificate was issued: the ninety days of a correction count from here."""
    nid: str = ""


@dataclass(frozen=True, slots=True)
class Death:
    """One death record; `spouse_nid` is empty when the dead person had none."""

    nid: str
    name_bn: str
    name_en: str
    spouse_nid: str
    died_on: date
    registered_on: date
    number: str


@dataclass(frozen=True, slots=True)
class Card:
    """One Suborno Nagorik card, found by NID or by BRN."""

    kind: str
    degree: str
    number: str
    issued_on: date
    nid: str = ""
    brn: str = ""


@dataclass(frozen=True, slots=True)
class Benefit:
    """One allowance somebody gets; `payment` is empty before the first pay day."""

    nid: str
    allowance: str
    since: date
    payment: str
    last_payment_month: str
    """`2026-09`; empty before the first payment."""
    wallet: str
    wallet_provider: str


@dataclass(frozen=True, slots=True)
class Registers:
    """Everything the registries of the stand-in know at start-up; it never changes while they run."""

    people: Mapping[str, Person]
    """By NID."""
    births: Mapping[str, Birth] = field(default_factory=dict)
    """By BRN."""
    deaths: tuple[Death, ...] = ()
    cards: tuple[Card, ...] = ()
    benefits: Mapping[str, Benefit] = field(default_factory=dict)
    """By NID."""
    wallets: Mapping[str, str] = field(default_factory=dict)
    """`provider number` to the NID the account is registered to."""
