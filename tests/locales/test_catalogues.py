"""The platform's words: every sentence in both languages, current, and written for people."""

from __future__ import annotations

import gettext
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from portal.building.catalogues import word_problems
from portal.i18n.messages import load_catalogue

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


def test_nobody_is_scolded_begged_or_spoken_down_to() -> None:
    english = r"\b(invalid|forbidden|illegal|please|oops|sorry|error occurred|must not|submit)\b"
    bangla = r"অবৈধ|দয়া করে|অনুগ্রহ|তুমি|তোমা|তুই|নিষিদ্ধ"
    scolding = [said for said, _ in BANGLA if re.search(english, said, re.I)]
    # An office that is late is the one thing the portal is sorry for.
    assert [said for said in scolding if "we are sorry" not in said] == []
    assert [words for _, words in BANGLA if re.search(bangla, words)] == []


def test_every_sentence_can_be_said_with_its_blanks_filled() -> None:
    for code in ("bn", "en"):
        for said, words in _pairs(code):
            blanks = dict.fromkeys(re.findall(r"\{(\w+)\}", said + words), "…")
            filled = words.format(**blanks)
            assert "{" not in filled, words
            assert "}" not in filled, words


def test_english_says_what_the_code_says() -> None:
    assert [(said, words) for said, words in _pairs("en") if said != words] == []


def test_one_and_many_are_chosen_by_number() -> None:
    for code, one, many in (("bn", (0, 1), (2, 5, 100)), ("en", (1,), (0, 2, 5, 100))):
        catalogue = read_mo(code)
        forms = {n: catalogue.ngettext("{n} service found", "{n} services found", n) for n in (*one, *many)}
        assert len({forms[n] for n in one}) == len({forms[n] for n in many}) == 1


def read_mo(code: str) -> gettext.NullTranslations:
    """The compiled catalogue, as the portal reads it."""
    return load_catalogue(ROOT / "build", code)
