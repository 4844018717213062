"""A day in three fields, in either digits, the month by number or by name; Gregorian only."""

from __future__ import annotations

import calendar
from datetime import date
from typing import override

from portal.forms.answers import Value
from portal.forms.definition import Question
from portal.forms.questions.kind import Around, Fault, Kind, Parsed, Typed, first, nothing
from portal.forms.shapes import read_date
from portal.i18n.calendar import is_bangabda_month, month_number
from portal.i18n.digits import fold, to_ascii
from portal.i18n.locale import Locale
from portal.i18n.messages import Message, lazy

PARTS = ("day", "month", "year")
_BANGABDA_YEARS = range(
    1250, 1501
)  # what a year of the Bangla calendar looks like in a living person's papers


class DateKind(Kind):
    """A date: `<key>-day`, `<key>-month`, `<key>-year`; kept as ISO."""

    @override
    def fields(self, question: Question) -> tuple[str, ...]:
        """Day, month, year."""
        return tuple(f"{question.key}-{part}" for part in PARTS)

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """A real day between the question's limits."""
        fields = self.fields(question)
        words = [to_ascii(fold(first(typed, field))) for field in fields]
        if not any(words):
            return nothing(question, fields[0])
        faults = _absent(fields, words) or _unreadable(fields, words)
        if faults:
            return Parsed(faults=faults)
        day, month, year = int(words[0]), month_number(words[1]) or 0, int(words[2])
        length = calendar.monthrange(year, month)[1]
        if day > length:
            return Parsed(faults=(Fault(fields[0], "not_real", _no_such_day(month, length)),))
        born = date(year, month, day)
        fault = _limit_fault(question, born, around.today)
        return Parsed(faults=(fault,)) if fault else Parsed(born.isoformat())

    @override
    def typed(self, question: Question, value: Value, around: Around) -> Typed:
        """Three numbers without leading noughts."""
        day = read_date(value)
        if day is None:
            return {}
        return {f"{question.key}-{part}": (str(getattr(day, part)),) for part in PARTS}

    @override
    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        """২৪ অক্টোবর ১৯৬৩."""
        day = read_date(value)
        return locale.date(day) if day else str(value)

    @override
    def lang(self, question: Question, value: Value, locale: Locale) -> str | None:
        return locale.code


def _absent(fields: tuple[str, ...], words: list[str]) -> tuple[Fault, ...]:
    asked = (lazy("Enter the day too"), lazy("Enter the month too"), lazy("Enter the year too"))
    named = zip(fields, words, asked, PARTS, strict=True)
    return tuple(Fault(field, f"no_{part}", message) for field, said, message, part in named if not said)


def _unreadable(fields: tuple[str, ...], words: list[str]) -> tuple[Fault, ...]:
    judged = (_day_message(words[0]), _month_message(words[1]), _year_message(words[2]))
    named = zip(fields, judged, PARTS, strict=True)
    return tuple(Fault(field, part, message) for field, message, part in named if message)


def _is_number(words: str, longest: int) -> bool:
    return words.isascii() and words.isdigit() and len(words) <= longest


def _day_message(words: str) -> Message | None:
    if _is_number(words, 2) and 1 <= int(words) <= 31:
        return None
    return lazy("The day must be a number from 1 to 31")


def _month_message(words: str) -> Message | None:
    if month_number(words):
        return None
    if is_bangabda_month(words):
        return lazy("Write the month of the English calendar, like 10 or October")
    return lazy("The month must be a number from 1 to 12 or a name, like October")


def _year_message(words: str) -> Message | None:
    if not _is_number(words, 4) or (len(words) == 4 and int(words) == 0):
        return lazy("The year must be a number of 4 digits, like 1963")
    if len(words) < 4:
        return lazy("Write the year in full, with 4 digits, like 1963")
    if int(words) in _BANGABDA_YEARS:
        return lazy("This looks like a Bangla year. Write the year of the English calendar, like 1963")
    return None


def _no_such_day(month: int, length: int) -> Message:
    if month == 2:
        return lazy("Check the day: February of that year has {n} days", n=length)
    return lazy("Check the day: that month has {n} days", n=length)


def _limit_fault(question: Question, day: date, today: date) -> Fault | None:
    field = f"{question.key}-day"
    if question.latest == "today" and day > today:
        return Fault(field, "too_late", lazy("{thing} must be today or in the past", thing=question.short))
    if isinstance(question.latest, date) and day > question.latest:
        message = lazy("{thing} must be {day} or earlier", thing=question.short, day=question.latest)
        return Fault(field, "too_late", message)
    if question.earliest and day < question.earliest:
        message = lazy("{thing} must be {day} or later", thing=question.short, day=question.earliest)
        return Fault(field, "too_early", message)
    return None
