"""`Locale`: the one place that says a sentence, a number, a date or an amount in a person's language."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import babel

from portal.i18n import calendar
from portal.i18n.digits import to_bangla
from portal.i18n.messages import Message, Param, load_catalogue
from portal.i18n.text import Text

type Day = date  # `Locale.date` is a method, so annotations inside the class need another name

DHAKA = timezone(timedelta(hours=6), "Asia/Dhaka")  # no daylight saving
_PARTS_OF_DAY = ((4, "রাত"), (6, "ভোর"), (12, "সকাল"), (16, "দুপুর"), (18, "বিকাল"), (20, "সন্ধ্যা"), (24, "রাত"))


@dataclass(frozen=True, slots=True)
class Locale:
    """A language people read the portal in. All but English write digits and dates the Bangla way."""

    code: str
    catalogue: gettext.NullTranslations = field(default_factory=gettext.NullTranslations, compare=False)

    @property
    def is_english(self) -> bool:
        """Whether digits, dates and amounts are written the English way."""
        return self.code == "en" or self.code.startswith("en-")

    @property
    def name(self) -> str:
        """The language's own name for itself: বাংলা, English."""
        try:
            return babel.Locale.parse(self.code, sep="-").get_language_name() or self.code
        except (babel.UnknownLocaleError, ValueError):
            return self.code

    def gettext(self, msgid: str) -> str:
        """The platform's sentence in this language."""
        return self.catalogue.gettext(msgid) if msgid else ""

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The sentence for `n` things in this language."""
        return self.catalogue.ngettext(one, many, n)

    def say(self, words: Message | Text | str) -> str:
        """`words` in this language, numbers and dates among their params written its way."""
        if isinstance(words, str):
            return words
        if isinstance(words, Text):
            return words.words(self.code)
        if words.plural is None:
            pattern = self.gettext(words.msgid)
        else:
            pattern = self.ngettext(words.msgid, words.plural, words.count)
        return pattern.format(**{name: self._param(value) for name, value in words.params.items()})

    def _param(self, value: Param) -> str:
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, date):
            return self.date(value)
        return self.say(value)

    def digits(self, words: object) -> str:
        """Every digit in `words` written this language's way; nothing grouped."""
        return str(words) if self.is_english else to_bangla(str(words))

    def number(self, n: int) -> str:
        """A whole number grouped in lakh and crore: 12,34,567."""
        return self.digits(f"{'-' if n < 0 else ''}{_grouped(abs(n))}")

    def money(self, taka: int) -> str:
        """Whole taka with the word, which is read aloud better than the sign."""
        return f"{self.number(taka)} {'taka' if self.is_english else 'টাকা'}"

    def date(self, day: Day) -> str:
        """২২ নভেম্বর ২০২৬ or 22 November 2026; a moment is put into Dhaka's day first."""
        day = _day(day)
        return f"{self.day_month(day)} {self.digits(day.year)}"

    def day_month(self, day: Day) -> str:
        """২২ নভেম্বর or 22 November."""
        day = _day(day)
        return f"{self.digits(day.day)} {self.month(day.month)}"

    def month(self, number: int) -> str:
        """The name of month 1–12."""
        return (calendar.MONTHS_EN if self.is_english else calendar.MONTHS_BN)[number - 1]

    def time(self, moment: datetime) -> str:
        """সকাল ১০:৩১ or 10:31 am, in Dhaka. Raises ValueError for a moment without a time zone."""
        local = _local(moment)
        clock = f"{local.hour % 12 or 12}:{local.minute:02}"
        if self.is_english:
            return f"{clock} {'am' if local.hour < 12 else 'pm'}"
        part = next(words for until, words in _PARTS_OF_DAY if local.hour < until)
        return f"{part} {to_bangla(clock)}"

    def moment(self, moment: datetime) -> str:
        """২২ নভেম্বর ২০২৬, সকাল ১০:৩১, in Dhaka."""
        return f"{self.date(moment)}, {self.time(moment)}"

    def bangabda(self, day: Day) -> str:
        """৭ অগ্রহায়ণ ১৪৩৩ or 7 Agrahayan 1433."""
        bangla = calendar.bangabda(_day(day))
        names = calendar.BANGABDA_MONTHS_EN if self.is_english else calendar.BANGABDA_MONTHS_BN
        return f"{self.digits(bangla.day)} {names[bangla.month - 1]} {self.digits(bangla.year)}"

    def phone(self, number: str) -> str:
        """01712345678 as it is read out: ০১৭১২ ৩৪৫৬৭৮."""
        return self.digits(f"{number[:5]} {number[5:]}".strip())

    def join(self, items: Sequence[str]) -> str:
        """ক, খ ও গ: a list as a sentence says it."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {'and' if self.is_english else 'ও'} {items[-1]}"


def _grouped(n: int) -> str:
    plain = str(n)
    head, tail = plain[:-3], plain[-3:]
    pairs: list[str] = []
    while head:
        pairs.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*pairs, tail])


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    return moment.astimezone(DHAKA)


def _day(day: Day) -> Day:
    return _local(day).date() if isinstance(day, datetime) else day


def today(now: datetime) -> Day:
    """The day it is in Dhaka at `now`."""
    return _local(now).date()


def load_locales(build: Path) -> dict[str, Locale]:
    """Bangla and English always, and every other language with a compiled catalogue in `build`/locales."""
    folder = build / "locales"
    built = {path.name for path in folder.iterdir() if path.is_dir()} if folder.is_dir() else set()
    return {
        code: Locale(code, load_catalogue(build, code))
        for code in ["bn", "en", *sorted(built - {"bn", "en"})]
    }
