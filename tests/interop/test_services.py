"""Every registry is asked through the one door, in its own ways, and believed like any other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import httpx2
import pytest

from portal.interop.agreements import load_agreements
from portal.interop.asking import Ask, Found, NoMatch, Unavailable
from portal.interop.broker import Broker
from portal.interop.calling import Untrustworthy
from portal.interop.catalogue import load_catalogue
from portal.interop.registries import read_value
from portal.settings import Settings
from tests.interop.conftest import Desk
from tests.interop.recorder import recording

RIPON = {"brn": "20180012166100052", "date_of_birth": "2018-03-22"}
SUMON = {"nid": "0012345602", "date_of_birth": "2002-03-15"}
WIDOW = {"spouse_nid": "0012345601", "name": "সোলায়মান আলী"}


def about(subject: Mapping[str, str], agreement_key: str, *fields: str) -> Ask:
    """A consented question under one agreement, for all of its fields unless some are named."""
    agreement = load_agreements()[agreement_key]
    return Ask(
        service=agreement.service,
        subject=subject,
        fields=fields or agreement.fields,
        purpose=agreement.purpose,
        agreement=agreement,
        consent_id="consent-1",
        consent_revision=agreement.revision,
        issue="draft-1",
        actor="holder-1",
    )


def found(desk: Desk, ask: Ask) -> Mapping[str, object]:
    outcome = desk.do(lambda broker: broker.fetch(ask))
    assert isinstance(outcome, Found), outcome
    return outcome.values


def test_a_childs_parents_come_with_the_birth_record(exchange: httpx2.Client, desk: Desk) -> None:
    values = found(desk, about(RIPON, "bdris-registration"))
    assert (values["mother_en"], values["mother_nid"]) == ("Shanti Chakma", "0012345605")
    assert values["place"] == {
        "division": "20",
        "district": "2084",
        "upazila": "2084-037",
        "union": "2084-037-0359",
    }
    assert "father_brn" not in values, "what the record does not know is left out"


def test_a_widow_finds_her_husbands_death_by_his_name(exchange: httpx2.Client, desk: Desk) -> None:
    values = found(desk, about(WIDOW, "bdris-death"))
    assert values["date_of_death"] == "2021-06-08"
    assert values["registration_number"] == "20210012166200011"
    assert found(desk, about({"nid": "0012346011"}, "bdris-death")) == values


@pytest.mark.parametrize("subject", [SUMON, {"brn": "20020012166100020", "date_of_birth": "2002-03-15"}])
def test_a_card_is_found_by_either_number(
    exchange: httpx2.Client, desk: Desk, subject: dict[str, str]
) -> None:
    values = found(desk, about(subject, "dss-disability", "card", "type", "issued_on"))
    assert values == {"card": "yes", "type": "visual", "issued_on": "2019-04-17"}


def test_somebody_known_of_whom_nothing_asked_for_is_known_is_still_found(
    exchange: httpx2.Client, desk: Desk
) -> None:
    tanvir = {"brn": "20140012166100042", "date_of_birth": "2014-09-18"}
    assert found(desk, about(tanvir, "dss-disability", "type")) == {}


def test_an_allowance_and_its_payment_are_told(exchange: httpx2.Client, desk: Desk) -> None:
    values = found(desk, about({"nid": "0012346013"}, "dss-payments"))
    assert values == {
        "allowance": "old_age",
        "since": "2015-07-01",
        "payment": "paid",
        "last_payment_month": "2026-09",
        "wallet": "017*****013",
        "wallet_provider": "nagad",
    }


def test_a_wrong_account_is_put_right_through_the_same_door(exchange: httpx2.Client, desk: Desk) -> None:
    mine = {"nid": "0012345608", "wallet_provider": "bkash", "wallet_number": "01712345608"}
    values = found(desk, about(mine, "dss-wallet"))
    assert values == {"outcome": "changed", "wallet": "017*****608", "provider": "bkash"}
    others = mine | {"wallet_number": "01712345610"}
    assert found(desk, about(others, "dss-wallet"))["outcome"] == "other_person"


@pytest.mark.parametrize(
    ("subject", "agreement"),
    [
        (RIPON | {"date_of_birth": "2018-03-23"}, "bdris-eligibility"),
        ({"spouse_nid": "0012346101", "name": "আনোয়ার হোসেন"}, "bdris-death"),
        (SUMON | {"date_of_birth": "2002-03-16"}, "dss-disability"),
        ({"nid": "0099999999"}, "dss-allowances"),
    ],
)
def test_nobody_is_nobody_in_every_registry(
    exchange: httpx2.Client, desk: Desk, subject: dict[str, str], agreement: str
) -> None:
    assert isinstance(desk.do(lambda broker: broker.fetch(about(subject, agreement))), NoMatch)


EVERYBODY = [
    (RIPON, "bdris-registration"),
    (WIDOW, "bdris-death"),
    ({"nid": "0012346011"}, "bdris-death"),
    (SUMON, "dss-disability"),
    (RIPON, "dss-disability"),
    ({"nid": "0012346013"}, "dss-payments"),
    ({"nid": "0012345608", "wallet_provider": "bkash", "wallet_number": "01712345608"}, "dss-wallet"),
]


@pytest.mark.parametrize(("subject", "agreement"), EVERYBODY)
def test_an_answer_about_somebody_else_is_never_believed(
    misbehave: Callable[[str], None], desk: Desk, subject: dict[str, str], agreement: str
) -> None:
    misbehave("wrong-person")
    outcome = desk.do(lambda broker: broker.fetch(about(subject, agreement)))
    assert isinstance(outcome, Unavailable)
    assert (outcome.code, outcome.kind) == ("portal.wrong_person", "integrity")


@pytest.mark.parametrize(("subject", "agreement"), EVERYBODY)
def test_what_was_not_asked_for_is_dropped(
    misbehave: Callable[[str], None], desk: Desk, subject: dict[str, str], agreement: str
) -> None:
    misbehave("undeclared")
    first = load_agreements()[agreement].fields[0]
    assert set(found(desk, about(subject, agreement, first))) <= {first}


@pytest.mark.parametrize("fault", ["none", "wrong-person", "cut"])
def test_no_personal_number_or_name_reaches_a_log(
    misbehave: Callable[[str], None], desk: Desk, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    misbehave(fault)
    for subject, agreement in EVERYBODY:
        ask = about(subject, agreement)
        with caplog.at_level(logging.DEBUG):
            outcome = desk.do(partial(Broker.fetch, ask=ask))
        written = caplog.text + repr(outcome) + repr(ask)
        personal = [words for name, words in subject.items() if name != "wallet_provider"]
        assert not [words for words in personal if words in written]


@pytest.mark.parametrize(("subject", "agreement"), EVERYBODY)
def test_no_personal_number_stands_in_an_address(
    settings: Settings, subject: dict[str, str], agreement: str
) -> None:
    with recording(b"") as recorder:
        desk = Desk(replace(settings, exchange_url=recorder.address))
        desk.do(lambda broker: broker.fetch(about(subject, agreement)))
    head = recorder.heard[0].decode().partition("\r\n\r\n")[0]
    for name, words in subject.items():
        if name != "wallet_provider":
            assert words not in head


@pytest.mark.parametrize(
    ("subject", "agreement"),
    [
        ({"spouse_nid": "0012345601"}, "bdris-death"),
        ({"nid": "0012346011"} | WIDOW, "bdris-death"),
        (SUMON | RIPON, "dss-disability"),
        ({"date_of_birth": "2002-03-15"}, "dss-disability"),
        ({}, "dss-allowances"),
    ],
    ids=["half a way", "both ways", "two people", "nobody", "nothing"],
)
def test_a_subject_that_is_none_of_the_services_ways_is_not_sent(
    settings: Settings, subject: dict[str, str], agreement: str
) -> None:
    with recording(b"") as recorder:
        desk = Desk(replace(settings, exchange_url=recorder.address))
        outcome = desk.do(lambda broker: broker.fetch(about(subject, agreement)))
    assert recorder.heard == []
    assert isinstance(outcome, Unavailable)
    assert outcome.code == "portal.not_in_catalogue"


def test_every_agreement_names_a_service_its_member_and_fields_it_has() -> None:
    catalogue = load_catalogue()
    agreements = load_agreements().values()
    for agreement in agreements:
        entry = catalogue[agreement.service]
        assert agreement.provider == entry.member
        assert set(agreement.fields) <= set(entry.fields)
    pairs = [(agreement.service, agreement.purpose) for agreement in agreements]
    assert len(pairs) == len(set(pairs)), "one agreement for each purpose of a service"
    assert {entry.key for entry in catalogue.values() if entry.fields} == {one.service for one in agreements}


def test_every_way_is_made_of_the_services_own_inputs() -> None:
    for entry in load_catalogue().values():
        assert {name for way in entry.ways for name in way} in (set(), set(entry.inputs))


@pytest.mark.parametrize("month", ["2026-09", "2024-02"])
def test_a_month_is_a_year_and_a_month(month: str) -> None:
    assert read_value("month", month) == month


@pytest.mark.parametrize(
    ("shape", "raw"),
    [("month", "2026-13"), ("month", "2026-9"), ("month", "2026-09-01"), ("digits", "12a"), ("digits", "১২")],
)
def test_a_month_or_number_written_otherwise_is_not_believed(shape: str, raw: str) -> None:
    with pytest.raises(Untrustworthy):
        read_value(shape, raw)  # type: ignore[arg-type]  # one of the shapes, as text
