"""Keys: each used once, none of them taken by the portal's own pages and controls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from portal.forms.checks.problem import Problem, at_question
from portal.forms.definition import Service, Step
from portal.forms.examples import MOBILE
from portal.i18n.messages import lazy

RESERVED_STEPS = frozenset({"check", "exit", "payment", "sign-in", "tasks"})
RESERVED_EXITS = frozenset({"closed", "not-here"})
RESERVED_QUESTIONS = frozenset({"action", "as_of", "csrf", "revision", "today", "token"})


def check(service: Service) -> Iterator[Problem]:
    """Every problem with the keys of the service."""
    yield from _twice("steps", (step.key for step in service.steps))
    yield from _twice("questions", (question.key for question in service.questions))
    yield from _repeats(service)
    yield from _twice("sections", (section.key for section in service.sections))
    yield from _twice("exits", (way.key for way in service.exits))
    yield from _twice("registries", (registry.key for registry in service.registries))
    yield from _reserved(service)
    yield from _sections(service)


def _twice(what: str, keys: Iterable[str]) -> Iterator[Problem]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield Problem(f"{what}.{key}", lazy("The key is used {n} times; give each its own", n=times))


def _repeats(service: Service) -> Iterator[Problem]:
    taken = {question.key for question in service.questions}
    begun: str | None = None
    for step in service.steps:
        where = f"steps.{step.key}"
        for key in (step.list_key, step.more_key) if step.repeat else ():
            if key in taken:
                message = lazy(
                    "Its answers are kept under “{key}”, which a question has; rename one", key=key
                )
                yield Problem(where, message)
        if step.repeats_with is not None and step.repeats_with != begun:
            message = lazy("Put it right after the step “{key}” that it repeats with", key=step.repeats_with)
            yield Problem(where, message)
        begun = step.key if step.repeat else (begun if step.repeats_with else None)
        yield from _within(step)


def _within(step: Step) -> Iterator[Problem]:
    if step.repeat and step.repeats_with:
        message = lazy("It begins a repeat and belongs to another; leave one of the two out")
        yield Problem(f"steps.{step.key}", message)
    for question in step.questions if step.repeat or step.repeats_with else ():
        if question.from_registry is not None:
            message = lazy("A registry cannot fill what repeats; leave out from_registry")
            yield Problem(at_question(step.key, question.key), message)


def _reserved(service: Service) -> Iterator[Problem]:
    for way in service.exits:
        if way.key in RESERVED_EXITS:
            yield Problem(f"exits.{way.key}", lazy("The portal has a page of that name; choose another key"))
    for step in service.steps:
        if step.key in RESERVED_STEPS:
            yield Problem(f"steps.{step.key}", lazy("The portal has a page of that name; choose another key"))
        for question in step.questions:
            is_taken = question.key == MOBILE and question.kind != "mobile"
            if question.key in RESERVED_QUESTIONS or is_taken:
                yield Problem(
                    at_question(step.key, question.key), lazy("The portal uses that name; choose another key")
                )


def _sections(service: Service) -> Iterator[Problem]:
    known = {section.key for section in service.sections}
    used = [step.section for step in service.steps]
    for step in service.steps:
        if step.section not in known:
            yield Problem(f"steps.{step.key}.section", lazy("There is no section “{key}”", key=step.section))
    for key in sorted(known - set(used)):
        yield Problem(f"sections.{key}", lazy("No step is in this section; take it out"))
    order = list(dict.fromkeys(used))
    if [key for position, key in enumerate(used) if position == 0 or used[position - 1] != key] != order:
        yield Problem(
            "sections", lazy("Keep the steps of a section together: check-answers shows them together")
        )
