"""A service as data: what is asked, in which order, on which rules, at whose office, from which sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from portal.forms.answers import Values
from portal.forms.asked import (
    KindName,
    Option,
    Question,
    RegistryField,
    Repeat,
    SatisfiedBy,
    Section,
    Step,
)
from portal.forms.expression import TODAY, Expression, Reference
from portal.forms.papers import DocumentGroup
from portal.forms.part import LEVELS, Address, Code, Level, PageKey, Part, QuestionKey
from portal.forms.terms import (
    Availability,
    Circumstances,
    ExitWords,
    Fee,
    HardClose,
    TimeLimit,
    Window,
    current_window,
    fitting,
    next_opening,
)
from portal.i18n.text import Text

__all__ = [
    "LEVELS",
    "Address",
    "Exit",
    "Fee",
    "KindName",
    "Level",
    "Option",
    "Outcome",
    "Question",
    "Registry",
    "RegistryField",
    "Repeat",
    "SatisfiedBy",
    "Section",
    "Service",
    "Step",
    "TimeLimit",
    "Window",
]
CLOSED, NOT_HERE = "closed", "not-here"


class Exit(ExitWords):
    """Ineligible is an answer: why, what to do next, how to contest it, which other services may fit."""

    key: PageKey
    when: Expression

    @classmethod
    def of(cls, key: str, when: Expression, words: ExitWords) -> Exit:
        """An exit the portal makes of a service's terms."""
        return cls.model_validate(
            {"key": key, "when": when, **{name: getattr(words, name) for name in _SAID}}
        )


_SAID = tuple(ExitWords.model_fields)


class Registry(Part):
    """What is fetched instead of asked, from whom and why, on which consent.

    `match` maps the registry's inputs to question keys; the value "yes" of the question `consent` allows it.
    """

    key: Code
    service: str
    provider: Text
    purpose: Code
    purpose_words: Text
    consent: QuestionKey
    match: dict[str, QuestionKey]
    fields: tuple[str, ...]
    if_unavailable: Literal["ask"] = "ask"


class Office(Part):
    """Who decides; `place` is the address question whose answer says which office."""

    agency: Code
    level: Level
    place: QuestionKey


class Keep(Part):
    """Something to have at hand before starting."""

    title: Text
    note: Text | None = None
    pictogram: Code | None = None


class Delivery(Part):
    """Where an application is sent: the exchange member and its service."""

    to: str
    service: str


class Outcome(Part):
    """How the office decides, where the application goes, what the person gets and how they may appeal."""

    flow: Literal["review", "allocation"] = "review"
    deliver: tuple[Delivery, ...]
    document: Code | None = None
    next: Text
    appeal: Text

    @property
    def states(self) -> tuple[str, ...]:
        """Every state an application may be in, in their usual order.

        Where money or places are rationed (`flow = "allocation"`), waiting for them is a usual outcome.
        """
        decided = ("waiting_for_allocation",) if self.flow == "allocation" else ()
        return ("received", "in_review", "needs_information", *decided, "approved", "refused")


class Criterion(Part):
    """What a committee ranks by: published points, and the source each needs."""

    key: QuestionKey
    title: Text
    points: Annotated[int, Field(ge=0)]
    source: Text | None = None
    when: Expression | None = None


class People(Part):
    """Who applies for whom: `question` asks it and answers `self_code` where they are the same person.

    `beneficiary` and `applicant` begin the keys of the questions about each; "" for no beginning.
    """

    question: QuestionKey
    self_code: Code = Field(default="self", alias="self")
    beneficiary: str = ""
    applicant: str = "applicant"


