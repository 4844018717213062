"""A long service as a list of tasks: its sections, and how far the person is with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from portal.forms.definition import Section, Step
from portal.forms.journey import Journey

TaskState = Literal["done", "begun", "open", "locked"]


@dataclass(frozen=True, slots=True)
class Task:
    """One section: `locked` has no step on the route yet; `step` is where to begin or go on."""

    section: Section
    state: TaskState
    step: Step | None


def tasks_of(journey: Journey) -> tuple[Task, ...]:
    """Every section in order."""
    return tuple(_task(journey, section) for section in journey.service.sections)


def _task(journey: Journey, section: Section) -> Task:
    steps = [step for step in journey.steps if step.section == section.key]
    if not steps:
        return Task(section, "locked", None)
    unsettled = [step for step in steps if not journey.is_settled(step)]
    if not unsettled:
        return Task(section, "done", steps[0])
    is_begun = any(key in journey.given for step in steps for key in keys_of(step))
    return Task(section, "begun" if is_begun else "open", unsettled[0])


def keys_of(step: Step) -> tuple[str, ...]:
    """The keys under which answers to a step are kept."""
    return (step.list_key,) if step.repeat else tuple(question.key for question in step.questions)
