"""The terms of a service: when and where it can be had, what it costs, how long it takes; all sourced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from portal.forms.answers import Values
from portal.forms.expression import Expression, Reference
from portal.forms.part import LEVELS, Address, PageKey, Part, PlaceCode
from portal.i18n.text import Text

_LOOK_AHEAD = 400  # days: a yearly window opens again within them
DayOfMonth = Annotated[int, Field(ge=1, le=31)]


class Window(Part):
    """When applications are taken: from day to day, or from day to day of every month, or both.

    Ages count at `as_of` where it is given.
    """

    opens: date | None = None
    closes: date | None = None
    as_of: date | None = None
    from_day: DayOfMonth | None = None
    until_day: DayOfMonth | None = None

    @model_validator(mode="after")
    def _is_a_window(self) -> Self:
        if self.opens is None and self.from_day is None:
            raise ValueError("say when it opens: opens = 2026-10-01, or from_day = 1 and until_day = 20")
        if (self.from_day is None) is not (self.until_day is None):
            raise ValueError("from_day and until_day go together")
        if self.opens and self.closes and self.closes < self.opens:
            raise ValueError("it closes before it opens")
        if self.from_day and self.until_day and self.until_day < self.from_day:
            raise ValueError("until_day comes before from_day")
        return self

    def is_open_on(self, day: date) -> bool:
        """Whether applications are taken on `day`."""
        if not (self.opens or day) <= day <= (self.closes or day):
            return False
        return (self.from_day or 1) <= day.day <= (self.until_day or 31)


def next_opening(windows: Iterable[Window], day: date) -> date | None:
    """The first day from `day` on that one of the windows is open; None when none is in sight."""
    listed = tuple(windows)
    days = (day + timedelta(days=ahead) for ahead in range(_LOOK_AHEAD))
    return next((one for one in days if any(window.is_open_on(one) for window in listed)), None)


def current_window(windows: Iterable[Window], day: date) -> Window | None:
    """The window of `day`: the one that is open, else the next to open, else the last that was."""
    dated = sorted(windows, key=lambda window: window.opens or date.min)
    opened = [window for window in dated if window.is_open_on(day)]
    coming = [window for window in dated if (window.opens or day) > day]
    return next(iter(opened or coming or dated[::-1]), None)


class ExitWords(Part):
    """What somebody is told who cannot have the service: why, what now, how to contest, what else may fit."""

    title: Text
    body: Text
    next: Text
    contest: Text
    offer: tuple[PageKey, ...] = ()


class Availability(Part):
    """Where the service can be had, judged by the office's place: in some places, or everywhere but some.

    `words` are for people of other places.
    """

    everywhere: bool = False
    inside: tuple[PlaceCode, ...] = Field(default=(), alias="in")
    outside: tuple[PlaceCode, ...] = Field(default=(), alias="out")
    words: ExitWords | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum((self.everywhere, bool(self.inside), bool(self.outside))) != 1:
            raise ValueError("write everywhere = true, in = [codes] or out = [codes]")
        if not self.everywhere and self.words is None:
            raise ValueError("give people of other places their words: [availability.words]")
        return self

    def excludes(self, place: str) -> Expression | None:
        """The rule that holds for people it is not for; `place` is the key of the office's address."""
        if self.everywhere:
            return None
        among = Expression("any", tuple(_among(place, self.inside or self.outside)))
        return Expression("not", (among,)) if self.inside else among


def _among(place: str, codes: tuple[str, ...]) -> Iterator[Expression]:
    for level in LEVELS:
        of_level = tuple(code for code in codes if level_of(code) == level)
        if of_level:
            yield Expression("in", (Reference(place, level), of_level))


def level_of(code: str) -> str:
    """The level a place's code is of, by its shape: 30, 3026, 3026-365, 3026-365-3275."""
    if "-" not in code:
        return LEVELS[0] if len(code) == 2 else LEVELS[1]
    return LEVELS[1 + code.count("-")]


class Sourced(Part):
    """A fact that holds at one office or all of them, from one day to another, for those a rule fits."""

    source_url: Address
    verified_on: date
    office: str | None = None
    office_name: Text | None = None
    band: Text | None = None
    when: Expression | None = None
    note: Text | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def is_everywhere(self) -> bool:
        """Whether it holds at every office."""
        return self.office is None and self.office_name is None

    def is_valid_on(self, day: date) -> bool:
        """Whether it holds on `day`."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)


class Fee(Sourced):
    """What is asked, in whole taka; `when` and `band` make it one band of several."""

    amount: Annotated[int, Field(ge=0)]


class TimeLimit(Sourced):
    """How long the office may take."""

    value: Annotated[int, Field(ge=0)]
    unit: Literal["working_days", "days", "months"]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Whose fee or time limit is looked for: which office, which day, which answers."""

    office: str
    day: date
    as_of: date
    values: Values | None = None

    def fits(self, fact: Sourced) -> bool:
        """Whether its rule, if it has one, holds; without answers nobody can say."""
        if fact.when is None:
            return True
        if self.values is None:
            return False
        return fact.when.evaluate(self.values, self.as_of, self.day) is True


def fitting[Fact: Sourced](facts: Iterable[Fact], around: Circumstances) -> Fact | None:
    """The fact for those circumstances: the office's own before one for all; None when none is known."""
    fit = [fact for fact in facts if fact.is_valid_on(around.day) and around.fits(fact)]
    own = [fact for fact in fit if fact.office == around.office]
    return next(iter(own or [fact for fact in fit if fact.is_everywhere]), None)


class HardClose(ExitWords):
    """From `on` nobody can begin or send an application."""

    on: date
