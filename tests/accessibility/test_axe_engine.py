"""The engine sees: on a page of known faults it finds each, on a plain good page none."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from accessibility.assertion import Subject
from accessibility.engines import axe_selenium
from accessibility.engines.axe_selenium import BlindEngine, display, judge, require_sight

pytestmark = pytest.mark.browser

GOOD = """<!doctype html><html lang="bn"><head><meta charset="utf-8"><title>সহজ সেবা</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>সেবা</h1><p>লেখা</p></main></body></html>"""


def test_the_canary_is_seen(driver: Chrome) -> None:
    assert require_sight(driver).startswith("4.")


def test_an_engine_that_sees_nothing_stops_the_run(
    driver: Chrome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = tmp_path / "blank.html"
    blank.write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(axe_selenium, "CANARY", blank)
    with pytest.raises(BlindEngine, match="color-contrast"):
        require_sight(driver)


def test_a_good_page_fails_nothing(driver: Chrome, tmp_path: Path) -> None:
    good = tmp_path / "good.html"
    good.write_text(GOOD, encoding="utf-8")
    display(driver)
    driver.get(good.as_uri())
    found = judge(driver, Subject("good.html", "bn"))
    assert [one.line() for one in found if one.outcome == "failed"] == []
    assert found[-1].outcome == "passed"


def test_failures_name_their_criterion_and_place(driver: Chrome) -> None:
    driver.get(axe_selenium.CANARY.as_uri())
    found = judge(driver, Subject("canary.html", ""))
    by_rule = {one.test: one for one in found if one.outcome == "failed"}
    assert by_rule["image-alt"].criterion == "1.1.1"
    assert by_rule["image-alt"].pointer == "img"
    assert by_rule["color-contrast"].criterion == "1.4.3"
    assert by_rule["heading-order"].criterion == "best practice"


def test_colours_follow_the_scheme_asked_for(driver: Chrome) -> None:
    display(driver, dark=True)
    driver.get("data:text/html,<p>x")
    is_dark = "return matchMedia('(prefers-color-scheme: dark)').matches"
    assert driver.execute_script(is_dark) is True
    assert driver.execute_script("return innerWidth") == 360
    display(driver)
    assert driver.execute_script(is_dark) is False
