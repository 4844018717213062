"""A Bangla name in English letters, as a suggestion: known names as people spell them, others by sound."""

from __future__ import annotations

import tomllib
import unicodedata
from importlib.resources import files

import regex

_TABLES = tomllib.loads(
    unicodedata.normalize("NFC", files("portal.i18n").joinpath("romanise.toml").read_text("utf-8"))
)
_KNOWN, _CONSONANTS = _TABLES["known"], _TABLES["consonants"]
_VOWELS, _SIGNS, _MARKS = _TABLES["vowels"], _TABLES["signs"], _TABLES["marks"]
_HASANTA = "্"
_LETTER = regex.compile(r"[কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহৎৱ]়?|.", regex.DOTALL)


def romanise(name: str) -> str:
    """`name` in English letters, each part capitalised: মোছাঃ রহিমা খাতুন → Mst. Rahima Khatun."""
    parts = name.replace("মো:", "মোঃ").split()
    return " ".join(_KNOWN.get(part) or _by_sound(part) for part in parts if part)


def _by_sound(word: str) -> str:
    letters = _LETTER.findall(word)
    sounds: list[str] = []
    for place, letter in enumerate(letters):
        following = letters[place + 1] if place + 1 < len(letters) else ""
        before = letters[place - 1] if place else ""
        sounds.append(_sound(letter, before, following, is_last=not following))
    said = "".join(sounds)
    return said[:1].upper() + said[1:]


def _sound(letter: str, before: str, following: str, *, is_last: bool) -> str:
    if letter == "য" and before == _HASANTA:
        return "y" if following in _SIGNS else "ya"
    if letter == "ব" and before == _HASANTA:
        return "w" + _inherent(following, is_last=is_last)
    if letter in _CONSONANTS:
        return f"{_CONSONANTS[letter]}{_inherent(following, is_last=is_last)}"
    for table in (_VOWELS, _SIGNS, _MARKS):
        if letter in table:
            return str(table[letter])
    return "" if letter == _HASANTA else letter


def _inherent(following: str, *, is_last: bool) -> str:
    """The "a" that no sign writes: between consonants, not at the end of a word or before a sign."""
    is_written = following in _SIGNS or following == _HASANTA
    return "" if is_last or is_written else "a"
