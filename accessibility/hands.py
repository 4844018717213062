"""Two ways to fill a page in a real browser: with a pointer, and with nothing but a keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypedDict, cast

from playwright.sync_api import Locator, Page

Answers = Mapping[str, tuple[str, ...]]
MOST_TABS = 80
WAY_ON = (
    "main form[method=post] button:not([name]), main form[method=post] button[name=action][value=continue]"
)


_NAMES = "() => [...document.querySelectorAll('main form [name]')].map(e => e.name)"


class Stuck(AssertionError):
    """The page cannot be completed this way; the message says at which control."""


class Hands(Protocol):
    """Fills the page's form with the answers whose controls are there, and presses the way on."""

    def fill_and_go(self, page: Page, answers: Answers) -> None: ...


class Pointer:
    """Clicks and types, as with a mouse or a finger."""

    def fill_and_go(self, page: Page, answers: Answers) -> None:
        """Only what a person can see is touched; the rest stays as the page has it."""
        there = set(cast("list[str]", page.evaluate(_NAMES)))
        for name in sorted(there & answers.keys()):
            for control in page.locator(f'main form [name="{name}"]:not([type=hidden])').all():
                self._set(control, answers[name])
        with page.expect_navigation():
            page.locator(WAY_ON).first.click()

    def _set(self, control: Locator, values: tuple[str, ...]) -> None:
        kind = control.evaluate("e => e.type")
        value = control.get_attribute("value")
        if kind == "checkbox":
            control.set_checked(value in values)
        elif kind == "radio":
            if value in values:
                control.check()
        elif kind == "select-one":
            is_there = control.locator(f'option[value="{values[0]}"]').count()
            if is_there and control.input_value() != values[0]:
                self._unfold(control)
                control.select_option(values[0])
        else:
            control.fill(values[0])

    def _unfold(self, control: Locator) -> None:
        """Open the details a control is folded away in, as a person would."""
        if not control.is_visible():
            control.locator("xpath=ancestor::details/summary").click()


class Spot(TypedDict):
    """Where the focus is, as the page tells it."""

    tag: str
    kind: str
    name: str
    value: str
    is_on: bool
    is_way_on: bool
    in_form: bool
    steps: int
    hides: bool


# `steps` is how many options lie between the select's choice and the one with a wanted value; `hides` is
# true of a closed summary behind which a list holds something else than what is wanted.
_SPOT = """wanted => {
  const e = document.activeElement || document.body;
  const options = e.tagName === "SELECT" ? [...e.options].map(o => o.value) : [];
  const target = options.findIndex(v => (wanted[e.name] || []).includes(v));
  return {tag: e.tagName, kind: e.type || "", name: e.name || "", value: e.value || "", is_on: !!e.checked,
    is_way_on: e.matches('WAY_ON'), in_form: !!e.closest("main form"),
    steps: target < 0 ? 0 : target - e.selectedIndex,
    hides: e.tagName === "SUMMARY" && !e.parentElement.open && [...e.parentElement.querySelectorAll("select")]
      .some(s => (wanted[s.name] || []).some(v => v !== s.value && [...s.options].some(o => o.value === v)))};
}""".replace("WAY_ON", WAY_ON)


@dataclass
class Keyboard:
    """Tab, Space, arrows, Enter and letters; counts the stops before the first field."""

    stops_before_first_field: int = 0

    def fill_and_go(self, page: Page, answers: Answers) -> None:
        """Walks the page from its top. Raises `Stuck` when Tab never reaches the way on."""
        wanted = {name: list(values) for name, values in answers.items()}
        first_field = 0
        for stop in range(1, MOST_TABS):
            page.keyboard.press("Tab")
            spot = cast("Spot", page.evaluate(_SPOT, wanted))
            if spot["is_way_on"]:
                self.stops_before_first_field = (first_field or stop) - 1
                with page.expect_navigation():
                    page.keyboard.press("Enter")
                return
            if spot["hides"]:
                page.keyboard.press("Enter")
            if spot["in_form"] and spot["name"]:
                first_field = first_field or stop
                if spot["name"] in wanted:
                    self._answer(page, spot, wanted)
        raise Stuck(f"{page.url}: {MOST_TABS} tabs and no way on")

    def _answer(self, page: Page, spot: Spot, wanted: Mapping[str, list[str]]) -> None:
        values = wanted[spot["name"]]
        if spot["kind"] == "radio":
            self._choose(page, spot, values[0])
        elif spot["kind"] == "checkbox":
            if spot["is_on"] != (spot["value"] in values):
                page.keyboard.press("Space")
        elif spot["tag"] == "SELECT":
            for _ in range(abs(spot["steps"])):
                page.keyboard.press("ArrowDown" if spot["steps"] > 0 else "ArrowUp")
        elif values[0]:
            # Tab has selected what stands in the field, so typing replaces it.
            page.keyboard.type(values[0])
        else:
            page.keyboard.press("Delete")

    def _choose(self, page: Page, spot: Spot, value: str) -> None:
        first = spot["value"]
        if first == value:
            page.keyboard.press("Space")
            return
        for _ in range(MOST_TABS):
            page.keyboard.press("ArrowDown")
            now = cast("Spot", page.evaluate(_SPOT, {}))
            if now["value"] == value:
                return
            if now["value"] == first:
                break
        raise Stuck(f"{page.url}: no choice {value!r} of {spot['name']!r} by arrows")
