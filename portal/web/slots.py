"""The only door through which a person's values reach a step's template.

A template asks a slot, never the draft: so the same template can later be compiled once into
segments and slots, and be filled on the server and on a phone alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

Caller = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Item:
    """One repeated thing, such as an option of a list that depends on the person's place."""

    code: str
    words: str
    is_chosen: bool = False
    id: str = ""
    """The control's own id, where each item is a control."""

    def mark(self, markup: str) -> Markup:
        """`markup` when this is the one chosen."""
        return Markup(markup if self.is_chosen else "")  # noqa: S704  template's own words


@dataclass(frozen=True, slots=True)
class Slots:
    """What fills one page: `typed` by control name, `errors` by question key, `lists` and `facts` by name."""

    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    bad_fields: frozenset[str] = frozenset()
    summary: tuple[tuple[str, str], ...] = ()
    lists: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """What stands in the control `name`."""
        return next(iter(self.typed.get(name, ())), "")

    def equal(self, name: str, code: str, markup: str) -> Markup:
        """`markup` when the control `name` holds `code`; for radios, selects and checkboxes."""
        return Markup(markup if code in self.typed.get(name, ()) else "")  # noqa: S704  template's own words

    def error(self, key: str) -> str:
        """The words of the question's error."""
        return self.errors.get(key, "")

    def when_error(self, key: str, caller: Caller) -> str:
        """The block, when the question has an error."""
        return caller() if key in self.errors else ""

    def bad(self, name: str, markup: str) -> Markup:
        """`markup` when the control, or the question, `name` is one to correct."""
        return Markup(markup if name in self.bad_fields else "")  # noqa: S704  template's own words

    def any_error(self, caller: Caller) -> str:
        """The block, when anything on the page has an error."""
        return caller() if self.summary else ""

    def fact(self, name: str) -> str:
        """A short fact about the draft, such as the question's place in the order."""
        return self.facts.get(name, "")

    def describe(self, key: str, *, hint: bool) -> Markup:
        """The attribute naming what describes the question's control: hint, source of the value, error."""
        parts = [("hint", hint), ("source", f"source {key}" in self.facts), ("error", key in self.errors)]
        ids = " ".join(f"{key}-{part}" for part, is_there in parts if is_there)
        return Markup(' aria-describedby="{}"').format(ids) if ids else Markup("")

    def when(self, name: str, caller: Caller) -> str:
        """The block, when the fact is there."""
        return caller() if self.facts.get(name) else ""

    def each(self, name: str, caller: Caller) -> Markup:
        """The block once for each item of the list `name`."""
        return Markup("").join(Markup(caller(item)) for item in self._items(name))  # noqa: S704  rendered block

    def each_error(self, caller: Caller) -> Markup:
        """The block once for each line of the error summary: where it leads, what it says."""
        return Markup("").join(Markup(caller(*line)) for line in self.summary)  # noqa: S704  rendered block

    def _items(self, name: str) -> Iterable[Item]:
        return self.lists.get(name, ())
