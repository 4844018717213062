"""Bangla and Latin digits, and the cleaning every typed value gets before anyone reads it."""

from __future__ import annotations

import unicodedata

import regex

_TO_ASCII = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
_TO_BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")

# Joiners mean something only in র‍্য (র + ZWJ + hasanta + য) and after a visible hasanta (+ ZWNJ + letter).
_JOINERS = regex.compile(
    r"(?<!\u09b0)\u200d|\u200d(?!\u09cd\u09af)|(?<!\u09cd)\u200c|\u200c(?!\p{Bengali})",
)
_INVISIBLE = regex.compile(r"(?![\u200c\u200d])[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")
_SPACES = regex.compile(r"[\s\u2800]+")
_DOUBLED_SIGN = regex.compile(r"([\u09be-\u09c4\u09c7\u09c8\u09cb\u09cc\u09cd\u0981-\u0983])\1+")

# What NFC leaves unmended though it looks the same on paper (measured on real keyboards).
_MENDED = (("অা", "আ"), ("ব\u09bc", "র"), ("\u09be\u09c7", "\u09cb"))


def to_ascii(words: str) -> str:
    """Bangla digits become Latin ones; everything else stays."""
    return words.translate(_TO_ASCII)


def to_bangla(words: str) -> str:
    """Latin digits become Bangla ones; everything else stays."""
    return words.translate(_TO_BANGLA)


def fold(typed: str) -> str:
    """What was meant by what was typed: NFC with known mends, no invisible marks, single spaces, no ends.

    Control characters other than white space stay, so that a question can refuse them in words.
    """
    words = unicodedata.normalize("NFC", typed)
    words = _INVISIBLE.sub("", words)
    words = _JOINERS.sub("", words)
    words = unicodedata.normalize("NFC", words)
    for seen, meant in _MENDED:
        words = words.replace(seen, meant)
    words = _DOUBLED_SIGN.sub(r"\1", words)
    return str(_SPACES.sub(" ", words)).strip()
