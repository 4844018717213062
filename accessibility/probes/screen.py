"""The small screen: nothing to scroll sideways, the question seen at once, targets big enough to press."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict, cast

from playwright.sync_api import Page

from accessibility.probes import ask

LEAST_TARGET = 24
MOST_ROWS = 5


class Box(TypedDict):
    """A place on the page, in CSS pixels from its top left."""

    name: str
    top: float
    bottom: float
    left: float
    right: float


class First(TypedDict):
    """Question, first field and way on, and how many rows its fields take."""

    boxes: list[Box]
    rows: int


class Target(TypedDict):
    """Something to press: its size, and whether it stands inside running text."""

    name: str
    width: float
    height: float
    inline: bool


def sideways_faults(page: Page) -> Iterator[str]:
    """What reaches past the right edge, on whatever width the page has now."""
    yield from cast("list[str]", ask(page, "wide"))


def first_screen_faults(page: Page, height: int) -> Iterator[str]:
    """Which of question, first field and way on is not seen without scrolling `height` pixels.

    A question of more than `MOST_ROWS` rows (an option is one, a labelled field two) cannot show its
    way on below them all; its words and its first field must be seen still.
    """
    first = cast("First", ask(page, "first"))
    boxes = first["boxes"] if first["rows"] <= MOST_ROWS else first["boxes"][:2]
    for box in boxes:
        if box["bottom"] > height:
            yield f"{box['name']} ends at {box['bottom']:.0f} px, the screen at {height}"


def target_faults(page: Page, least: int = LEAST_TARGET) -> Iterator[str]:
    """What is too small to press; links inside running text are excepted, as in WCAG 2.5.8."""
    for target in cast("list[Target]", ask(page, "targets")):
        if not target["inline"] and min(target["width"], target["height"]) < least:
            size = f"{target['width']:.0f} × {target['height']:.0f}"
            yield f"{target['name']} is {size} px, at least {least}"
