"""A service as data: what is asked, in which order, on which rules, at whose office, from which sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from portal.forms.expression import Expression
from portal.i18n.text import Text

QuestionKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
PageKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Address = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$")]
KindName = Literal["text", "name", "number", "date", "choice", "choices", "nid", "brn", "mobile", "address"]
Level = Literal["division", "district", "upazila", "union"]
LEVELS: tuple[Level, ...] = ("division", "district", "upazila", "union")


class Part(BaseModel):
    """What every part of a definition shares: it never changes, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Option(Part):
    """One answer to choose, matched by its code and never by its place or its words."""

    code: Code
    label: Text
    hint: Text | None = None


class RegistryField(Part):
    """Where a registry already knows the answer; `field` may reach inside, as `address.ward`."""

    registry: Code
    field: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]


class Question(Part):
    """One thing asked. `label` is the page's heading when the step asks nothing else."""

    key: QuestionKey
    kind: KindName
    label: Text
    summary: Text | None = None
    hint: Text | None = None
    error: Text | None = None
    why: Text | None = None
    sensitivity: Literal["low", "normal", "high"] = "normal"
    optional: bool = False
    options: tuple[Option, ...] = ()
    script: Literal["bn", "en"] | None = None
    minimum: int | None = None
    maximum: int | None = None
    earliest: date | None = None
    latest: Literal["today"] | date | None = None
    level: Level = "union"
    autocomplete: str | None = None
    from_registry: RegistryField | None = None
    max_length: Annotated[int, Field(ge=1, le=5000)] | None = None

    @property
    def short(self) -> Text:
        """Its short name on check-answers and at the start of an error."""
        return self.summary or self.label

    def option(self, code: str) -> Option | None:
        """The option of that code, if it is still offered."""
        return next((option for option in self.options if option.code == code), None)


class Step(Part):
    """One page of the journey, skipped unless `show_if` holds. Its title defaults to its question's label."""

    key: PageKey
    section: Code
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    title: Text | None = None
    show_if: Expression | None = None

    @property
    def heading(self) -> Text:
        """What the page is called."""
        return self.title or self.questions[0].label


class Section(Part):
    """A named group of steps, as check-answers shows them."""

    key: Code
    title: Text


class Exit(Part):
    """Ineligible is an answer: why, what to do next, how to contest it, which other services may fit."""

    key: PageKey
    when: Expression
    title: Text
    body: Text
    next: Text
    contest: Text
    offer: tuple[PageKey, ...] = ()


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


class Fee(Part):
    """What an office asks, in whole taka: one office (by name and known place code) or all of them."""

    amount: Annotated[int, Field(ge=0)]
    source_url: Address
    verified_on: date
    office: str | None = None
    office_name: Text | None = None
    note: Text | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def is_everywhere(self) -> bool:
        """Whether every office asks it."""
        return self.office is None and self.office_name is None

    def is_valid_on(self, day: date) -> bool:
        """Whether it is asked on `day`."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)


class TimeLimit(Part):
    """How long the office may take."""

    value: Annotated[int, Field(ge=0)]
    unit: Literal["working_days", "days", "months"]
    source_url: Address
    verified_on: date
    note: Text | None = None


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

    flow: Literal["review"] = "review"
    deliver: tuple[Delivery, ...]
    document: Code | None = None
    next: Text
    appeal: Text


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
    fees: tuple[Fee, ...] = ()
    time_limit: TimeLimit
    keep: tuple[Keep, ...] = ()
    other_ways: tuple[Text, ...] = ()
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

    def consent_of(self, question_key: str) -> Registry | None:
        """The registry whose consent that question asks, if it asks one."""
        return next((registry for registry in self.registries if registry.consent == question_key), None)

    def fee_range(self, day: date) -> tuple[int, int] | None:
        """The lowest and the highest known fee on `day`, in taka; None when none is known."""
        amounts = [fee.amount for fee in self.fees if fee.is_valid_on(day)]
        return (min(amounts), max(amounts)) if amounts else None

    def fee_at(self, office: str, day: date) -> Fee | None:
        """What that office asks on `day`: its own fee, else one that holds everywhere; None if not known."""
        valid = [fee for fee in self.fees if fee.is_valid_on(day)]
        own = [fee for fee in valid if fee.office == office]
        return next(iter(own or [fee for fee in valid if fee.is_everywhere]), None)


def _named[Named: (Question, Step, Registry, Section, Exit)](
    parts: Iterator[Named] | tuple[Named, ...], key: str
) -> Named:
    for part in parts:
        if part.key == key:
            return part
    raise KeyError(key)
