"""Every page and state worth judging: the site map, what it does not list, and one person's whole way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2

from accessibility.forms import main_forms
from accessibility.robot import End, Robot, Seen

LOCALES = ("bn", "en")
# Pages of this browser only, of an address that is not there, or of no search engine's concern.
_SEARCHES = {"services?q=সনদ": "search-found", "services?q=zzzz": "search-none"}
UNLISTED = ("my", "track", "verify", "status", *_SEARCHES, "nowhere")
_EMPTY = """() => {
  const form = [...document.querySelectorAll("main form[method=post]")].find(f =>
    f.querySelector("input:not([type=hidden]), select, textarea"));
  for (const e of form.elements) {
    if (e.type === "hidden") continue;
    if (e.type === "radio" || e.type === "checkbox") e.checked = false;
    else if (e.tagName === "SELECT") e.selectedIndex = 0;
    else if (e.tagName !== "BUTTON") e.value = "";
  }
  HTMLFormElement.prototype.submit.call(form);
}"""


@dataclass(frozen=True, slots=True)
class State:
    """A page to look at: its address, a short name for files, and whether to send its form empty first."""

    url: str
    name: str
    language: str
    is_sent_empty: bool = False

    @property
    def words(self) -> str:
        """The state in words, for reports."""
        return "sent empty" if self.is_sent_empty else "first look"

    @property
    def emptying(self) -> str:
        """A script, as a function, that empties the page's form and sends it."""
        return _EMPTY


def public_states(client: httpx2.Client, base_url: str) -> list[State]:
    """Every address of the site map in both languages, and the unlisted ones."""
    listed = re.findall(r"<loc>([^<]+)</loc>", client.get(f"{base_url}/sitemap.xml").text)
    paths = [urlsplit(address).path for address in listed]
    paths += [f"/{locale}/{rest}" for locale in LOCALES for rest in UNLISTED]
    return [_public(base_url, path) for path in dict.fromkeys(paths) if _language(path)]


def journey_states(robot: Robot) -> Iterator[State]:
    """The states on a person's way, each before the robot goes on; ends at the receipt, exit or error.

    The states are to be looked at with the robot's cookies while the iterator waits: a step that is
    sent empty keeps nothing, so the robot can go on from it.
    """
    robot.begin()
    while True:
        here = robot.seen[-1]
        if end := robot.end(here):
            yield from _last_states(robot, end)
            return
        yield from _step_states(robot, here)
        robot.step(here)


def cookies(client: httpx2.Client) -> dict[str, str]:
    """The robot's cookies by name, to be given to a browser."""
    return {cookie.name: cookie.value or "" for cookie in client.cookies.jar}


def _step_states(robot: Robot, here: Seen) -> Iterator[State]:
    path = here.page.visit.path
    name = f"step-{path.rpartition('/')[2]}"
    if robot.rounds[path]:
        name += f"-{robot.rounds[path] + 1}"
    yield State(here.page.visit.url, name, robot.locale)
    if any(form.names for form in main_forms(here.page)):
        yield State(here.page.visit.url, f"{name}-error", robot.locale, is_sent_empty=True)


def _last_states(robot: Robot, end: End) -> Iterator[State]:
    here = robot.seen[-1].page.visit
    if end.kind != "submitted":
        yield State(here.url, f"{end.kind}-{end.key}", robot.locale)
        return
    base = here.url.partition(f"/{robot.locale}/")[0]
    for name, path in {
        "receipt": f"receipts/{end.key}",
        "receipt-paper": f"receipts/{end.key}/paper",
        "track-mine": f"track/{end.key}",
        "my-applications": "my",
    }.items():
        yield State(f"{base}/{robot.locale}/{path}", name, robot.locale)


def _public(base_url: str, path: str) -> State:
    rest = path.split("/", 2)[2]
    name = _SEARCHES.get(rest) or re.sub(r"[^a-z0-9]+", "-", rest) or "home"
    return State(base_url + path, name, _language(path))


def _language(path: str) -> str:
    found = re.match(r"^/([a-z]{2,3})/", path)
    return found[1] if found else ""
