"""The national ID registry tells a person's asked-for fields to whoever knows number and birth date."""

from __future__ import annotations

import httpx2
import pytest

from tests.exchange.letters import VERIFY, headers, question


def ask(exchange: httpx2.Client, **changes: object) -> httpx2.Response:
    return exchange.post(VERIFY, json=question() | changes, headers=headers())


def test_rahima_is_found_with_only_the_fields_asked_for(exchange: httpx2.Client) -> None:
    answer = ask(exchange).json()
    assert answer["person"] == {"name_bn": "মোছাঃ রহিমা খাতুন", "name_en": "Rahima Khatun"}
    assert (answer["status"], answer["matched"], answer["request_id"]) == ("verified", True, "req-1")
    assert answer["timestamp"] == "2026-11-22T04:30:00+00:00"


def test_an_address_is_codes_of_real_places_and_a_landmark(exchange: httpx2.Client) -> None:
    person = ask(exchange, fields=["address", "ward", "sex"]).json()["person"]
    assert person["address"] == {
        "division": "45",
        "district": "4589",
        "upazila": "4589-460",
        "union": "4589-460-4232",
        "landmark": "গ্রাম: কাশবন পাড়া, বটতলার পাশে",
    }
    assert (person["ward"], person["sex"]) == ("5", "female")


def test_a_wrong_birth_date_tells_nothing_about_the_person(exchange: httpx2.Client) -> None:
    answer = ask(exchange, date_of_birth="1963-10-25").json()
    assert answer["matched"] is False
    assert "person" not in answer


def test_an_unknown_number_is_not_found(exchange: httpx2.Client) -> None:
    answer = ask(exchange, subject_nid="0099999999").json()
    assert (answer["status"], answer["matched"]) == ("not_found", False)
    assert "person" not in answer


@pytest.mark.parametrize(
    "change",
    [
        {"subject_nid": "12345"},
        {"subject_nid": 12345678},
        {"date_of_birth": "24-10-1963"},
        {"purpose_code": ""},
        {"fields": []},
        {"fields": ["blood_group"]},
    ],
)
def test_a_question_nobody_could_mean_is_refused_without_repeating_it(
    exchange: httpx2.Client, change: dict[str, object]
) -> None:
    answer = ask(exchange, **change)
    assert answer.status_code == 422
    assert "12345" not in answer.text
