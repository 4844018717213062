"""A person's way through a service: which steps they see, what is still open, what they said.

The route is linear and only ever skips: a step is on it when its rule holds for the answers before it.
Answers off the route stay in the draft and are left out here, so going back loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from portal.forms.answers import SKIPPED, Answers, Source, Value
from portal.forms.definition import Exit, Question, Service, Step
from portal.forms.questions import Around, kind_of
from portal.i18n.locale import Locale
from portal.i18n.text import Piece


class OffRoute(LookupError):
    """The answers do not lead to that step, or there is no such step."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as check-answers, the receipt and the office show it.

    `words` is None when the person skipped the question; `parts` are the same words cut where the language
    changes. `registry_words` is what the registry had said where the person corrected it; `registry_parts`
    are those words cut likewise.
    """

    step: str
    question: str
    label: Piece
    words: str | None
    lang: str | None
    source: Source | None = None
    registry: str | None = None
    fetched_at: datetime | None = None
    registry_words: str | None = None
    parts: tuple[Piece, ...] = ()
    registry_parts: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class SummarySection:
    """A section's title and the rows under it."""

    title: Piece
    rows: tuple[Row, ...]


class Journey:
    """One service version, one person's answers, one day: everything else follows from them."""

    def __init__(self, service: Service, answers: Answers, around: Around) -> None:
        self.service = service
        self.given = answers
        self.around = around

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps on the route, in order."""
        route: list[Step] = []
        known: dict[str, Value] = {}
        given = self.given.plain
        for step in self.service.steps:
            if step.show_if is not None and step.show_if.evaluate(known, self.around.today) is not True:
                continue
            route.append(step)
            known |= {
                question.key: given[question.key] for question in step.questions if question.key in given
            }
        return tuple(route)

    @cached_property
    def answers(self) -> Answers:
        """The answers on the route, in its order, skipped questions left out; what is sent."""
        asked = (question.key for step in self.steps for question in step.questions)
        return self.given.only(
            *(key for key in asked if key in self.given and not self.given[key].is_skipped)
        )

    @property
    def values(self) -> dict[str, Value]:
        """The answers on the route as plain values, for rules."""
        return self.answers.plain

    def step(self, key: str) -> Step:
        """The step of that key when the answers lead to it. Raises OffRoute."""
        for step in self.steps:
            if step.key == key:
                return step
        raise OffRoute(key)

    @cached_property
    def exit(self) -> Exit | None:
        """The first exit whose rule holds."""
        found = (
            way for way in self.service.exits if way.when.evaluate(self.values, self.around.today) is True
        )
        return next(found, None)

    @cached_property
    def frontier(self) -> Step | None:
        """The first step that still wants an answer; None when there is none before the end or the exit."""
        for step in self._until_exit:
            if not self._is_settled(step):
                return step
        return None

    @cached_property
    def _until_exit(self) -> tuple[Step, ...]:
        if self.exit is None:
            return self.steps
        deciding = [
            place
            for place, step in enumerate(self.steps)
            if any(question.key in self.exit.when.questions() for question in step.questions)
        ]
        return self.steps[: max(deciding, default=-1) + 1]

    def _is_settled(self, step: Step) -> bool:
        return all(self._accepts(question) for question in step.questions)

    def _accepts(self, question: Question) -> bool:
        """Whether the kept answer would be taken if typed today: a definition may have changed since."""
        answer = self.given.get(question.key)
        if answer is None or answer.is_skipped:
            return answer is not None and question.optional
        kind = kind_of(question)
        return kind.parse(question, kind.typed(question, answer.value, self.around), self.around).is_settled

    def is_open(self, key: str) -> bool:
        """Whether the person may visit that step: on the route, all before it answered, no exit before it."""
        for step in self._until_exit:
            if step.key == key:
                return True
            if not self._is_settled(step):
                return False
        return False

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
        rows: dict[str, list[Row]] = {}
        for step in self.steps:
            rows.setdefault(step.section, []).extend(
                self._row(step, question, locale) for question in step.questions
            )
        return tuple(
            SummarySection(section.title.piece(locale.code), tuple(rows[section.key]))
            for section in self.service.sections
            if rows.get(section.key)
        )

    def _row(self, step: Step, question: Question, locale: Locale) -> Row:
        label = question.short.piece(locale.code)
        answer = self.given.get(question.key)
        if answer is None:
            return Row(step.key, question.key, label, None, None)
        had = answer.registry_value if answer.source == "typed" else None
        return Row(
            step=step.key,
            question=question.key,
            label=label,
            words=self._words(question, answer.value, locale),
            lang=None if answer.is_skipped else kind_of(question).lang(question, answer.value, locale),
            source=answer.source,
            registry=answer.registry,
            fetched_at=answer.fetched_at,
            registry_words=self._words(question, had, locale),
            parts=() if answer.is_skipped else self._parts(question, answer.value, locale),
            registry_parts=() if had is None or had == SKIPPED else self._parts(question, had, locale),
        )

    def _parts(self, question: Question, value: Value, locale: Locale) -> tuple[Piece, ...]:
        return kind_of(question).parts(question, value, locale, self.around)

    def _words(self, question: Question, value: Value | None, locale: Locale) -> str | None:
        if value is None or value == SKIPPED:
            return None
        return kind_of(question).show(question, value, locale, self.around) or None
