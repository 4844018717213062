"""The written shape of identifiers: length and digits only, for no register publishes a check digit."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date

_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_MOBILE = re.compile(r"01[3-9][0-9]{8}", re.ASCII)
_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?", re.ASCII)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
NID_LENGTHS = (10, 13, 17)  # smart card; old card; birth year and old card
BRN_LENGTHS = (16, 17)  # older certificates; since 2010


def is_nid(value: object) -> bool:
    """10, 13 or 17 ASCII digits."""
    return _is_digits(value, NID_LENGTHS)


def is_brn(value: object) -> bool:
    """16 or 17 ASCII digits."""
    return _is_digits(value, BRN_LENGTHS)


def is_mobile(value: object) -> bool:
    """A Bangladeshi mobile number as stored: 01, an operator's digit 3–9, eight digits."""
    return isinstance(value, str) and _MOBILE.fullmatch(value) is not None


def read_date(value: object) -> date | None:
    """The day an ISO date names; None when it is none."""
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def read_span(value: object) -> tuple[date, date] | None:
    """The first and last day a date may mean: one day for 1963-10-24, more for 1963-10 and 1963."""
    day = read_date(value)
    if day is not None:
        return day, day
    found = _PARTIAL_DATE.fullmatch(value) if isinstance(value, str) else None
    if found is None or found[1] == "0000":
        return None
    year, months = int(found[1]), (int(found[2]),) * 2 if found[2] else (1, 12)
    if not 1 <= months[0] <= 12:
        return None
    return date(year, months[0], 1), date(year, months[1], calendar.monthrange(year, months[1])[1])


def _is_digits(value: object, lengths: tuple[int, ...]) -> bool:
    return isinstance(value, str) and len(value) in lengths and _DIGITS.fullmatch(value) is not None


MATCHERS: Mapping[str, Callable[[object], bool]] = {
    "nid": is_nid,
    "brn": is_brn,
    "mobile": is_mobile,
    "date": lambda value: read_date(value) is not None,
    "number": lambda value: isinstance(value, int),
}
