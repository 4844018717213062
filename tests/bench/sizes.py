"""Bytes of every page a citizen meets on the way from the front door to the receipt."""

from __future__ import annotations

import re
from dataclasses import dataclass

import brotli
import httpx2

from portal.settings import ROOT
from portal.web.routes import PUBLIC
from tests.robot import Robot, person

# The one who types every answer sees every question.
EXAMPLE = "bimal-types-it-all"
# Bytes by brotli 11: 6 kB, and 2.6 kB to the decimal until pages are compiled (2.2 kB then).
FIRST_QUESTION, LATER_QUESTION, QUESTION_STYLE = 6_000, 2_649, 1_500
# A list of places is the country's, not the page's.
EACH_PLACE = 16
_ONE_OF_MANY = re.compile(r"/(apply|receipts|track)/[^/]+")


@dataclass(frozen=True, slots=True)
class Size:
    """One page: as it is, packed as well as can be, and packed as it is sent."""

    name: str
    raw: int
    best: int
    sent: int
    budget: int | None

    @property
    def is_over(self) -> bool:
        """True for a page heavier than its budget."""
        return self.budget is not None and self.best > self.budget


def sizes(client: httpx2.Client) -> list[Size]:
    """Every page in both languages, once each, and the style that question pages carry."""
    found: dict[str, Size] = {}
    for locale in ("bn", "en"):
        robot = Robot(client, person(EXAMPLE), locale)
        for route in PUBLIC:
            robot.open(f"/{locale}{route.path.replace('{service}', robot.person.service)}")
        robot.apply()
        reference = robot.seen[-1].page.visit.path.rpartition("/")[2]
        for place in (f"receipts/{reference}/paper", f"track/{reference}", "my", "track"):
            robot.open(f"/{locale}/{place}")
        for seen in robot.seen:
            name = _ONE_OF_MANY.sub(r"/\1/…", seen.page.visit.path)
            found.setdefault(name, _size(name, seen.page.html))
    style = (ROOT / "build" / "static" / "question.css").read_text("utf-8")
    return [*found.values(), _packed("style of a question", style, QUESTION_STYLE)]


def _size(name: str, html: str) -> Size:
    places = html.count("<option") * EACH_PLACE
    step = re.search(r"/apply/…/([a-z-]+)$", name)
    if step is None or step[1] == "check":
        return _packed(name, html, None)
    return _packed(name, html, FIRST_QUESTION if step[1] == "residence" else LATER_QUESTION + places)


def _packed(name: str, words: str, budget: int | None) -> Size:
    body = words.encode()
    best, sent = (len(brotli.compress(body, quality=quality)) for quality in (11, 4))
    return Size(name, len(body), best, sent, budget)
