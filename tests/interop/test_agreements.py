"""An agreement covers what it names, while it lasts, and changing a word of it is noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from portal.interop.agreements import Agreement
from portal.interop.catalogue import load_catalogue


def test_it_covers_its_fields_its_service_and_its_purpose(agreement: Agreement) -> None:
    assert agreement.covers("nid/verify", ("name_bn",), "identity_verification")
    assert not agreement.covers("nid/verify", ("name_bn", "blood_group"), "identity_verification")
    assert not agreement.covers("land/khatian", ("name_bn",), "identity_verification")
    assert not agreement.covers("nid/verify", ("name_bn",), "marketing")


def test_it_holds_from_its_first_to_its_last_day(agreement: Agreement) -> None:
    short = replace(agreement, valid_from=date(2026, 1, 1), valid_until=date(2026, 1, 2))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)]
    assert [short.is_valid_on(day) for day in days] == [False, True, True, False]
    assert agreement.is_valid_on(date(2099, 1, 1))


@pytest.mark.parametrize(
    "change",
    [
        {"fields": ("name_bn",)},
        {"purpose": "other"},
        {"legal_basis": "other"},
        {"provider": "GOV/X"},
        {"valid_until": date(2030, 1, 1)},
    ],
)
def test_any_change_makes_another_revision(agreement: Agreement, change: dict[str, object]) -> None:
    assert replace(agreement, **change).revision != agreement.revision  # type: ignore[arg-type]


def test_the_order_of_fields_changes_nothing(agreement: Agreement) -> None:
    assert replace(agreement, fields=agreement.fields[::-1]).revision == agreement.revision


def test_the_agreement_we_hold_names_fields_the_registry_has(agreement: Agreement) -> None:
    entry = load_catalogue()[agreement.service]
    assert set(agreement.fields) <= set(entry.fields)
    assert agreement.provider == entry.member
