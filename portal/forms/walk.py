"""Walk an example through its service as a person who types only what the file says and presses continue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast

from portal.forms.answers import Answer, Answers, Value
from portal.forms.asked import NO
from portal.forms.definition import Question, Registry, Service, Step
from portal.forms.examples import Example
from portal.forms.journey import Journey
from portal.forms.prefill import read_record
from portal.forms.questions import Around, Typed, kind_of


@dataclass(frozen=True, slots=True)
class Ended:
    """Where the walk ended in the words of `expect`, the questions asked, and the journey as it was."""

    expect: str
    asked: frozenset[str]
    journey: Journey


@dataclass(frozen=True, slots=True)
class _Walker:
    service: Service
    example: Example
    around: Around
    answers: Answers
    prefilled: Mapping[str, tuple[Value, str]]
    asked: frozenset[str] = frozenset()

    @property
    def journey(self) -> Journey:
        return Journey(self.service, self.answers, self.around)

    def ended(self, expect: str) -> Ended:
        return Ended(expect, self.asked, self.journey)


def walk(service: Service, example: Example, around: Around) -> Ended:
    """Answer every step on the route in order; registries say what the example says they do."""
    walker = _Walker(service, example, around, Answers(), {})
    while True:
        journey = walker.journey
        if journey.exit is not None:
            return walker.ended(f"exit:{journey.exit.key}")
        step = journey.frontier
        if step is None:
            return walker.ended("submitted")
        answered = _answer_items(walker, step) if step.repeat else _answer(walker, step)
        if isinstance(answered, str):
            return replace(walker, asked=walker.asked | _keys(step)).ended(f"error:{answered}")
        walker = _fetch(answered)


def _keys(step: Step) -> set[str]:
    return {question.key for question in step.questions}


def _answer(walker: _Walker, step: Step) -> _Walker | str:
    """The walker with this step answered, or the key of the question that was not taken."""
    given: dict[str, Answer] = {}
    for question in step.questions:
        value = _said(walker, question)
        if value is None:
            return question.key
        given[question.key] = _provenance(walker, question, value)
    return replace(walker, answers=walker.answers.with_answers(given), asked=walker.asked | _keys(step))


def _answer_items(walker: _Walker, stop: Step) -> _Walker | str:
    """The walker after telling of each thing the example has and saying that there is no other."""
    run = walker.service.run_of(stop)
    own = tuple(question.key for step in run for question in step.questions)
    items: list[Value] = []
    asked = walker.asked | {stop.list_key}
    for example in walker.example.items(stop.list_key):
        told: _Walker | str = replace(walker, example=example)
        while not isinstance(told, str):
            step = Journey(walker.service, told.answers, walker.around, run).frontier
            if step is None:
                break
            told = _answer(told, step)
        if isinstance(told, str):
            return told
        items.append(cast("Value", told.answers.only(*own).plain))
        asked |= told.asked
    if stop.repeat is not None and len(items) < stop.repeat.min:
        return stop.list_key
    given = {stop.list_key: Answer(cast("Value", items)), stop.more_key: Answer(NO)}
    return replace(walker, answers=walker.answers.with_answers(given), asked=asked)


def _said(walker: _Walker, question: Question) -> Value | None:
    """What the question takes in the end, asked as often as it has rounds; None when it is not taken."""
    kind, kept = kind_of(question), walker.prefilled.get(question.key, (None, ""))[0]
    for _ in kind.fields(question):
        typed = _controls(walker, question, kept)
        parsed = kind.parse(question, typed, walker.around)
        if not parsed.more:
            return None if parsed.faults else parsed.value
        kept = parsed.value
    return None


def _controls(walker: _Walker, question: Question, kept: Value | None) -> Typed:
    """The controls of this round as they stand, with what the example types over them."""
    kind, said = kind_of(question), walker.example.typed(question)
    standing: dict[str, tuple[str, ...]] = {}
    if kept is not None:
        standing = {**kind.typed(question, kept, walker.around)}
        standing |= kind.suggested(question, kept, walker.around)
    asked = kind.asked(question, standing, walker.around)
    return {name: said.get(name, standing.get(name, ("",))) for name in asked}


def _provenance(walker: _Walker, question: Question, value: Value) -> Answer:
    if question.key not in walker.prefilled:
        return Answer(value)
    said, registry = walker.prefilled[question.key]
    at = datetime(walker.example.on.year, walker.example.on.month, walker.example.on.day, tzinfo=UTC)
    if said == value:
        return Answer(value, "registry", registry, at)
    return Answer(value, "typed", registry, at, said)


def _fetch(walker: _Walker) -> _Walker:
    prefilled = dict(walker.prefilled)
    for registry in walker.service.registries:
        record = walker.example.registries.get(registry.key)
        if record is not None and _may_ask(walker.journey.values, registry):
            read = read_record(walker.service, registry.key, record, walker.around)
            prefilled |= {key: (value, registry.key) for key, value in read.items()}
    return replace(walker, prefilled=prefilled)


def _may_ask(values: Mapping[str, Value], registry: Registry) -> bool:
    return values.get(registry.consent) == "yes" and set(registry.match.values()) <= values.keys()
