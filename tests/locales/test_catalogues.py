"""The platform's words: every sentence in both languages, current, and written for people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from portal.building.catalogues import word_problems

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ROOT / "locales"
# Said in Latin letters in Bangla too: examples of what to type, and what stands on screens and keyboards.
LATIN = re.compile(r"<[^>]+>|\{\w+\}|BD-7K4M-29QX|Rahima Khatun")


def _catalogue(code: str) -> Catalog:
    with (LOCALES / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=code)


def _pairs(code: str) -> Iterator[tuple[str, str]]:
    """Every (English sentence, its words in `code`), plural forms one by one."""
    for message in _catalogue(code):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        said = message.string if isinstance(message.string, tuple | list) else (message.string,)
        yield from ((ids[min(place, len(ids) - 1)], words or "") for place, words in enumerate(said))


BANGLA = list(_pairs("bn"))


def test_every_sentence_is_current_translated_and_fills_the_same_blanks() -> None:
    assert word_problems(ROOT, LOCALES) == ()


def test_bangla_has_its_own_plural_rule() -> None:
    assert "plural=(n > 1)" in _catalogue("bn").plural_forms


def test_bangla_sentences_have_no_english_left_in_them() -> None:
    assert [words for _, words in BANGLA if re.search("[A-Za-z]", LATIN.sub("", words))] == []


def test_bangla_prose_has_bangla_digits() -> None:
    assert [words for _, words in BANGLA if re.search("[0-9]", LATIN.sub("", words))] == []


def test_bangla_is_kept_in_one_spelling_of_its_letters() -> None:
    assert [words for _, words in BANGLA if not unicodedata.is_normalized("NFC", words)] == []


def test_a_sentence_ends_where_its_english_ends() -> None:
    ends = {".": "।", "?": "?", ":": ":"}
    wrong = [words for said, words in BANGLA if said[-1] in ends and not words.endswith(ends[said[-1]])]
    assert wrong == []
