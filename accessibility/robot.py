"""A robot that knows nothing of a service: it reads an example and completes the form over HTTP."""

from __future__ import annotations

import re
import secrets
import time
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2

from accessibility.forms import Answer, Form, NoWayOn, answers_at, main_form, main_forms
from accessibility.markup import Page, Visit

ROOT = Path(__file__).resolve().parent.parent
MOST_PAGES = 120
MOST_ROUNDS = 8
WAIT_SECONDS = 0.4
PARTS = re.compile(r"-.*$")  # a question's key has no hyphen: what follows one names a part of it
_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")


class Lost(AssertionError):
    """The robot cannot go on; the message says where it stands and what the page shows."""


@dataclass(frozen=True)
class Person:
    """One example: what this person types, and how it must end."""

    name: str
    service: str
    expect: str
    answers: Mapping[str, Answer]

    @property
    def mobile(self) -> str:
        """The number typed at sign-in; "" for somebody without one."""
        said = self.answers.get("mobile", "")
        return said if isinstance(said, str) else ""


def on_new_phone(person: Person) -> Person:
    """The same person with a number of their own: a number gets only so many codes an hour."""
    if not person.mobile:
        return person
    return replace(person, answers={**person.answers, "mobile": f"017{secrets.randbelow(10**8):08}"})


def people(services: Path = ROOT / "services") -> list[Person]:
    """Every example of every service, by file name."""
    return [_person(path) for path in sorted(services.glob("*/examples/*.toml"))]


def person(name: str, services: Path = ROOT / "services") -> Person:
    """The example of that file name, without `.toml`."""
    return next(one for one in people(services) if one.name == name)


def _person(path: Path) -> Person:
    example = tomllib.loads(path.read_text(encoding="utf-8"))
    service = path.parent.parent.name.replace("_", "-")
    return Person(path.stem, service, example["expect"], example["answers"])


@dataclass(frozen=True)
class Seen:
    """One page on the way."""

    page: Page
    status: int


@dataclass(frozen=True)
class End:
    """Where it ended: "submitted", "exit" or "error", and the reference, exit key or question key."""

    kind: str
    key: str

    def meets(self, expect: str) -> bool:
        """Whether an example's `expect` asks for this end."""
        kind, _, key = expect.partition(":")
        return kind == self.kind and (not key or key == self.key)


