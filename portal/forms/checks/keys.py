"""Keys: each used once, none of them taken by the portal's own pages and controls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from portal.forms.checks.problem import Problem, at_question
from portal.forms.definition import Service
from portal.forms.examples import MOBILE

RESERVED_STEPS = frozenset({"check", "exit", "payment", "sign-in"})
RESERVED_QUESTIONS = frozenset({"action", "as_of", "csrf", "revision", "token"})


def check(service: Service) -> Iterator[Problem]:
    """Every problem with the keys of the service."""
    yield from _twice("steps", (step.key for step in service.steps))
    yield from _twice("questions", (question.key for question in service.questions))
    yield from _twice("sections", (section.key for section in service.sections))
    yield from _twice("exits", (way.key for way in service.exits))
    yield from _twice("registries", (registry.key for registry in service.registries))
    yield from _reserved(service)
    yield from _sections(service)


def _twice(what: str, keys: Iterable[str]) -> Iterator[Problem]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield Problem(f"{what}.{key}", f"the key is used {times} times; give each its own")


def _reserved(service: Service) -> Iterator[Problem]:
    for step in service.steps:
        if step.key in RESERVED_STEPS:
            yield Problem(f"steps.{step.key}", "the portal has a page of that name; choose another key")
        for question in step.questions:
            is_taken = question.key == MOBILE and question.kind != "mobile"
            if question.key in RESERVED_QUESTIONS or is_taken:
                yield Problem(
                    at_question(step.key, question.key), "the portal uses that name; choose another key"
                )


def _sections(service: Service) -> Iterator[Problem]:
    known = {section.key for section in service.sections}
    used = [step.section for step in service.steps]
    for step in service.steps:
        if step.section not in known:
            yield Problem(f"steps.{step.key}.section", f"there is no section “{step.section}”")
    for key in sorted(known - set(used)):
        yield Problem(f"sections.{key}", "no step is in this section; take it out")
    order = list(dict.fromkeys(used))
    if [key for position, key in enumerate(used) if position == 0 or used[position - 1] != key] != order:
        yield Problem("sections", "keep the steps of a section together: check-answers shows them together")
