"""A registry's record answers the questions it can, and only with what a person could have answered."""

from __future__ import annotations

import pytest

from portal.forms.prefill import read_record
from tests.forms.making import AROUND, both, question, service, step

YES_NO = [{"code": "yes", "label": both("Yes")}, {"code": "no", "label": both("No")}]


def known(field: str) -> dict[str, str]:
    return {"registry": "nid", "field": field}


TOY = service(
    [
        step("nid", question("nid", "nid")),
        step("consent", question("choice", "consent", options=YES_NO)),
        step("name", question("name", "name", script="bn", from_registry=known("name_bn"))),
        step("home", question("address", "home", from_registry=known("address"))),
        step("ward", question("number", "ward", minimum=1, maximum=9, from_registry=known("ward"))),
        step("village", question("text", "village", optional=True, from_registry=known("address.landmark"))),
        step("born", question("date", "born", from_registry=known("date_of_birth"))),
        step("other", question("text", "other", from_registry={"registry": "tax", "field": "name_bn"})),
    ]
)
ADDRESS = {
    "division": "30",
    "district": "3026",
    "upazila": "3026-365",
    "union": "3026-365-3275",
    "landmark": "বটতলার পাশে",
}
RECORD = {"name_bn": "মোছাঃ রহিমা খাতুন", "ward": "৫", "date_of_birth": "1963-10-24", "address": ADDRESS}


def read(**changed: object) -> dict[str, object]:
    return dict(read_record(TOY, "nid", {**RECORD, **changed}, AROUND))


def test_a_record_becomes_answers_in_each_questions_own_shape() -> None:
    assert read() == {
        "name": "মোছাঃ রহিমা খাতুন",
        "home": ADDRESS,
        "ward": 5,
        "village": "বটতলার পাশে",
        "born": "1963-10-24",
    }


def test_another_registrys_questions_are_left_alone() -> None:
    assert read_record(TOY, "tax", RECORD, AROUND) == {"other": "মোছাঃ রহিমা খাতুন"}


@pytest.mark.parametrize(
    "said", [None, "", "   ", 7.5, True, ["রহিমা"], {"first": "রহিমা"}, "Rahima", "রহি\x00মা"]
)
def test_a_name_nobody_could_have_answered_is_asked_for(said: object) -> None:
    assert "name" not in read(name_bn=said)


@pytest.mark.parametrize("said", ["12", "five", 12, None, {"ward": "5"}])
def test_a_ward_outside_its_limits_is_asked_for(said: object) -> None:
    assert "ward" not in read(ward=said)


def test_a_whole_number_may_come_as_one() -> None:
    assert read(ward=5)["ward"] == 5


def test_an_address_is_taken_as_deep_as_it_is_known() -> None:
    assert read(address={"division": "30", "district": "3026", "union": "made-up"})["home"] == {
        "division": "30",
        "district": "3026",
    }
    assert "home" not in read(address={"division": "99"})
    assert "home" not in read(address="Savar, Dhaka")


def test_parts_nobody_asked_for_are_not_kept() -> None:
    assert read(address={**ADDRESS, "latitude": "23.8", "house": ""})["home"] == ADDRESS


def test_an_empty_record_answers_nothing() -> None:
    assert read_record(TOY, "nid", {}, AROUND) == {}
