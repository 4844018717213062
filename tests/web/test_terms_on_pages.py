"""Terms as people meet them: closed, not here, in bands, in papers, and long services as a list of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from portal.forms.definition import Window
from portal.forms.load import load_folder
from portal.settings import Settings
from portal.usecases.start import may_start
from tests.making_services import DAY, HOME, SOURCE, asked, definition, options, page, words, write_service
from tests.robot import Robot, people
from tests.web.reading import heading, link_to, main_words, path_of
from tests.web.served import Served, serving

WORDS = {name: words(f"The {name}") for name in ("title", "body", "next", "contest")}
HERE = definition(
    [page("papers", document="proof"), page("born", asked("date", "born"))],
    key="toy-here",
    title=words("Toy with terms"),
    availability={"out": ["40"], "words": {**WORDS, "offer": ["toy-tasks", "not-there"]}},
    windows=[{"from_day": 1, "until_day": 31}],
    documents=[{"key": "proof", "title": words("Proof"), "alternatives": options("epi", "school"), **SOURCE}],
    fees=[
        {"amount": 0, "band": words("Young"), "when": {"lt": ["$born", "2020-01-01"]}, **SOURCE},
        {"amount": 25, "band": words("Old"), "when": {"gte": ["$born", "2020-01-01"]}, **SOURCE},
    ],
)
CLOSED = definition([], key="toy-closed", title=words("Toy shut"), hard_close={"on": DAY, **WORDS})
TASKS = definition(
    [
        page("name", asked("name", "name", script="bn")),
        {**page("farm", asked("yes_no", "farm")), "section": "two"},
        {**page("land", asked("number", "land"), show_if={"eq": ["$farm", "yes"]}), "section": "three"},
    ],
    key="toy-tasks",
    title=words("Toy of tasks"),
    layout="tasks",
    sections=[{"key": key, "title": words(f"Part {key}")} for key in ("one", "two", "three", "four")],
)
TASKS["steps"][-1] = {**page("home", HOME), "section": "four"}
BORN = {"day": "1", "month": "1", "year": "2021"}


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("toys")
    services = folder / "services"
    write_service(services, HERE, {"proof": "none", "proof_reason": "হারিয়ে গেছে", "born": BORN})
    write_service(services, CLOSED)
    write_service(services, TASKS, {"name": "রহিমা", "farm": "yes", "land": "৩"})
    settings = Settings(
        data=folder / "var",
        build=built,
        services=services,
        base_url="http://testserver",
        exchange_url="http://127.0.0.1:9",
    )
    with serving(settings) as portal:
        yield portal


@pytest.mark.parametrize("key", ["toy-here", "toy-tasks"])
@pytest.mark.parametrize("locale", ["bn", "en"])
def test_a_robot_gets_through(toys: Served, key: str, locale: str) -> None:
    somebody = next(one for one in people(toys.settings.services) if one.service == key)
    assert Robot(toys.browser(), somebody, locale).apply().meets("submitted")


def test_a_services_page_says_when_what_it_costs_whom_and_which_papers(toys: Served) -> None:
    said = main_words(toys.browser().get("/en/services/toy-here"))
    for words_there in (
        "From day 1 to day 31 of each month",
        "Young: Free",
        "Old: 25 taka",
        "One of these will do: Option epi; Option school",
    ):
        assert words_there in said


def test_somebody_elsewhere_is_told_so_and_offered_what_may_fit(toys: Served) -> None:
    browser = toys.browser()
    base = path_of(browser.submit("/en/apply/toy-here")).rpartition("/")[0]
    browser.submit(f"{base}/papers", proof="epi")
    browser.submit(f"{base}/born", **{f"born-{part}": said for part, said in BORN.items()})
    away = browser.submit(f"{base}/home", **{"home-division": "40", "home-landmark": "bazar"})
    assert path_of(away) == f"{base}/exit/not-here"
    assert link_to(away, "Toy of tasks") == "/en/services/toy-tasks"
    assert link_to(away, "Change your answer") == f"{base}/home"


def test_a_closed_service_says_so_and_takes_nobody(toys: Served) -> None:
    browser = toys.browser()
    shown = browser.get("/en/services/toy-closed")
    assert "Applications are closed" in main_words(shown)
    assert "Start your application" not in main_words(shown)
    assert path_of(browser.submit("/en/apply/toy-closed")) == "/en/services/toy-closed"


def test_windows_are_kept_but_for_a_demo(toys: Served) -> None:
    monthly = (Window(from_day=1, until_day=20),)
    service = load_folder(toys.settings.services / "toy_here").model_copy(update={"windows": monthly})
    late = date(2026, 11, 25)
    assert not may_start(service, late, is_demo=False)
    assert may_start(service, late, is_demo=True)
    assert may_start(service, date(2026, 11, 20), is_demo=False)


def test_tasks_can_be_done_in_any_order_and_say_how_far_they_are(toys: Served) -> None:
    browser = toys.browser()
    tasks = browser.submit("/en/apply/toy-tasks")
    base = path_of(tasks).rpartition("/")[0]
    assert path_of(tasks) == f"{base}/tasks"
    assert heading(tasks) == "What there is to do"
    assert "Cannot begin yet" in main_words(tasks)
    after = browser.submit(f"{base}/farm", farm="yes")
    assert path_of(after) == f"{base}/tasks"
    said = main_words(after)
    assert "1 of 4 parts are done" in said
    assert "Cannot begin yet" not in said
    on = browser.submit(f"{base}/tasks")
    assert path_of(on) == f"{base}/name"


def test_a_linear_service_has_no_list_of_tasks(toys: Served) -> None:
    browser = toys.browser()
    base = path_of(browser.submit("/en/apply/toy-here")).rpartition("/")[0]
    assert browser.get(f"{base}/tasks").status_code == 404
