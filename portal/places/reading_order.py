"""The order in which a reader of Bangla looks a name up."""

from __future__ import annotations

# Composition exclusions keep ড়, ঢ় and য় as a letter and a nukta; a dictionary files them beside
# their plain letter. ৎ is ত without its vowel, and the candrabindu does not count.
_FOLD = str.maketrans(
    {"\u09bc": None, "\u0981": None, "\u200c": None, "\u200d": None, "\u09ce": "\u09a4\u09cd"}
)


def reading_key(words: str) -> tuple[str, str]:
    """A sort key for NFC Bangla words; the words themselves settle what reads alike."""
    return words.translate(_FOLD), words
