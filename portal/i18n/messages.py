"""Sentences of the platform, said in code once in English and translated when they are shown."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from portal.i18n.text import Text, fallback_chain

DOMAIN = "messages"
type Param = str | int | date | Text | Message


@dataclass(frozen=True, slots=True)
class Message:
    """A whole English sentence with named places; `plural` and `count` only where a number decides."""

    msgid: str
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)
    plural: str | None = None
    count: int = 0


def lazy(msgid: str, /, **params: Param) -> Message:
    """Mark a sentence for translation; it is said later, in the reader's language."""
    return Message(msgid, params)


def nlazy(one: str, many: str, n: int, /, **params: Param) -> Message:
    """As `lazy`, for a sentence that changes with `n`; the sentences may name `{n}`."""
    return Message(one, {"n": n, **params}, plural=many, count=n)


def load_catalogue(build: Path, code: str) -> gettext.NullTranslations:
    """The compiled sentences of `code` alone; English as written when there are none."""
    return _read(build, code) or gettext.NullTranslations()


def fallbacks(build: Path, code: str) -> tuple[tuple[str, gettext.NullTranslations], ...]:
    """Whose sentences are said where `code` lacks one, nearest first; none for Bangla and English."""
    tags = [] if code in ("bn", "en") else [tag for tag in fallback_chain(code) if tag not in (code, "en")]
    return tuple((tag, loaded) for tag in tags if (loaded := _read(build, tag)))


def _read(build: Path, code: str) -> gettext.GNUTranslations | None:
    path = build / "locales" / code / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)
