"""The robot's twin completes a toy service in a real browser, by pointer and by keyboard."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext

from accessibility.hands import Keyboard, Pointer, Stuck
from accessibility.walker import Walker
from tests.robot import Person
from tests.running import free_ports
from tests.toy_service import toy_app

pytestmark = pytest.mark.browser

RAHIMA = Person(
    "rahima",
    "toy",
    "submitted",
    {
        "mobile": "০১৭১২৩৪৫৬৭৮",
        "sex": "other",
        "dob": {"day": "২৪", "month": "১০", "year": "১৯৬৩"},
        "home": {"division": "30", "district": "3033", "landmark": "বটতলা"},
        "name": "রহিমা খাতুন",
    },
)


@pytest.fixture
def toy() -> Iterator[str]:
    """The address of a toy service behind a real socket."""
    (port,) = free_ports(1)
    server = uvicorn.Server(uvicorn.Config(toy_app(), port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(params=[False, True], ids=["scripts off", "scripts on"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=request.param)
    yield opened
    opened.close()


def test_a_person_with_a_pointer_gets_through(context: BrowserContext, toy: str) -> None:
    assert Walker(context.new_page(), toy, RAHIMA, hands=Pointer()).apply().meets("submitted")


def test_a_person_with_only_a_keyboard_gets_through(context: BrowserContext, toy: str) -> None:
    seen: list[str] = []
    walker = Walker(
        context.new_page(), toy, RAHIMA, hands=Keyboard(), on_page=lambda page: seen.append(page.title())
    )
    assert walker.apply().meets("submitted")
    assert seen[:3] == ["নাগরিকত্ব সনদ", "sex", "dob"]


def test_a_choice_that_is_not_there_stops_the_keyboard(context: BrowserContext, toy: str) -> None:
    person = Person("rahima", "toy", "submitted", {"sex": "unknown"})
    with pytest.raises(Stuck, match="no choice 'unknown'"):
        Walker(context.new_page(), toy, person, hands=Keyboard()).apply()
