"""Things that are several: told one by one, changed, taken out, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.settings import Settings
from tests.checked_client import CheckedClient
from tests.making_services import KEY, asked, definition, page, words, write_service
from tests.robot import Robot, person
from tests.web.reading import fields, heading, link_to, main_words, mistakes, path_of
from tests.web.served import Served, serving

REPEAT = {"item": words("child"), "title": words("Children"), "max": 3}
STEPS = [
    page("children", asked("name", "child_name", script="bn"), repeat=REPEAT),
    page("birth", asked("date", "child_born", latest="today"), repeats_with="children"),
    page(
        "school",
        asked("text", "school"),
        repeats_with="children",
        show_if={"lt": ["$child_born", "2021-01-01"]},
    ),
    page("why", asked("text", "why"), show_if={"gte": [{"count": "$children"}, 2]}),
]
CHILDREN = [
    {"child_name": "আয়েশা", "child_born": {"day": "1", "month": "1", "year": "2019"}, "school": "গ্রামের স্কুল"},
    {"child_name": "রফিক", "child_born": {"day": "২", "month": "২", "year": "২০২৪"}},
]


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("toys")
    write_service(folder / "services", definition(STEPS), {"children": CHILDREN, "why": "দুই সন্তান"})
    settings = Settings(
        data=folder / "var",
        build=built,
        services=folder / "services",
        base_url="http://testserver",
        exchange_url="http://127.0.0.1:9",
    )
    with serving(settings) as portal:
        yield portal


@pytest.fixture
def draft(toys: Served) -> tuple[CheckedClient, str]:
    browser = toys.browser()
    here = path_of(browser.submit(f"/bn/apply/{KEY}"))
    assert here.endswith("/children")
    return browser, here.rpartition("/")[0]


def tells(browser: CheckedClient, base: str, n: int, name: str, year: str) -> None:
    browser.submit(f"{base}/children", **{"children-more": "yes"})
    browser.submit(f"{base}/children/{n}", child_name=name)
    born = {"child_born-day": "3", "child_born-month": "3", "child_born-year": year}
    browser.submit(f"{base}/birth/{n}", **born)


@pytest.mark.parametrize("locale", ["bn", "en"])
def test_a_robot_tells_of_both_children_and_sends_it(toys: Served, locale: str) -> None:
    robot = Robot(toys.browser(), person("one", toys.settings.services), locale)
    assert robot.apply().meets("submitted")
    paths = [
        seen.page.visit.path.split("/", 4)[4] for seen in robot.seen if "/apply/" in seen.page.visit.path
    ]
    assert [path for path in paths if path.startswith(("children", "birth", "school", "why"))] == [
        "children",
        "children/1",
        "birth/1",
        "school/1",
        "children",
        "children/2",
        "birth/2",
        "children",
        "why",
    ]


def test_each_child_stands_at_check_answers_with_its_own_way_to_change_it(
    draft: tuple[CheckedClient, str],
) -> None:
    browser, base = draft
    tells(browser, base, 1, "আয়েশা", "2024")
    browser.submit(f"{base}/children", **{"children-more": "no"})
    browser.submit(f"{base}/home", **{"home-division": "30", "home-landmark": "বাজার"})
    check = browser.get(f"{base}/check")
    assert "আয়েশা" in main_words(check)
    assert link_to(check, "১").endswith("/children/1?change=1")
    changed = browser.submit(f"{base}/children/1?change=1", child_name="আমেনা")
    assert path_of(changed) == f"{base}/check"
    assert "আমেনা" in main_words(changed)


def test_nobody_needs_to_have_a_child(draft: tuple[CheckedClient, str]) -> None:
    browser, base = draft
    nothing = browser.submit(f"{base}/children")
    assert nothing.status_code == 422
    assert list(mistakes(nothing)) == ["children-more"]
    assert path_of(browser.submit(f"{base}/children", **{"children-more": "no"})) == f"{base}/home"


def test_a_half_told_child_is_asked_for_before_going_on(draft: tuple[CheckedClient, str]) -> None:
    browser, base = draft
    browser.submit(f"{base}/children", **{"children-more": "yes"})
    browser.submit(f"{base}/children/1", child_name="আয়েশা")
    again = browser.submit(f"{base}/children", **{"children-more": "no"})
    assert path_of(again) == f"{base}/birth/1"
    assert path_of(browser.get(f"{base}/home")) == f"{base}/children"


def test_taking_one_out_is_asked_twice_and_takes_only_that_one(draft: tuple[CheckedClient, str]) -> None:
    browser, base = draft
    tells(browser, base, 1, "আয়েশা", "2024")
    tells(browser, base, 2, "রফিক", "2024")
    sure = browser.get(f"{base}/children/1/remove")
    assert "১" in heading(sure)
    assert "আয়েশা" in main_words(sure)
    assert "১:" not in main_words(sure)
    left = browser.submit(f"{base}/children/1/remove")
    assert "আয়েশা" not in main_words(left)
    assert "রফিক" in main_words(left)
    assert fields(browser.get(f"{base}/children/1"))["child_name"] == "রফিক"
    assert browser.get(f"{base}/children/2/remove").status_code == 404


def test_there_is_no_fourth_of_three_and_no_gap(draft: tuple[CheckedClient, str]) -> None:
    browser, base = draft
    assert browser.get(f"{base}/children/2").status_code == 404
    for n in (1, 2, 3):
        tells(browser, base, n, "শিশু", "2024")
    assert "children-more" not in browser.get(f"{base}/children").text
    assert browser.get(f"{base}/children/4").status_code == 404
    assert path_of(browser.submit(f"{base}/children")) == f"{base}/why"


def test_a_wrong_answer_about_one_child_is_said_on_its_page(draft: tuple[CheckedClient, str]) -> None:
    browser, base = draft
    browser.submit(f"{base}/children", **{"children-more": "yes"})
    wrong = browser.submit(f"{base}/children/1", child_name="Ayesha")
    assert list(mistakes(wrong)) == ["child_name"]
    assert fields(wrong)["child_name"] == "Ayesha"