class Service(Part):
    """One version of one service, complete."""

    schema_version: Literal[1] = Field(alias="schema")
    key: PageKey
    assurance: Literal[0, 1, 2]
    title: Text
    summary: Text
    who: Text
    category: Code
    pictogram: Code
    search: Text | None = None
    agency_words: Text
    office: Office
    availability: Availability | None = None
    windows: tuple[Window, ...] = ()
    hard_close: HardClose | None = None
    fees: tuple[Fee, ...] = ()
    time_limit: TimeLimit
    time_limits: tuple[TimeLimit, ...] = ()
    keep: tuple[Keep, ...] = ()
    other_ways: tuple[Text, ...] = ()
    layout: Literal["linear", "tasks"] = "linear"
    people: People | None = None
    documents: tuple[DocumentGroup, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    sections: tuple[Section, ...]
    registries: tuple[Registry, ...] = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    exits: tuple[Exit, ...] = ()
    declaration: Text
    outcome: Outcome

    @property
    def questions(self) -> Iterator[Question]:
        """Every question, in the order of the journey."""
        return (question for step in self.steps for question in step.questions)

    def question(self, key: str) -> Question:
        """The question of that key. Raises KeyError."""
        return _named(self.questions, key)

    def step(self, key: str) -> Step:
        """The step of that key, on the route or not. Raises KeyError."""
        return _named(self.steps, key)

    def step_of(self, question_key: str) -> Step:
        """The step that asks that question. Raises KeyError."""
        for step in self.steps:
            if any(question.key == question_key for question in step.questions):
                return step
        raise KeyError(question_key)

    def registry(self, key: str) -> Registry:
        """The registry of that key. Raises KeyError."""
        return _named(self.registries, key)

    def section(self, key: str) -> Section:
        """The section of that key. Raises KeyError."""
        return _named(self.sections, key)

    def exit(self, key: str) -> Exit:
        """The exit of that key. Raises KeyError."""
        return _named(self.exits, key)

    def run_of(self, step: Step) -> tuple[Step, ...]:
        """The steps asked for each item, where `step` begins a run; just itself else."""
        return tuple(one for one in self.steps if step.key in {one.key, one.repeats_with})

    def repeat_of(self, question_key: str) -> Step | None:
        """The step that begins the run whose items, or whose "another one", are kept under that key."""
        repeating = (step for step in self.steps if step.repeat is not None)
        return next((step for step in repeating if question_key in (step.list_key, step.more_key)), None)

    @cached_property
    def ways_out(self) -> tuple[Exit, ...]:
        """Every exit, those of closing and of availability first."""
        found: list[Exit] = []
        if self.hard_close is not None:
            closing = Expression("lte", (self.hard_close.on.isoformat(), Reference(TODAY)))
            found.append(Exit.of(CLOSED, closing, self.hard_close))
        away = self.availability
        elsewhere = away.excludes(self.office.place) if away is not None else None
        if away is not None and away.words is not None and elsewhere is not None:
            found.append(Exit.of(NOT_HERE, elsewhere, away.words))
        return (*found, *self.exits)

    def as_of(self, day: date) -> date:
        """The day ages count at for an application made on `day`: the window's, else `day` itself."""
        window = current_window(self.windows, day)
        return window.as_of if window is not None and window.as_of else day

    def is_open_on(self, day: date) -> bool:
        """Whether applications are taken on `day`."""
        if self.hard_close is not None and self.hard_close.on <= day:
            return False
        return not self.windows or any(window.is_open_on(day) for window in self.windows)

    def opens_on(self, day: date) -> date | None:
        """The next day applications are taken, from `day` on; None when none is known."""
        if self.hard_close is not None and self.hard_close.on <= day:
            return None
        found = next_opening(self.windows, day) if self.windows else day
        is_past = self.hard_close is not None and found is not None and self.hard_close.on <= found
        return None if is_past else found

    def consent_of(self, question_key: str) -> Registry | None:
        """The registry whose consent that question asks, if it asks one."""
        return next((registry for registry in self.registries if registry.consent == question_key), None)

    def fee_range(self, day: date) -> tuple[int, int] | None:
        """The lowest and the highest known fee on `day`, in taka; None when none is known."""
        amounts = [fee.amount for fee in self.fees if fee.is_valid_on(day)]
        return (min(amounts), max(amounts)) if amounts else None

    def fee_at(self, office: str, day: date, values: Values | None = None) -> Fee | None:
        """What that office asks of these answers on `day`: its own fee, else one for all; None if unknown."""
        return fitting(self.fees, Circumstances(office, day, self.as_of(day), values))

    def time_limit_at(self, office: str, day: date, values: Values | None = None) -> TimeLimit:
        """How long that office may take over these answers; the service's own time limit unless one fits."""
        around = Circumstances(office, day, self.as_of(day), values)
        return fitting(self.time_limits, around) or self.time_limit


def _named[Named: (Question, Step, Registry, Section, Exit)](
    parts: Iterator[Named] | tuple[Named, ...], key: str
) -> Named:
    for part in parts:
        if part.key == key:
            return part
    raise KeyError(key)
