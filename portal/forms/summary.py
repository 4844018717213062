"""What a person said, in words: every question on the route with its answer, section by section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from portal.forms.answers import SKIPPED, Source, Value
from portal.forms.definition import Question, Step
from portal.forms.questions import kind_of
from portal.i18n.locale import Locale
from portal.i18n.messages import lazy
from portal.i18n.text import Piece

if TYPE_CHECKING:
    from portal.forms.journey import Journey


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as check-answers, the receipt and the office show it.

    `words` is None when the person skipped the question; `parts` are the same words cut where the language
    changes. `registry_words` is what the registry had said where the person corrected it, and
    `registry_parts` the same, cut likewise. `item` is which of
    several things it is about, counted from 1, where its step repeats.
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
    item: int | None = None


@dataclass(frozen=True, slots=True)
class SummarySection:
    """A section's title and the rows under it."""

    title: Piece
    rows: tuple[Row, ...]


def summary(journey: Journey, locale: Locale) -> tuple[SummarySection, ...]:
    """Every question on the route with its answer, section by section."""
    rows: dict[str, list[Row]] = {}
    for step in journey.steps:
        rows.setdefault(step.section, []).extend(rows_of(journey, step, locale))
    return tuple(
        SummarySection(section.title.piece(locale.code), tuple(rows[section.key]))
        for section in journey.service.sections
        if rows.get(section.key)
    )


def rows_of(journey: Journey, step: Step, locale: Locale) -> Iterator[Row]:
    """The rows of one step; of a step that repeats, those of each of its items."""
    if step.repeat is None or journey.run:
        yield from (_row(journey, step, question, locale) for question in step.questions)
        return
    items = journey.items(step)
    if not items:
        yield Row(step.key, step.list_key, step.repeat.item.piece(locale.code), None, None)
    for item in items:
        for inner in item.journey.steps:
            for row in rows_of_item(item.journey, inner, locale):
                yield replace(row, item=item.n, label=item_label(step, item.n, row.label, locale))


def rows_of_item(journey: Journey, step: Step, locale: Locale) -> Iterator[Row]:
    """The rows of one step about one item, under their plain labels."""
    return (_row(journey, step, question, locale) for question in step.questions)


def item_label(step: Step, n: int, label: Piece, locale: Locale) -> Piece:
    """সন্তান ২: নাম."""
    item = step.repeat.item if step.repeat else step.heading
    return Piece(locale.say(lazy("{item} {n}: {thing}", item=item, n=n, thing=label.words)), label.lang)


def _row(journey: Journey, step: Step, question: Question, locale: Locale) -> Row:
    label = question.short.piece(locale.code)
    answer = journey.given.get(question.key)
    if answer is None:
        return Row(step.key, question.key, label, None, None)
    had = answer.registry_value if answer.source == "typed" else None
    kind = kind_of(question)
    return Row(
        step=step.key,
        question=question.key,
        label=label,
        words=_words(journey, question, answer.value, locale),
        lang=None if answer.is_skipped else kind.lang(question, answer.value, locale),
        source=answer.source,
        registry=answer.registry,
        fetched_at=answer.fetched_at,
        registry_words=_words(journey, question, had, locale),
        parts=_parts(journey, question, answer.value, locale),
        registry_parts=() if had is None else _parts(journey, question, had, locale),
    )


def _parts(journey: Journey, question: Question, value: Value, locale: Locale) -> tuple[Piece, ...]:
    return () if value == SKIPPED else kind_of(question).parts(question, value, locale, journey.around)


def _words(journey: Journey, question: Question, value: Value | None, locale: Locale) -> str | None:
    if value is None or value == SKIPPED:
        return None
    return kind_of(question).show(question, value, locale, journey.around) or None
