"""A day in three fields, in either digits, the month by number or by name; Gregorian only."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from typing import override

from portal.forms.answers import Value
from portal.forms.definition import Question
from portal.forms.questions.kind import Around, Fault, Kind, Parsed, Typed, first, nothing
from portal.forms.shapes import read_span
from portal.i18n.calendar import is_bangabda_month, month_number
from portal.i18n.digits import fold, to_ascii
from portal.i18n.locale import Locale
from portal.i18n.messages import Message, lazy

PARTS = ("day", "month", "year")
UNKNOWN = "unknown"
_ASKED = {"day": PARTS, "month": PARTS[1:], "year": PARTS[2:]}
_BANGABDA_YEARS = range(
    1250, 1501
)  # what a year of the Bangla calendar looks like in a living person's papers


def parts_of(question: Question) -> tuple[str, ...]:
    """Which of day, month and year the question asks."""
    return _ASKED[question.precision]


class DateKind(Kind):
    """A date: `<key>-day`, `<key>-month`, `<key>-year`; kept as ISO, as short as it is known.

    With `unknown_day` there is a checkbox `<key>-unknown` for who knows only the year, or year and month.
    """

    @override
    def fields(self, question: Question) -> tuple[str, ...]:
        """Day, month, year, as far as they are asked; then the checkbox."""
        more = (UNKNOWN,) if question.unknown_day else ()
        return tuple(f"{question.key}-{part}" for part in (*parts_of(question), *more))

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """A real day, month or year between the question's limits."""
        words = {part: to_ascii(fold(first(typed, f"{question.key}-{part}"))) for part in parts_of(question)}
        is_unknown = question.unknown_day and bool(first(typed, f"{question.key}-{UNKNOWN}"))
        if not any(words.values()) and not is_unknown:
            return nothing(question, self.fields(question)[0])
        if is_unknown and words["day"]:
            message = lazy("Write the day, or tick that you do not know it, not both")
            return Parsed(faults=(Fault(f"{question.key}-day", "known_and_unknown", message),))
        known = _without_unknown(words) if is_unknown else words
        faults = _absent(question, known) or _unreadable(question, known)
        if faults:
            return Parsed(faults=faults)
        fault = _impossible(question, known) or _limit_fault(question, _iso(known), around.today)
        return Parsed(faults=(fault,)) if fault else Parsed(_iso(known))

    @override
    def typed(self, question: Question, value: Value, around: Around) -> Typed:
        """Numbers without leading noughts; the checkbox when the day is not known."""
        span = read_span(value)
        if span is None:
            return {}
        known = len(str(value).split("-"))
        said = {f"{question.key}-{part}": (str(getattr(span[0], part)),) for part in PARTS[3 - known :]}
        is_unknown = question.unknown_day and known < len(PARTS)
        return {**said, f"{question.key}-{UNKNOWN}": ("yes",)} if is_unknown else said

    @override
    def show(self, question: Question, value: Value, locale: Locale, around: Around) -> str:
        """২৪ অক্টোবর ১৯৬৩, অক্টোবর ১৯৬৩ or ১৯৬৩."""
        span = read_span(value)
        if span is None:
            return str(value)
        known = len(str(value).split("-"))
        day = span[0]
        return {1: locale.digits(day.year), 2: locale.month_year(day)}.get(known) or locale.date(day)

    @override
    def lang(self, question: Question, value: Value, locale: Locale) -> str | None:
        return locale.code


def _without_unknown(words: Mapping[str, str]) -> dict[str, str]:
    """Year and month; just the year where the month is not known either."""
    return {part: words[part] for part in ("month", "year") if words[part] or part == "year"}


def _iso(words: Mapping[str, str]) -> str:
    year = f"{int(words['year']):04}"
    month = f"-{month_number(words['month']):02}" if "month" in words else ""
    return f"{year}{month}" + (f"-{int(words['day']):02}" if "day" in words else "")


def _impossible(question: Question, words: Mapping[str, str]) -> Fault | None:
    if "day" not in words:
        return None
    month = month_number(words["month"]) or 0
    length = calendar.monthrange(int(words["year"]), month)[1]
    if int(words["day"]) <= length:
        return None
    return Fault(f"{question.key}-day", "not_real", _no_such_day(month, length))


def _absent(question: Question, words: Mapping[str, str]) -> tuple[Fault, ...]:
    asked = {
        "day": lazy("Enter the day too"),
        "month": lazy("Enter the month too"),
        "year": lazy("Enter the year too"),
    }
    return tuple(
        Fault(f"{question.key}-{part}", f"no_{part}", asked[part]) for part, said in words.items() if not said
    )


def _unreadable(question: Question, words: Mapping[str, str]) -> tuple[Fault, ...]:
    judges = {"day": _day_message, "month": _month_message, "year": _year_message}
    judged = {part: judges[part](said) for part, said in words.items()}
    return tuple(
        Fault(f"{question.key}-{part}", part, message) for part, message in judged.items() if message
    )


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


def _limit_fault(question: Question, iso: str, today: date) -> Fault | None:
    """Judged kindly: a month or a year is too late only when all of it is."""
    begins, ends = read_span(iso) or (today, today)
    field = f"{question.key}-{parts_of(question)[0]}"
    if question.latest == "today" and begins > today:
        return Fault(field, "too_late", lazy("{thing} must be today or in the past", thing=question.short))
    if isinstance(question.latest, date) and begins > question.latest:
        message = lazy("{thing} must be {day} or earlier", thing=question.short, day=question.latest)
        return Fault(field, "too_late", message)
    if question.earliest and ends < question.earliest:
        message = lazy("{thing} must be {day} or later", thing=question.short, day=question.earliest)
        return Fault(field, "too_early", message)
    return None
