"""The robot completes a service it knows nothing of, and says honestly where it got stuck."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from accessibility.forms import NoWayOn, main_form, spread
from accessibility.markup import Page, Visit
from tests.robot import End, Lost, Person, Robot
from tests.toy_service import toy_app

ANSWERS: Mapping[str, Any] = {
    "mobile": "০১৭১২৩৪৫৬৭৮",
    "sex": "female",
    "dob": {"day": "২৪", "month": "১০", "year": "১৯৬৩"},
    "home": {"division": "30", "district": "3026", "landmark": "বটতলা"},
}


@pytest.fixture
def robot_with() -> Iterator[Callable[..., Robot]]:
    with TestClient(toy_app()) as client:
        yield lambda **changes: Robot(client, Person("rahima", "toy", "submitted", {**ANSWERS, **changes}))


def test_a_person_who_answers_everything_gets_a_reference(robot_with: Callable[..., Robot]) -> None:
    robot = robot_with()
    end = robot.apply()
    assert end == End("submitted", "BD-7K2M-9PQX")
    assert end.meets("submitted")
    assert not end.meets("exit:too-young")


def test_an_address_is_chosen_level_by_level(robot_with: Callable[..., Robot]) -> None:
    robot = robot_with()
    robot.apply()
    assert robot.rounds["/bn/apply/draft1/home"] == 3


def test_somebody_too_young_comes_to_the_exit(robot_with: Callable[..., Robot]) -> None:
    end = robot_with(dob={"day": "১", "month": "১", "year": "২০১৫"}).apply()
    assert end.meets("exit:too-young")


def test_an_unanswered_question_is_named(robot_with: Callable[..., Robot]) -> None:
    assert robot_with(dob={"day": "১", "month": "১", "year": ""}).apply().meets("error:dob")
    assert robot_with(sex="unknown").apply() == End("error", "sex")


def test_a_prefilled_name_is_kept_and_a_typed_one_replaces_it(robot_with: Callable[..., Robot]) -> None:
    robot = robot_with()
    robot.begin()
    robot.walk(until="name")
    form = main_form(robot.seen[-1].page)
    assert form.filled({}) == [("token", "t1"), ("name", "রহিমা")]
    assert form.filled({"name": ("আয়েশা",), "token": ("forged",)}) == [("token", "t1"), ("name", "আয়েশা")]


def test_a_question_that_never_lets_on_is_reported(robot_with: Callable[..., Robot]) -> None:
    with pytest.raises(Lost, match="shown 8 times"):
        robot_with(home={"division": "20"}).apply()


def test_a_person_without_a_phone_needs_a_way_on(robot_with: Callable[..., Robot]) -> None:
    with pytest.raises(Lost, match="without a phone"):
        robot_with(mobile="").apply()


def form_in(inside: str) -> Page:
    html = f"<!doctype html><html lang=bn><main><form method=post>{inside}</form></main>"
    return Page(html, Visit("http://testserver/bn/apply/1/x"))


def test_the_way_on_is_the_one_button_without_a_name_or_named_continue() -> None:
    skip = "<button name=action value=skip>পরে</button>"
    assert main_form(form_in(f"<button>এগিয়ে</button>{skip}")).way_on is None
    named = f"<button name=action value=continue>এগিয়ে</button>{skip}"
    assert main_form(form_in(named)).way_on == ("action", "continue")
    with pytest.raises(NoWayOn, match="2 ways on"):
        _ = main_form(form_in("<button>ক</button><button>খ</button>")).way_on
    with pytest.raises(NoWayOn, match="0 ways on"):
        _ = main_form(form_in(skip)).way_on


def test_several_boxes_are_ticked_exactly() -> None:
    ticks = {"a": "checked", "b": "", "c": ""}
    boxes = "".join(f"<input type=checkbox name=need value={one} {on}>" for one, on in ticks.items())
    form = main_form(form_in(boxes))
    assert form.filled({}) == [("need", "a")]
    assert form.filled({"need": ("b", "c")}) == [("need", "b"), ("need", "c")]
    assert form.filled({"need": ()}) == []


def test_answers_spread_over_the_controls_of_dates_and_addresses() -> None:
    assert spread({"dob": {"day": "1"}, "sex": "f", "need": ["a", "b"]}) == {
        "dob-day": ("1",),
        "sex": ("f",),
        "need": ("a", "b"),
    }
