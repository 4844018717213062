"""One audit: every page and state of a running portal before the engine, in light and a sample in dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx2
from selenium.webdriver import Chrome
from selenium.webdriver.support.ui import WebDriverWait

from accessibility.assertion import Assertion, Subject
from accessibility.engines.axe_selenium import display, judge
from accessibility.pages import LOCALES, State, cookies, journey_states, public_states
from accessibility.robot import Person, Robot, on_new_phone

Say = Callable[[str], None]


@dataclass
class Audit:
    """Walks the public pages and one person's way in each language."""

    driver: Chrome
    base_url: str
    person: Person
    say: Say

    def run(self) -> Iterator[Assertion]:
        """Every assertion of every state; dark mode judges colours of the same pages again."""
        with self._client() as client:
            for state in public_states(client, self.base_url):
                yield from self._judge(state, {})
        for locale in LOCALES:
            with self._client() as client:
                robot = Robot(client, on_new_phone(self.person), locale)
                for state in journey_states(robot):
                    yield from self._judge(state, cookies(client))

    def _judge(self, state: State, jar: dict[str, str]) -> Iterator[Assertion]:
        show(self.driver, state, jar, self.base_url)
        for mode in ("light", "dark"):
            display(self.driver, dark=mode == "dark")
            subject = Subject(state.url, state.language, mode, state.words)
            found = judge(self.driver, subject)
            failed = sum(one.outcome == "failed" for one in found)
            self.say(f"{'✗' if failed else '✓'} {state.name} {state.language} {mode}")
            yield from found

    def _client(self) -> httpx2.Client:
        return httpx2.Client(base_url=self.base_url, timeout=20, trust_env=False)


def show(driver: Chrome, state: State, jar: dict[str, str], base_url: str) -> None:
    """Bring the driver to a state, with a person's cookies."""
    if not driver.current_url.startswith(base_url):
        driver.get(f"{base_url}/robots.txt")
    driver.delete_all_cookies()
    for name, value in jar.items():
        driver.add_cookie({"name": name, "value": value, "path": "/"})
    display(driver)
    driver.get(state.url)
    if state.is_sent_empty:
        before = driver.find_element("css selector", "html")
        driver.execute_script(f"({state.emptying})()")
        WebDriverWait(driver, 10).until(lambda now: now.find_element("css selector", "html") != before)
