"""The same people in a real browser on a small screen: scripts off and on, and with a keyboard only."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from accessibility.hands import Hands, Keyboard, Pointer
from accessibility.walker import Walker
from tests.robot import Person, on_new_phone, people, person
from tests.running import RunningPortal

pytestmark = pytest.mark.browser

EXAMPLES = [pytest.param(one, id=one.name) for one in people()]
NewContext = Callable[[bool], BrowserContext]


@pytest.fixture
def phone(browser: Browser) -> Iterator[NewContext]:
    """A cheap phone's browser, with scripts on or off."""
    opened: list[BrowserContext] = []

    def make(has_scripts: bool) -> BrowserContext:
        size = {"width": 360, "height": 640}
        opened.append(browser.new_context(viewport=size, java_script_enabled=has_scripts))  # type: ignore[arg-type]
        return opened[-1]

    yield make
    for context in opened:
        context.close()


def walk(portal: RunningPortal, context: BrowserContext, person: Person, locale: str, hands: Hands) -> None:
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    end = Walker(page, portal.base_url, on_new_phone(person), locale, hands).apply()
    assert end.meets(person.expect), page.url
    # Chromium reports every 422 to its console; that is the portal's way of saying "look again".
    assert [trouble for trouble in troubles if "422" not in trouble] == []


@pytest.mark.parametrize("one", EXAMPLES)
def test_a_person_with_a_phone_without_scripts(
    running_portal: RunningPortal, phone: NewContext, one: Person
) -> None:
    walk(running_portal, phone(False), one, "bn", Pointer())


@pytest.mark.parametrize("name", ["rahima-confirms", "ayesha-corrects", "karim-impossible-date"])
def test_the_same_with_scripts(running_portal: RunningPortal, phone: NewContext, name: str) -> None:
    walk(running_portal, phone(True), person(name), "bn", Pointer())


@pytest.mark.parametrize("name", ["rahima-confirms", "bimal-types-it-all"])
def test_the_same_in_english(running_portal: RunningPortal, phone: NewContext, name: str) -> None:
    walk(running_portal, phone(False), person(name), "en", Pointer())


@pytest.mark.parametrize("locale", ["bn", "en"])
@pytest.mark.parametrize("name", ["rahima-confirms", "bimal-types-it-all", "ayesha-corrects", "kamal-city"])
def test_a_person_without_a_pointer(
    running_portal: RunningPortal, phone: NewContext, name: str, locale: str
) -> None:
    walk(running_portal, phone(False), person(name), locale, Keyboard())
