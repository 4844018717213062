"""Month names, the Bangla calendar shown as help, and working days Sunday to Thursday."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from portal.i18n.digits import fold, to_ascii

MONTHS_BN = (
    *("জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন"),
    *("জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"),
)
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
BANGABDA_MONTHS_BN = (
    *("বৈশাখ", "জ্যৈষ্ঠ", "আষাঢ়", "শ্রাবণ", "ভাদ্র", "আশ্বিন"),
    *("কার্তিক", "অগ্রহায়ণ", "পৌষ", "মাঘ", "ফাল্গুন", "চৈত্র"),
)
BANGABDA_MONTHS_EN = (
    *("Boishakh", "Joishtho", "Asharh", "Srabon", "Bhadro", "Ashwin"),
    *("Kartik", "Agrahayan", "Poush", "Magh", "Falgun", "Choitro"),
)
# Spellings people and older software use beside the Bangla Academy's.
_OTHER_SPELLINGS = {
    1: ("জানুয়ারী", "জানু"),
    2: ("ফেব্রুয়ারী", "ফেব্রু", "ফেব"),
    4: ("এপ্রিল", "এপ্র"),
    8: ("আগষ্ট", "অগাস্ট", "আগ"),
    9: ("সেপ্টেমবর", "সেপ্ট", "সেপ", "Sept"),
    10: ("অক্টোবার", "অক্টো"),
    11: ("নভেম্বার", "নভে"),
    12: ("ডিসেম্বার", "ডিসে"),
}
_FRIDAY, _SATURDAY = 4, 5
_EPOCH = 593  # Bangla years since 14 April; revised calendar of 2019


@dataclass(frozen=True, slots=True)
class Bangabda:
    """A day of the Bangla calendar as revised in 2019: year, month 1–12, day."""

    year: int
    month: int
    day: int


def bangabda(day: date) -> Bangabda:
    """The Bangla date of `day`. Right from 14 April 2019 on; shown as help, never an input of record."""
    start = date(day.year, 4, 14)
    if day < start:
        start = date(day.year - 1, 4, 14)
    lengths = [31] * 6 + [30] * 4 + [30 if _is_leap(start.year + 1) else 29, 30]
    left = (day - start).days
    month = 0
    while left >= lengths[month]:
        left -= lengths[month]
        month += 1
    return Bangabda(start.year - _EPOCH, month + 1, left + 1)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def is_working_day(day: date, holidays: AbstractSet[date] = frozenset()) -> bool:
    """Offices work Sunday to Thursday, except on gazetted holidays."""
    return day.weekday() not in (_FRIDAY, _SATURDAY) and day not in holidays


def add_working_days(day: date, n: int, holidays: AbstractSet[date] = frozenset()) -> date:
    """The `n`th working day after `day`; `day` itself is not counted. Raises ValueError for n < 0."""
    if n < 0:
        raise ValueError("working days are counted forward")
    while n:
        day += timedelta(days=1)
        n -= is_working_day(day, holidays)
    return day


def _spellings() -> dict[str, int]:
    named = {}
    for number, (bangla, english) in enumerate(zip(MONTHS_BN, MONTHS_EN, strict=True), 1):
        for spelling in (bangla, english, english[:3], *_OTHER_SPELLINGS.get(number, ())):
            named[fold(spelling).casefold()] = number
    return named


_MONTH_NUMBERS = _spellings()


def month_number(typed: str) -> int | None:
    """1–12 for a month's number or name in Bangla or English; None for anything else.

    Months of the Bangla calendar are not accepted: their days are other days.
    """
    words = to_ascii(fold(typed)).rstrip(".").casefold()
    if words.isascii() and words.isdigit():
        return int(words) if len(words) <= 2 and 1 <= int(words) <= 12 else None
    return _MONTH_NUMBERS.get(words)


def is_bangabda_month(typed: str) -> bool:
    """Whether `typed` names a month of the Bangla calendar, which needs its own explanation."""
    words = fold(typed).casefold()
    return words in {fold(name).casefold() for name in (*BANGABDA_MONTHS_BN, *BANGABDA_MONTHS_EN)}