@dataclass
class Robot:
    """Walks one person through one service; keeps every page it saw."""

    client: httpx2.Client
    person: Person
    locale: str = "bn"
    seen: list[Seen] = field(default_factory=list)
    rounds: Counter[str] = field(default_factory=Counter)

    def apply(self) -> End:
        """From the service's own page to the end. Raises `Lost`."""
        self.begin()
        return self.walk()

    def begin(self) -> Seen:
        """Open the service's page and press its start button."""
        here = self.open(f"/{self.locale}/services/{self.person.service}")
        starts = [form for form in main_forms(here.page) if "/apply/" in form.action]
        if len(starts) != 1:
            raise Lost(self._where(here, f"{len(starts)} ways to start"))
        return self.send(starts[0], {})

    def walk(self, until: str | None = None) -> End:
        """Go on from where it stands to the end, or to the step `until`: then it is End("at", step)."""
        for _ in range(MOST_PAGES):
            here = self.seen[-1]
            if end := self.end(here):
                return end
            if until and here.page.visit.path.endswith(f"/{until}"):
                return End("at", until)
            self.step(here)
        raise Lost(self._where(self.seen[-1], f"no end after {MOST_PAGES} pages"))

    def step(self, here: Seen) -> Seen:
        """Fill this page as the person would, and press its way on."""
        path = here.page.visit.path
        self.rounds[path] += 1
        if self.rounds[path] > MOST_ROUNDS:
            raise Lost(self._where(here, f"shown {MOST_ROUNDS} times"))
        if path.endswith("/sign-in"):
            return self._sign_in(here)
        if not main_forms(here.page) and _refreshes(here.page):
            time.sleep(WAIT_SECONDS)
            return self.open(path)
        try:
            typed = answers_at(self.person.answers, path, [seen.page.visit.path for seen in self.seen])
            return self.send(main_form(here.page), typed)
        except NoWayOn as reason:
            raise Lost(self._where(here, str(reason))) from reason

    def end(self, here: Seen) -> End | None:
        """The end this page is, or None when the way goes on. Raises `Lost` on an error page."""
        path = here.page.visit.path
        if found := re.search(r"/receipts/(BD-[0-9A-Z]{4}-[0-9A-Z]{4})$", path):
            return End("submitted", found[1])
        if found := re.search(r"/exit/([a-z0-9-]+)$", path):
            return End("exit", found[1])
        if here.status == 422:
            return End("error", self._first_error(here))
        if here.status != 200:
            raise Lost(self._where(here, f"status {here.status}"))
        return None

    def open(self, address: str) -> Seen:
        """Fetch a page and remember it."""
        return self._remember(self.client.get(address, follow_redirects=True))

    def send(self, form: Form, answers: Mapping[str, tuple[str, ...]]) -> Seen:
        """Fill the form, press its way on and remember the page that comes."""
        fields = form.filled(answers)
        if pressed := form.way_on:
            fields.append(pressed)
        return self.post(form.action, fields)

    def post(self, address: str, fields: list[tuple[str, str]]) -> Seen:
        """Send fields as a browser does, doubles and order kept."""
        headers = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
        answer = self.client.post(address, content=urlencode(fields), headers=headers, follow_redirects=True)
        return self._remember(answer)

    def _remember(self, answer: httpx2.Response) -> Seen:
        visit = Visit(str(answer.url), None, dict(answer.headers))
        self.seen.append(Seen(Page(answer.text, visit), answer.status_code))
        return self.seen[-1]

    def _sign_in(self, here: Seen) -> Seen:
        form = main_form(here.page)
        if "code" in form.names:
            return self.send(form, {"code": (code_sent_to(self.client, self.person.mobile),)})
        if self.person.mobile:
            return self.send(form, {"mobile": (self.person.mobile,)})
        if not form.button("action", "skip"):
            raise Lost(self._where(here, "no way on for a person without a phone"))
        return self.post(form.action, [*form.filled({}), ("action", "skip")])

    def _first_error(self, here: Seen) -> str:
        for link in here.page.all("a"):
            href = link.get("href", "")
            if href.startswith("#") and href != "#main":
                return PARTS.sub("", href[1:])
        raise Lost(self._where(here, "status 422 without an error summary"))

    def _where(self, here: Seen, trouble: str) -> str:
        title = next((one.text or "" for one in here.page.all("title")), "")
        way = " → ".join(seen.page.visit.path.rpartition("/")[2] for seen in self.seen[-8:])
        return (
            f"{self.person.name} ({self.locale}) at {here.page.visit.path} “{title}”: {trouble}. Way: {way}"
        )


def code_sent_to(client: httpx2.Client, mobile: str) -> str:
    """The newest six-digit code at /_messages for this number. Raises `Lost`."""
    answer = client.get("/_messages", headers={"accept": "application/json"})
    last_digits = ascii_digits(mobile)[-10:]
    for message in newest_first(answer.json()):
        if ascii_digits(str(message.get("to", "")))[-10:] == last_digits:
            # The code's digits stand together; a phone number in the words is longer.
            found = re.search(r"(?<!\d)\d{6}(?!\d)", str(message.get("words", "")).translate(_DIGITS))
            if found:
                return found[0]
    raise Lost(f"no code among the messages to {mobile}: {answer.text[:300]}")


def newest_first(document: Any) -> list[dict[str, Any]]:  # noqa: ANN401  whatever JSON the page sends
    """The messages of /_messages, newest first."""
    messages = document["messages"] if isinstance(document, dict) else document
    return sorted(messages, key=lambda message: str(message.get("at", "")), reverse=True)


def ascii_digits(words: str) -> str:
    """Only the digits, Bangla ones turned."""
    return "".join(sign for sign in words.translate(_DIGITS) if sign in "0123456789")


def _refreshes(page: Page) -> bool:
    return any(one.get("http-equiv", "").lower() == "refresh" for one in page.all("meta"))
