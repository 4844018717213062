"""The language words are written in, as far as their letters tell."""

from __future__ import annotations

import regex

_BANGLA = regex.compile(r"\p{Bengali}")
_LATIN = regex.compile(r"\p{Latin}")


def language_of(words: str) -> str | None:
    """`bn` for Bangla letters or digits only, `en` for Latin letters only, None for both or neither."""
    has_bangla, has_latin = bool(_BANGLA.search(words)), bool(_LATIN.search(words))
    if has_bangla == has_latin:
        return None
    return "bn" if has_bangla else "en"
