"""The keyboard: focus is seen at every stop, in reading order, few stops before the question, no trap."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypedDict, cast

from playwright.sync_api import Page

from accessibility.probes import ask

MOST_STOPS = 150
MOST_BEFORE_FIELD = 6
LEAST_OUTLINE = 2.0


class Stop(TypedDict):
    """One stop of the Tab key: what it is, where, and how the focus shows there."""

    name: str
    top: float
    bottom: float
    left: float
    right: float
    is_field: bool
    outline: float
    changed: bool
    covered: bool
    lifted: bool


def tab_stops(page: Page) -> list[Stop]:
    """Where Tab leads, from the top of a page just loaded, until the focus leaves it or comes round."""
    ask(page, "stop")
    stops: list[Stop] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = cast("Stop | None", ask(page, "stop"))
        if stop is None or (stops and _same(stop, stops[0])):
            break
        stops.append(stop)
    return stops


def keyboard_faults(stops: list[Stop]) -> Iterator[str]:
    """What is wrong with a page's Tab stops, in words."""
    if len(stops) >= MOST_STOPS:
        yield f"Tab does not get out of the page after {MOST_STOPS} stops"
    for stop in stops:
        if stop["outline"] < LEAST_OUTLINE or not stop["changed"]:
            yield f"{stop['name']}: the focus is not seen (outline {stop['outline']} px)"
        if stop["covered"]:
            yield f"{stop['name']}: covered while it has the focus"
    yield from _order(stops)
    before = next((place for place, stop in enumerate(stops) if stop["is_field"]), 0)
    if before > MOST_BEFORE_FIELD:
        yield f"{before} stops before the first field, at most {MOST_BEFORE_FIELD}"


def _order(stops: list[Stop]) -> Iterator[str]:
    """A stop wholly above the one before it, or left of it in the same row, breaks the reading order."""
    still = [stop for stop in stops if not stop["lifted"]]
    for before, after in pairwise(still):
        if after["bottom"] <= before["top"] and after["left"] < before["right"]:
            yield f"{after['name']} comes after {before['name']} but stands above it"
        same_row = after["top"] < before["bottom"] and before["top"] < after["bottom"]
        if same_row and after["right"] <= before["left"]:
            yield f"{after['name']} comes after {before['name']} but stands left of it"


def _same(one: Stop, other: Stop) -> bool:
    return (one["name"], one["top"], one["left"]) == (other["name"], other["top"], other["left"])
