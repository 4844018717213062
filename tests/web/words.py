"""The portal's own sentences, as a person reads them in either language."""

from __future__ import annotations

from functools import cache

from portal.i18n.locale import Locale, load_locales
from portal.i18n.messages import Message, lazy
from portal.settings import ROOT


@cache
def _locales() -> dict[str, Locale]:
    return load_locales(ROOT / "build")


def speaking(locale: str) -> Locale:
    """The language of that code, for numbers and dates."""
    return _locales()[locale]


def say(locale: str, words: str | Message) -> str:
    """The sentence whose English is `words`, in `locale`."""
    return speaking(locale).say(lazy(words) if isinstance(words, str) else words)
