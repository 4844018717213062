"""What was typed is understood whatever keyboard, digits and invisible marks it came with."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.i18n.digits import fold, to_ascii, to_bangla


def test_digits_go_both_ways_and_leave_the_rest() -> None:
    assert to_ascii("০১৭১২-৩৪৫ ক") == "01712-345 ক"
    assert to_bangla("01712-345 k") == "০১৭১২-৩৪৫ k"
    assert to_bangla(to_ascii("১a২")) == "১a২"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  রহিমা \t খাতুন\r\n", "রহিমা খাতুন"),
        ("\u09df", "\u09af\u09bc"),  # one precomposed letter is two in NFC
        ("ক\u09be\u09c7", "ক\u09cb"),  # signs typed in the wrong order
        ("ক\u09c7\u09be", "ক\u09cb"),
        ("অ\u09be", "আ"),
        ("ব\u09bc", "র"),
        ("ন\u09c1\u09c1র", "ন\u09c1র"),  # a doubled sign looks single
        ("ব্রাহ্মন্দী\u200f", "ব্রাহ্মন্দী"),
        ("\ufeffক\u200bখ\u2060গ\u00ad", "কখগ"),
        ("ক\u00a0খ\u2009গ", "ক খ গ"),
        ("O'Brien", "O'Brien"),
        ("", ""),
    ],
)
def test_what_was_typed_is_what_was_meant(typed: str, meant: str) -> None:
    assert fold(typed) == meant


def test_the_joiner_that_changes_a_word_stays() -> None:
    assert fold("র\u200d\u09cd\u09afাব") == "র\u200d\u09cd\u09afাব"
    assert fold("উদ\u09cd\u200cযাপন") == "উদ\u09cd\u200cযাপন"


def test_joiners_anywhere_else_go() -> None:
    assert fold("ক\u200dখ\u200c") == "কখ"
    assert fold("\u200d\u200c") == ""


def test_a_control_character_stays_to_be_refused_in_words() -> None:
    assert fold("a\x00b") == "a\x00b"


@given(st.text())
def test_folding_twice_changes_nothing_and_gives_nfc(typed: str) -> None:
    once = fold(typed)
    assert fold(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()


@given(st.text(alphabet=[chr(code) for code in range(0x0980, 0x0A00)] + ["\u200c", "\u200d", " "]))
def test_folding_bangla_twice_changes_nothing(typed: str) -> None:
    assert fold(fold(typed)) == fold(typed)
