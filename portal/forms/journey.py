"""A person's way through a service: which steps they see, what is still open, what they said.

The route is linear and only ever skips: a step is on it when its rule holds for the answers before it.
Answers off the route stay in the draft and are left out here, so going back loses nothing. A run of steps
that repeats is one stop of the route, with a little journey of its own for each of its items.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import cast

from portal.forms.answers import Answer, Answers, Item, Value, is_items
from portal.forms.asked import NO
from portal.forms.definition import Exit, Fee, Question, Service, Step, TimeLimit
from portal.forms.expression import Expression
from portal.forms.questions import Around, kind_of
from portal.forms.summary import Row, SummarySection, summary
from portal.i18n.locale import Locale

__all__ = ["ItemJourney", "Journey", "OffRoute", "Row", "SummarySection"]


class OffRoute(LookupError):
    """The answers do not lead to that step, or there is no such step."""


@dataclass(frozen=True, slots=True)
class ItemJourney:
    """The `n`th of several things, counted from 1, and the way through the questions about it."""

    n: int
    journey: Journey


class Journey:
    """One service version, one person's answers, one day: everything else follows from them.

    `run` makes it the journey through one item's questions; `answers` are then the item's over all others.
    """

    def __init__(
        self, service: Service, answers: Answers, around: Around, run: tuple[Step, ...] = ()
    ) -> None:
        self.service = service
        self.given = answers
        self.around = around
        self.run = run

    @property
    def as_of(self) -> date:
        """The day ages count at."""
        return self.service.as_of(self.around.today)

    def holds(self, rule: Expression, values: Mapping[str, Value]) -> bool | None:
        """What the rule says of `values` today; None while an answer it needs is missing."""
        return rule.evaluate(values, self.as_of, self.around.today)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps on the route, in order; of a run that repeats only the first."""
        route: list[Step] = []
        given = self.given.plain
        stops = self.run or tuple(step for step in self.service.steps if step.repeats_with is None)
        own = {question.key for step in stops for question in step.questions}
        known = {key: value for key, value in given.items() if self.run and key not in own}
        for step in stops:
            if self._is_skipped(step, known):
                continue
            route.append(step)
            known |= {key: given[key] for key in self._keys(step) if key in given}
        return tuple(route)

    def _is_skipped(self, step: Step, known: Mapping[str, Value]) -> bool:
        if step.show_if is not None and self.holds(step.show_if, known) is not True:
            return True
        by = step.satisfied_by
        if by is None:
            return False
        if by.rule is not None:
            return self.holds(by.rule, known) is True
        told = self.given.get(by.question or "")
        is_theirs = told is not None and told.source == "registry" and told.registry == by.registry
        return is_theirs and by.question in known

    def _keys(self, step: Step) -> tuple[str, ...]:
        """The keys a stop's answers are kept under."""
        if step.repeat is not None and not self.run:
            return (step.list_key,)
        return tuple(question.key for question in step.questions)

    @cached_property
    def answers(self) -> Answers:
        """The answers on the route, in its order, skipped questions left out; what is sent."""
        kept: dict[str, Answer] = {}
        for step in self.steps:
            for key in self._keys(step):
                answer = self.given.get(key)
                if answer is not None and not answer.is_skipped:
                    kept[key] = self._pruned(step, answer)
        return Answers(kept)

    def _pruned(self, step: Step, answer: Answer) -> Answer:
        if step.repeat is None or self.run:
            return answer
        return replace(answer, value=[cast("Item", one.journey.values) for one in self.items(step)])

    @property
    def values(self) -> dict[str, Value]:
        """The answers on the route as plain values, for rules."""
        return self.answers.plain

    def items(self, step: Step) -> tuple[ItemJourney, ...]:
        """The things that were told of at a step that repeats, in order."""
        return tuple(
            self._item(step, place + 1, item) for place, item in enumerate(items_of(self.given, step))
        )

    def item(self, step: Step, n: int) -> ItemJourney:
        """The `n`th thing, or the empty one that may be added next. Raises OffRoute."""
        items = self.items(step)
        if 1 <= n <= len(items):
            return items[n - 1]
        if step.repeat is None or n != len(items) + 1 or n > step.repeat.max:
            raise OffRoute(step.key)
        return self._item(step, n, {})

    def _item(self, step: Step, n: int, item: Item) -> ItemJourney:
        run = self.service.run_of(step)
        own = {question.key for one in run for question in one.questions}
        others = Answers({key: answer for key, answer in self.given.items() if key not in own})
        about = Answers.typed(item)
        return ItemJourney(n, Journey(self.service, others.with_answers(about), self.around, run))

    def step(self, key: str) -> Step:
        """The step of that key when the answers lead to it. Raises OffRoute."""
        for step in self.steps:
            if step.key == key:
                return step
        raise OffRoute(key)

    def stop_of(self, key: str) -> Step:
        """The stop of the route that step belongs to: itself, or the first of its run. Raises OffRoute."""
        found = next((step for step in self.service.steps if step.key == key), None)
        if found is None:
            raise OffRoute(key)
        return self.step(found.repeats_with or found.key)

    @cached_property
    def exit(self) -> Exit | None:
        """The first exit whose rule holds."""
        if self.run:
            return None
        found = (way for way in self.service.ways_out if self.holds(way.when, self.values) is True)
        return next(found, None)

    @property
    def is_for_another(self) -> bool | None:
        """Whether somebody applies for another person; None where the service does not ask or it is open."""
        people = self.service.people
        said = self.values.get(people.question) if people is not None else None
        return None if people is None or said is None else said != people.self_code

    @property
    def fee(self) -> Fee | None:
        """What the office asks of these answers; None while it is not known."""
        return self.service.fee_at(self._office, self.around.today, self.values)

    @property
    def time_limit(self) -> TimeLimit:
        """How long the office may take over these answers."""
        return self.service.time_limit_at(self._office, self.around.today, self.values)

    @property
    def _office(self) -> str:
        place = self.values.get(self.service.office.place)
        return place.get(self.service.office.level, "") if isinstance(place, dict) else ""

    @cached_property
    def frontier(self) -> Step | None:
        """The first step that still wants an answer; None when there is none before the end or the exit."""
        for step in self._until_exit:
            if not self.is_settled(step):
                return step
        return None

    @cached_property
    def _until_exit(self) -> tuple[Step, ...]:
        if self.exit is None:
            return self.steps
        deciding = [
            place
            for place, step in enumerate(self.steps)
            if any(key in self.exit.when.questions() for key in self._keys(step))
        ]
        return self.steps[: max(deciding, default=-1) + 1]

    def is_settled(self, step: Step) -> bool:
        """Whether that step wants no answer any more."""
        if step.repeat is None or self.run:
            return all(self._accepts(question) for question in step.questions)
        items = self.items(step)
        are_complete = all(item.journey.frontier is None for item in items)
        return are_complete and len(items) >= step.repeat.min and not self.wants_more(step)

    def wants_more(self, step: Step) -> bool:
        """Whether it is still open if there is another thing to tell of."""
        if step.repeat is None or len(self.items(step)) >= step.repeat.max:
            return False
        said = self.given.get(step.more_key)
        return said is None or said.value != NO

    def _accepts(self, question: Question) -> bool:
        """Whether the kept answer would be taken if typed today: a definition may have changed since."""
        answer = self.given.get(question.key)
        if answer is None or answer.is_skipped:
            return answer is not None and question.optional
        kind = kind_of(question)
        return kind.parse(question, kind.typed(question, answer.value, self.around), self.around).is_settled

    def is_open(self, key: str) -> bool:
        """Whether the person may visit that step: on the route, all before it answered, no exit before it.

        In a service laid out as tasks only the steps of the same section must be answered before it.
        """
        wanted = next((step for step in self._until_exit if step.key == key), None)
        if wanted is None:
            return False
        before = self._until_exit[: self._until_exit.index(wanted)]
        if self.service.layout == "tasks":
            before = tuple(step for step in before if step.section == wanted.section)
        return all(self.is_settled(step) for step in before)

    def after(self, step: Step) -> Step | None:
        """The next step on the route; None after the last."""
        place = self._place(step)
        return self.steps[place + 1] if place + 1 < len(self.steps) else None

    def before(self, step: Step) -> Step | None:
        """The step before on the route; None before the first."""
        place = self._place(step)
        return self.steps[place - 1] if place else None

    def position(self, step: Step) -> tuple[int, int]:
        """Which step of how many, as far as the answers so far tell: (3, 9)."""
        return self._place(step) + 1, len(self.steps)

    def _place(self, step: Step) -> int:
        for place, candidate in enumerate(self.steps):
            if candidate.key == step.key:
                return place
        raise OffRoute(step.key)

    @property
    def is_complete(self) -> bool:
        """Whether it can be sent."""
        return self.exit is None and self.frontier is None

    def summary(self, locale: Locale) -> tuple[SummarySection, ...]:
        """Every question on the route with its answer, section by section."""
        return summary(self, locale)


def items_of(answers: Answers, step: Step) -> list[Item]:
    """What was told of each thing at a step that repeats, on the route or not."""
    answer = answers.get(step.list_key)
    return answer.value if answer is not None and is_items(answer.value) else []
