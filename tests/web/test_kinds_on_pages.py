"""Every kind of question on its page: asked, mended where wrong, kept, and shown at check-answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.settings import Settings
from tests.checked_client import CheckedClient
from tests.making_services import KEY, asked, definition, options, page, words, write_service
from tests.robot import Robot, person
from tests.web.reading import fields, main_words, mistakes, path_of
from tests.web.served import Served, serving

KINDS = [
    page("story", asked("long_text", "story")),
    page("pension", asked("yes_no", "pension")),
    page("income", asked("money", "income")),
    page("married", asked("date", "married", precision="month")),
    page("since", asked("date", "since", precision="year")),
    page("died", asked("date", "died", unknown_day=True, latest="today")),
    page("gets", asked("choices", "gets", options=options("vgd", "vgf"), none_of_these=words("None at all"))),
    page("account", asked("wallet", "account")),
    page("name", asked("name", "name", script="both")),
    page("agree", asked("declaration", "agree", statement=words("I say it is true"))),
]
TYPED = {
    "story": "প্রথম কথা\nদ্বিতীয় কথা",
    "pension": "no",
    "income": "১,২০,০০০ টাকা",
    "married": {"month": "অক্টোবর", "year": "১৯৯৮"},
    "since": {"year": "২০০১"},
    "died": {"month": "10", "year": "2019", "unknown": "yes"},
    "gets": ["vgd"],
    "account": {"provider": "rocket", "number": "০১৭১২৩৪৫৬৭৮৯"},
    "name": {"bn": "মোছাঃ রহিমা খাতুন", "en": "Mst Rahima Khatun"},
    "agree": "yes",
}


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("toys")
    write_service(folder / "services", definition(KINDS), TYPED)
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
    return browser, here.rpartition("/")[0]


@pytest.mark.parametrize("locale", ["bn", "en"])
def test_a_robot_answers_every_kind_and_sends_it(toys: Served, locale: str) -> None:
    somebody = person("one", toys.settings.services)
    robot = Robot(toys.browser(), somebody, locale)
    assert robot.apply().meets("submitted")


def go_to(browser: CheckedClient, base: str, step: str) -> None:
    for raw in KINDS:
        if raw["key"] == step:
            return
        key = raw["questions"][0]["key"]
        said = TYPED[key]
        sent = {f"{key}-{part}": one for part, one in said.items()} if isinstance(said, dict) else {key: said}
        browser.submit(f"{base}/{raw['key']}", **sent)


def test_check_answers_says_each_answer(draft: tuple[CheckedClient, str]) -> None:
    browser, base = draft
    go_to(browser, base, "home")
    browser.submit(f"{base}/home", **{"home-division": "30", "home-landmark": "বাজার"})
    said = main_words(browser.get(f"{base}/check"))
    for shown in (
        "প্রথম কথা দ্বিতীয় কথা",
        "১,২০,০০০ টাকা",
        "অক্টোবর ১৯৯৮",
        "২০০১",
        "অক্টোবর ২০১৯",
        "মোছাঃ রহিমা খাতুন",
        "Mst Rahima Khatun",
        "০১৭১২ ৩৪৫৬৭৮৯",
    ):
        assert shown in said, shown


def test_a_text_of_several_lines_stands_in_its_box_again(draft: tuple[CheckedClient, str]) -> None:
    browser, base = draft
    browser.submit(f"{base}/story", story="এক\r\n\r\n\r\nদুই <b>")
    assert fields(browser.get(f"{base}/story"))["story"] == "এক\n\nদুই <b>"


def test_a_wallet_asks_its_number_once_it_is_known_whose(draft: tuple[CheckedClient, str]) -> None:
    browser, base = draft
    go_to(browser, base, "account")
    assert "account-number" not in fields(browser.get(f"{base}/account"))
    again = browser.submit(f"{base}/account", **{"account-provider": "bkash"})
    assert fields(again)["account-number"] == ""
    assert "account-routing" not in fields(again)
    wrong = browser.submit(f"{base}/account", **{"account-provider": "bkash", "account-number": "123"})
    assert wrong.status_code == 422
    assert "account-number" in mistakes(wrong)
    bank = browser.submit(f"{base}/account", **{"account-provider": "bank"})
    assert "account-routing" in fields(bank)
    nothing = browser.submit(f"{base}/account")
    assert list(mistakes(nothing)) == ["account-provider"]


def test_the_english_name_is_guessed_and_only_kept_when_the_person_goes_on(
    draft: tuple[CheckedClient, str],
) -> None:
    browser, base = draft
    go_to(browser, base, "name")
    guessed = browser.submit(f"{base}/name", **{"name-bn": "মোছাঃ রহিমা খাতুন"})
    assert path_of(guessed) == f"{base}/name"
    assert fields(guessed)["name-en"] == "Mst. Rahima Khatun"
    emptied = browser.submit(f"{base}/name", **{"name-bn": "মোছাঃ রহিমা খাতুন", "name-en": ""})
    assert list(mistakes(emptied)) == ["name-en"]


def test_none_of_these_goes_with_nothing_else(draft: tuple[CheckedClient, str]) -> None:
    browser, base = draft
    go_to(browser, base, "gets")
    assert list(mistakes(browser.submit(f"{base}/gets", gets=["vgd", "none"]))) == ["gets"]
    assert path_of(browser.submit(f"{base}/gets", gets="none")) == f"{base}/account"


def test_a_declaration_must_be_ticked(draft: tuple[CheckedClient, str]) -> None:
    browser, base = draft
    go_to(browser, base, "agree")
    assert list(mistakes(browser.submit(f"{base}/agree"))) == ["agree"]


def test_a_day_is_known_or_not_known(draft: tuple[CheckedClient, str]) -> None:
    browser, base = draft
    go_to(browser, base, "died")
    typed = {"died-day": "3", "died-month": "10", "died-year": "2019", "died-unknown": "yes"}
    assert list(mistakes(browser.submit(f"{base}/died", **typed))) == ["died-day"]
    browser.submit(f"{base}/died", **{**typed, "died-day": ""})
    kept = fields(browser.get(f"{base}/died"))
    assert (kept["died-day"], kept["died-month"], kept["died-unknown"]) == ("", "১০", "yes")
