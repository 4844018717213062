"""The robot's twin in a real browser: the same person, the same rules, seen and pressed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx2
from playwright.sync_api import Page, Response

from accessibility.forms import answers_at
from accessibility.hands import Answers, Hands, Pointer
from accessibility.robot import MOST_PAGES, MOST_ROUNDS, PARTS, End, Lost, Person, code_sent_to

OnPage = Callable[[Page], None]


def _nothing(_: Page) -> None:
    """Look at no page in particular."""


@dataclass
class Walker:
    """One person in one browser page; `on_page` is called with every page reached."""

    page: Page
    base_url: str
    person: Person
    locale: str = "bn"
    hands: Hands = field(default_factory=Pointer)
    on_page: OnPage = _nothing
    rounds: Counter[str] = field(default_factory=Counter)
    status: int = 200

    def apply(self) -> End:
        """From the service's own page to the end. Raises `Lost` or `Stuck`."""
        self.page.on("response", self._notice)
        self.page.goto(f"{self.base_url}/{self.locale}/services/{self.person.service}")
        self.on_page(self.page)
        self.hands.fill_and_go(self.page, {})
        for _ in range(MOST_PAGES):
            self.on_page(self.page)
            if end := self.end():
                return end
            self.step()
        raise Lost(self._where(f"no end after {MOST_PAGES} pages"))

    def step(self) -> None:
        """Fill the page this person is at and go on."""
        path = urlsplit(self.page.url).path
        self.rounds[path] += 1
        if self.rounds[path] > MOST_ROUNDS:
            raise Lost(self._where(f"shown {MOST_ROUNDS} times"))
        self.hands.fill_and_go(self.page, self._answers(path))

    def end(self) -> End | None:
        """The end this page is, or None when the way goes on."""
        path = urlsplit(self.page.url).path
        if found := re.search(r"/receipts/(BD-[0-9A-Z]{4}-[0-9A-Z]{4})$", path):
            return End("submitted", found[1])
        if found := re.search(r"/exit/([a-z0-9-]+)$", path):
            return End("exit", found[1])
        if self.status == 422:
            link = self.page.locator('main a[href^="#"]').first.get_attribute("href") or "#"
            return End("error", PARTS.sub("", link[1:]))
        if self.status != 200:
            raise Lost(self._where(f"status {self.status}"))
        return None

    def _answers(self, path: str) -> Answers:
        if path.endswith("/sign-in") and self.page.locator("main [name=code]").count():
            with httpx2.Client(base_url=self.base_url, trust_env=False) as client:
                return {"code": (code_sent_to(client, self.person.mobile),)}
        return answers_at(self.person.answers, path, self.rounds)

    def _notice(self, response: Response) -> None:
        is_page = response.request.is_navigation_request() and response.frame == self.page.main_frame
        if is_page and not 300 <= response.status < 400:
            self.status = response.status

    def _where(self, trouble: str) -> str:
        return f"{self.person.name} ({self.locale}) at {self.page.url} “{self.page.title()}”: {trouble}"
