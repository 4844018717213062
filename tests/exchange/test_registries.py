"""Births, deaths, disability, allowances: each registry answers those who know and tells others nothing."""

from __future__ import annotations

import httpx2
import pytest

from tests.exchange.letters import ALLOWANCES, BIRTH, DEATH, DISABILITY, asked, headers

HUSBAND = {"subject_nid": "0012346011"}


def ask(exchange: httpx2.Client, address: str, subject: dict[str, str], *fields: str) -> dict[str, object]:
    answer = exchange.post(address, json=asked(subject, *fields), headers=headers())
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told


def test_ripons_birth_record_names_his_parents_and_their_numbers(exchange: httpx2.Client) -> None:
    ripon = {"subject_brn": "20180012166100052", "date_of_birth": "2018-03-22"}
    fields = ("name_bn", "mother_nid", "mother_brn", "father_nid", "father_brn", "place", "certificate_on")
    told = ask(exchange, BIRTH, ripon, *fields)
    assert told["person"] == {
        "name_bn": "রিপন চাকমা",
        "mother_nid": "0012345605",
        "mother_brn": "19900012166100050",
        "father_nid": "0012346051",
        "place": {"division": "20", "district": "2084", "upazila": "2084-037", "union": "2084-037-0359"},
        "certificate_on": "2018-05-06",
    }, "a number the record does not know is left out"


def test_a_birth_number_with_another_day_is_nobody(exchange: httpx2.Client) -> None:
    subject = {"subject_brn": "20180012166100052", "date_of_birth": "2018-03-23"}
    told = ask(exchange, BIRTH, subject, "name_bn")
    assert (told["matched"], "person" in told) == (False, False)


def test_jannatuls_record_has_the_mistake_she_will_correct(exchange: httpx2.Client) -> None:
    jannatul = {"subject_brn": "20040012166100145", "date_of_birth": "2004-02-29"}
    told = ask(exchange, BIRTH, jannatul, "mother_en", "certificate_on")
    assert told["person"] == {"mother_en": "Nasima Akhtar", "certificate_on": "2026-09-30"}


@pytest.mark.parametrize(
    "name",
    [
        "মোঃ সোলায়মান আলী",
        "মৃত সোলায়মান আলী",
        "মো: সোলায়মান  আলী",
        "মৃত মোঃ সোলায়মান আলী",
        "Solaiman Ali",
        "MD SOLAIMAN ALI",
        "Late Md. Solaiman Ali",
    ],
)
def test_rahimas_husband_is_found_by_her_number_and_his_name(exchange: httpx2.Client, name: str) -> None:
    widow = {"spouse_nid": "0012345601", "deceased_name": name}
    told = ask(exchange, DEATH, widow, "date_of_death", "registration_number")
    assert told["person"] == {"date_of_death": "2021-06-08", "registration_number": "20210012166200011"}
    assert told["deceased_name"] == name, "the question is repeated as it was put"


@pytest.mark.parametrize(
    "subject",
    [
        {"subject_nid": "0012346102"},
        {"spouse_nid": "0012346101", "deceased_name": "মোঃ আনোয়ার হোসেন"},
        {"spouse_nid": "0012345601", "deceased_name": "মোঃ জব্বার আলী"},
        {"spouse_nid": "0012345601", "deceased_name": "মোঃ"},
    ],
    ids=["never registered", "a widow whose husband's death was not", "another name", "a title is no name"],
)
def test_a_death_that_is_not_there_is_not_found(exchange: httpx2.Client, subject: dict[str, str]) -> None:
    assert ask(exchange, DEATH, subject, "date_of_death")["status"] == "not_found"


def test_a_card_is_found_by_either_number(exchange: httpx2.Client) -> None:
    by_nid = {"subject_nid": "0012345602", "date_of_birth": "2002-03-15"}
    by_brn = {"subject_brn": "20020012166100020", "date_of_birth": "2002-03-15"}
    for subject in (by_nid, by_brn):
        told = ask(exchange, DISABILITY, subject, "card", "type", "degree")
        assert told["person"] == {"card": "yes", "type": "visual", "degree": "severe"}


def test_somebody_without_a_card_is_known_and_has_none(exchange: httpx2.Client) -> None:
    tanvir = {"subject_brn": "20140012166100042", "date_of_birth": "2014-09-18"}
    assert ask(exchange, DISABILITY, tanvir, "card", "type")["person"] == {"card": "no"}
    wrong = tanvir | {"date_of_birth": "2014-09-19"}
    assert ask(exchange, DISABILITY, wrong, "card")["status"] == "not_found"


@pytest.mark.parametrize(
    ("nid", "person"),
    [
        ("0012346013", {"allowance": "old_age", "payment": "paid", "last_payment_month": "2026-09"}),
        ("0012346061", {"allowance": "old_age", "payment": "returned", "last_payment_month": "2026-03"}),
        (
            "0012345608",
            {"allowance": "disability", "payment": "wallet_not_active", "last_payment_month": "2026-06"},
        ),
        ("0012345601", {"allowance": "none"}),
    ],
    ids=["Jamila", "Anwara", "Bimal", "Rahima"],
)
def test_who_gets_what_and_whether_it_arrives(
    exchange: httpx2.Client, nid: str, person: dict[str, str]
) -> None:
    told = ask(exchange, ALLOWANCES, {"subject_nid": nid}, "allowance", "payment", "last_payment_month")
    assert told["person"] == person


def test_an_account_is_never_told_in_full(exchange: httpx2.Client) -> None:
    told = ask(exchange, ALLOWANCES, {"subject_nid": "0012346013"}, "wallet", "wallet_provider")
    assert told["person"] == {"wallet": "017*****013", "wallet_provider": "nagad"}


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        (BIRTH, {"subject_brn": "2018001216610005", "date_of_birth": "2018-03-22"}),
        (BIRTH, {"subject_brn": "20180012166100052"}),
        (DEATH, {"spouse_nid": "0012345601"}),
        (DEATH, {"subject_nid": "0012346011", "spouse_nid": "0012345601"}),
        (DEATH, {"subject_brn": "20180012166100052"}),
        (DISABILITY, {"subject_nid": "0012345602"}),
        (ALLOWANCES, {"subject_nid": "12345"}),
    ],
)
def test_a_question_nobody_could_mean_is_refused_without_repeating_it(
    exchange: httpx2.Client, address: str, subject: dict[str, str]
) -> None:
    answer = exchange.post(address, json=asked(subject, "name_bn"), headers=headers())
    assert answer.status_code == 422
    assert not any(number in answer.text for number in subject.values())


def test_a_field_no_registry_agreed_to_give_is_refused(exchange: httpx2.Client) -> None:
    answer = exchange.post(DEATH, json=asked(HUSBAND, "cause_of_death"), headers=headers())
    assert answer.status_code == 422
