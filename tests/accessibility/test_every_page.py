"""Every page and state of a running portal: judged by axe, walked by keyboard, squeezed and pictured."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from selenium.webdriver import Chrome

from accessibility.assertion import Assertion
from accessibility.audit import Audit
from accessibility.engines.axe_selenium import require_sight
from accessibility.evidence import Evidence
from accessibility.exceptions import load_exceptions
from accessibility.pages import State, cookies, journey_states, public_states
from accessibility.probes.keyboard import keyboard_faults, tab_stops
from accessibility.probes.screen import first_screen_faults, sideways_faults, target_faults
from tests.robot import Robot, on_new_phone, person
from tests.running import RunningPortal

pytestmark = pytest.mark.browser

BUILD = Path(__file__).resolve().parents[2] / "build"
PHONE: ViewportSize = {"width": 360, "height": 640}
NARROW: ViewportSize = {"width": 320, "height": 568}
DESK: ViewportSize = {"width": 1280, "height": 800}
# Two people pass mostly the same pages; the second is followed only where the first was not.
LOOKED_AT: set[tuple[str, str]] = set()
WALKERS = ["rahima-confirms", "bimal-types-it-all", "kamal-city"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def show(page: Page, state: State, jar: dict[str, str]) -> None:
    """Bring the browser to a state, with a person's cookies."""
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": name, "value": value, "url": state.url} for name, value in jar.items()]
    )
    page.goto(state.url)
    if state.is_sent_empty:
        with page.expect_navigation():
            page.evaluate(state.emptying)


def walked(portal: RunningPortal, name: str, locale: str) -> Iterator[tuple[State, dict[str, str]]]:
    """The states on a person's way, with the cookies to see each."""
    with portal.client() as client:
        for state in journey_states(Robot(client, on_new_phone(person(name)), locale)):
            yield state, cookies(client)


def public(portal: RunningPortal) -> Iterator[tuple[State, dict[str, str]]]:
    with httpx2.Client(trust_env=False) as client:
        for state in public_states(client, portal.base_url):
            yield state, {}


def looked_at(page: Page, states: Iterator[tuple[State, dict[str, str]]]) -> str:
    """What the probes find on each state nobody has looked at yet, a line each; and its pictures."""
    found = []
    for state, jar in states:
        if (state.name, state.language) in LOOKED_AT:
            continue
        LOOKED_AT.add((state.name, state.language))
        show(page, state, jar)
        for look in (picture, on_small_screens, by_keyboard):
            found += [f"{state.name} ({state.language}): {fault}" for fault in look(page, state)]
    return "\n".join(found)


def by_keyboard(page: Page, state: State) -> list[str]:
    return list(keyboard_faults(tab_stops(page)))


def on_small_screens(page: Page, state: State) -> list[str]:
    """Sideways at 320, everything at once at 360 × 640, targets everywhere."""
    page.set_viewport_size(NARROW)
    found = [f"at 320: {fault}" for fault in sideways_faults(page)]
    page.set_viewport_size(PHONE)
    # With errors shown the summary comes first; the question follows on scrolling.
    if not state.is_sent_empty:
        found += [f"at 360 × 640: {fault}" for fault in first_screen_faults(page, PHONE["height"])]
    return [*found, *target_faults(page)]


def picture(page: Page, state: State) -> list[str]:
    """Pictures for people to look at; nothing to find."""
    folder = BUILD / "screenshots"
    sizes = [PHONE] if state.is_sent_empty else [PHONE, NARROW, DESK]
    for size in sizes:
        page.set_viewport_size(size)
        schemes = ["light"] if size is NARROW else ["light", "dark"]
        for scheme in schemes:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            mark = "-dark" if scheme == "dark" else ""
            name = f"{state.name}-{state.language}-{size['width']}{mark}.png"
            page.screenshot(path=folder / name, full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    return []


def test_no_rule_of_axe_fails_anywhere(running_portal: RunningPortal, driver: Chrome) -> None:
    require_sight(driver)
    said: list[str] = []
    assertions: list[Assertion] = []
    for name in WALKERS[:1]:
        assertions += Audit(driver, running_portal.base_url, person(name), said.append).run()
    evidence = Evidence(running_portal.base_url, datetime.now(UTC), assertions, load_exceptions())
    evidence.write(BUILD / "evidence")
    assert evidence.troubles == []
    assert len(said) > 100


def test_every_public_page(running_portal: RunningPortal, page: Page) -> None:
    assert looked_at(page, public(running_portal)) == ""


@pytest.mark.parametrize("locale", ["bn", "en"])
@pytest.mark.parametrize("name", WALKERS)
def test_every_page_on_a_persons_way(
    running_portal: RunningPortal, page: Page, name: str, locale: str
) -> None:
    assert looked_at(page, walked(running_portal, name, locale)) == ""
