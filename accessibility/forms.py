"""A form as a browser without scripts sees it: its controls, what stands in them, its buttons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from accessibility.markup import Page, words_in

Plain = str | list[str] | Mapping[str, str]
Answer = Plain | list[Mapping[str, Plain]]
Fields = list[tuple[str, str]]
_ITEM = re.compile(r"/([a-z][a-z0-9-]*)/([0-9]+)$")
_NOT_SENT = frozenset({"submit", "button", "reset", "image", "file"})


class NoWayOn(AssertionError):
    """A page has no form, or no single button that leads on; the message shows where."""


def spread(answers: Mapping[str, Answer]) -> dict[str, tuple[str, ...]]:
    """Answers by control name: a date's or an address's parts become `<key>-<part>`."""
    found: dict[str, tuple[str, ...]] = {}
    for key, said in answers.items():
        if isinstance(said, str):
            found[key] = (said,)
        elif isinstance(said, Mapping):
            found |= {f"{key}-{part}": (words,) for part, words in said.items()}
        elif all(isinstance(one, str) for one in said):
            found[key] = tuple(one for one in said if isinstance(one, str))
    return found


def answers_at(
    answers: Mapping[str, Answer], path: str, visited: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """By control name, what is typed at `path`, where a number at its end says which of several things.

    `<step>-more` is yes while there are things that no page of `visited` was about.
    """
    found = spread(answers)
    lists = {key: [one for one in said if isinstance(one, Mapping)] for key, said in _lists(answers)}
    number = _ITEM.search(path)
    for key, things in lists.items():
        if number is not None and int(number[2]) <= len(things):
            found |= spread(things[int(number[2]) - 1])
        step = key.replace("_", "-")
        told = [int(one[2]) for page in visited if (one := _ITEM.search(page)) and one[1] == step]
        found[f"{step}-more"] = ("yes" if len(things) > max(told, default=0) else "no",)
    return found


def _lists(answers: Mapping[str, Answer]) -> Iterator[tuple[str, list[object]]]:
    for key, said in answers.items():
        if isinstance(said, list) and (not said or isinstance(said[0], Mapping)):
            yield key, list(said)


@dataclass(frozen=True)
class Form:
    """One `main form[method=post]`."""

    page: Page
    element: Element

    @property
    def action(self) -> str:
        """The absolute address it is sent to."""
        return urljoin(self.page.visit.url, self.element.get("action") or self.page.visit.url)

    @property
    def controls(self) -> list[Element]:
        """Everything that sends a value, in document order, hidden ones included."""
        inside = set(self.element.iter())
        return [
            one
            for one in self.page.all("input", "select", "textarea")
            if one in inside and one.get("name") and one.get("type", "text").lower() not in _NOT_SENT
        ]

    @property
    def names(self) -> frozenset[str]:
        """The names of the controls a person fills in."""
        return frozenset(one.get("name", "") for one in self.controls if one.get("type") != "hidden")

    @property
    def way_on(self) -> tuple[str, str] | None:
        """The field the continuing button adds, or None; `NoWayOn` when not exactly one button leads on."""
        buttons = [one for one in self._buttons() if not one.get("name") or _is_continue(one)]
        if len(buttons) != 1:
            words = [words_in(one) for one in self._buttons()]
            raise NoWayOn(f"{self.page.visit.path}: {len(buttons)} ways on among the buttons {words}")
        name = buttons[0].get("name")
        return (name, buttons[0].get("value", "")) if name else None

    def button(self, name: str, value: str) -> bool:
        """Whether it has a submit button of that name and value."""
        return any(one.get("name") == name and one.get("value") == value for one in self._buttons())

    def filled(self, answers: Mapping[str, tuple[str, ...]]) -> Fields:
        """What the browser sends: everything as it stands, but the named controls as the person sets them."""
        return [pair for control in self.controls for pair in _sent(control, answers)]

    def _buttons(self) -> Iterator[Element]:
        inside = set(self.element.iter())
        for one in self.page.all("button", "input"):
            kind = one.get("type", "submit" if one.tag == "button" else "text").lower()
            if one in inside and kind in ("submit", "image"):
                yield one


def main_forms(page: Page) -> list[Form]:
    """Every form in main that posts, in order."""
    return [
        Form(page, one)
        for one in page.all("form")
        if one.get("method", "get").lower() == "post"
        and any(around.tag == "main" for around in page.ancestors(one))
    ]


def main_form(page: Page) -> Form:
    """The page's one posting form in main; raises `NoWayOn` when there is none or more than one."""
    forms = main_forms(page)
    if len(forms) != 1:
        raise NoWayOn(f"{page.visit.path}: {len(forms)} forms in main, wanted 1")
    return forms[0]


def _is_continue(button: Element) -> bool:
    return button.get("name") == "action" and button.get("value") == "continue"


def _sent(control: Element, answers: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    name = control.get("name", "")
    kind = control.get("type", "text").lower() if control.tag == "input" else str(control.tag)
    # Hidden values are the page's own: a person cannot reach them.
    wanted = answers.get(name) if kind != "hidden" else None
    values = {"radio": _ticked, "checkbox": _ticked, "select": _selected}.get(kind, _typed)(control, wanted)
    yield from ((name, value) for value in values)


def _ticked(control: Element, wanted: tuple[str, ...] | None) -> list[str]:
    value = control.get("value", "on")
    is_on = control.get("checked") is not None if wanted is None else value in wanted
    return [value] if is_on else []


def _selected(control: Element, wanted: tuple[str, ...] | None) -> list[str]:
    options = [one for one in control.iter() if one.tag == "option"]
    values = [one.get("value", words_in(one)) for one in options]
    if wanted and (there := [value for value in values if value in wanted]):
        return there[:1]
    # A level whose list does not hold the answer yet stays as the page has it.
    chosen = [value for one, value in zip(options, values, strict=True) if one.get("selected") is not None]
    return chosen[-1:] or values[:1]


def _typed(control: Element, wanted: tuple[str, ...] | None) -> list[str]:
    # As the browser sends it: a text of several lines keeps them.
    standing = "".join(control.itertext()) if control.tag == "textarea" else control.get("value", "")
    return [wanted[0] if wanted else standing]
