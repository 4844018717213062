"""Numbers, money, dates and sentences are said the way each language says them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from portal.i18n.digits import to_ascii
from portal.i18n.locale import DHAKA, Locale, load_locales, today
from portal.i18n.messages import Message, lazy, nlazy
from portal.i18n.text import Text

BN, EN = Locale("bn"), Locale("en")
NOW = datetime(2026, 11, 22, 4, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "০"),
        (5, "৫"),
        (999, "৯৯৯"),
        (1000, "১,০০০"),
        (100000, "১,০০,০০০"),
        (12345678, "১,২৩,৪৫,৬৭৮"),
        (-1170, "-১,১৭০"),
    ],
)
def test_numbers_are_grouped_in_lakh_and_crore(n: int, said: str) -> None:
    assert BN.number(n) == said
    assert EN.number(n) == to_ascii(said)


@given(st.integers())
def test_a_grouped_number_reads_back(n: int) -> None:
    assert int(to_ascii(BN.number(n)).replace(",", "")) == n


def test_money_is_said_with_the_word() -> None:
    assert BN.money(1170) == "১,১৭০ টাকা"
    assert EN.money(1170) == "1,170 taka"
    assert BN.money(0) == "০ টাকা"


def test_dates_are_said_with_the_months_name() -> None:
    assert BN.date(date(2026, 11, 22)) == "২২ নভেম্বর ২০২৬"
    assert EN.date(date(2026, 1, 2)) == "2 January 2026"
    assert BN.day_month(date(2026, 2, 21)) == "২১ ফেব্রুয়ারি"
    assert BN.bangabda(date(2026, 11, 22)) == "৭ অগ্রহায়ণ ১৪৩৩"
    assert EN.bangabda(date(2026, 11, 22)) == "7 Agrahayan 1433"


@pytest.mark.parametrize(
    ("hour", "bangla", "english"),
    [
        (0, "রাত ১২:০৫", "12:05 am"),
        (3, "রাত ৩:০৫", "3:05 am"),
        (4, "ভোর ৪:০৫", "4:05 am"),
        (6, "সকাল ৬:০৫", "6:05 am"),
        (12, "দুপুর ১২:০৫", "12:05 pm"),
        (16, "বিকাল ৪:০৫", "4:05 pm"),
        (18, "সন্ধ্যা ৬:০৫", "6:05 pm"),
        (20, "রাত ৮:০৫", "8:05 pm"),
        (23, "রাত ১১:০৫", "11:05 pm"),
    ],
)
def test_the_time_is_said_with_the_part_of_the_day(hour: int, bangla: str, english: str) -> None:
    moment = datetime(2026, 11, 22, hour, 5, tzinfo=DHAKA)
    assert BN.time(moment) == bangla
    assert EN.time(moment) == english


def test_a_moment_is_said_in_dhaka() -> None:
    assert BN.moment(NOW) == "২২ নভেম্বর ২০২৬, সকাল ১০:৩১"
    assert EN.moment(NOW) == "22 November 2026, 10:31 am"
    late = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    assert EN.date(late) == "23 November 2026"
    assert today(late) == date(2026, 11, 23)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        BN.time(datetime(2026, 11, 22, 4, 31))  # noqa: DTZ001  the mistake itself


def test_phones_are_said_as_people_read_them_out() -> None:
    assert BN.phone("01712345678") == "০১৭১২ ৩৪৫৬৭৮"
    assert EN.phone("01712345678") == "01712 345678"
    assert BN.phone("333") == "৩৩৩"


def test_lists_are_said_as_sentences_say_them() -> None:
    assert BN.join([]) == ""
    assert BN.join(["ক"]) == "ক"
    assert BN.join(["ক", "খ", "গ"]) == "ক, খ ও গ"
    assert EN.join(["a", "b"]) == "a and b"


def test_digits_alone_are_never_grouped() -> None:
    assert BN.digits("0012345601") == "০০১২৩৪৫৬০১"
    assert BN.digits(2026) == "২০২৬"
    assert EN.digits(2026) == "2026"


def test_without_a_catalogue_the_english_sentence_is_said() -> None:
    assert BN.say(lazy("At most {n} letters", n=1200)) == "At most ১,২০০ letters"
    assert BN.gettext("") == ""


def test_parts_of_a_sentence_are_said_in_its_language() -> None:
    name, inner = Text({"bn": "নাম", "en": "Name"}), lazy("{n} left", n=3)
    message = lazy("{thing} by {day}: {inner}", thing=name, day=date(2026, 11, 22), inner=inner)
    assert BN.say(message) == "নাম by ২২ নভেম্বর ২০২৬: ৩ left"
    assert EN.say(message) == "Name by 22 November 2026: 3 left"


def test_words_given_as_they_are_stay_as_they_are() -> None:
    assert BN.say("BD-7K4M-29QX") == "BD-7K4M-29QX"
    assert BN.say(lazy("Your reference is {reference}", reference="BD-7K4M-29QX")).endswith("BD-7K4M-29QX")
    assert BN.say(lazy("{words}", words="{n} {0} {words}")) == "{n} {0} {words}"


def test_a_sentence_for_one_and_for_many() -> None:
    def left(n: int) -> Message:
        return nlazy("{n} try left", "{n} tries left", n)

    assert EN.say(left(1)) == "1 try left"
    assert EN.say(left(5)) == "5 tries left"


def test_equal_sentences_are_equal() -> None:
    assert lazy("{n} left", n=3) == lazy("{n} left", n=3) != lazy("{n} left", n=4)
    assert len({lazy("{n} left", n=3), lazy("{n} left", n=3)}) == 1


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A build folder with Bangla and a third language that has said only one sentence."""
    sentences = {"bn": {"Continue": "এগিয়ে যান", "Back": "ফিরে যান"}, "ccp": {"Continue": "𑄌𑄧𑄣𑄧"}}
    for code, said in sentences.items():
        folder = tmp_path / "locales" / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        catalogue = Catalog(locale=code)
        for msgid, words in said.items():
            catalogue.add(msgid, words)
        with (folder / "messages.mo").open("wb") as file:
            write_mo(file, catalogue)
    return tmp_path


def test_every_built_language_is_loaded(built: Path) -> None:
    locales = load_locales(built)
    assert list(locales) == ["bn", "en", "ccp"]
    assert locales["bn"].gettext("Continue") == "এগিয়ে যান"
    assert locales["en"].gettext("Continue") == "Continue"


def test_a_sentence_missing_in_one_language_is_said_in_bangla_then_in_english(built: Path) -> None:
    chakma = load_locales(built)["ccp"]
    assert chakma.gettext("Continue") == "𑄌𑄧𑄣𑄧"
    assert chakma.gettext("Back") == "ফিরে যান"
    assert chakma.gettext("Send") == "Send"


def test_a_language_unknown_to_everyone_writes_dates_the_bangla_way(built: Path) -> None:
    assert load_locales(built)["ccp"].date(date(2026, 11, 22)) == "২২ নভেম্বর ২০২৬"


def test_without_a_build_there_are_bangla_and_english(tmp_path: Path) -> None:
    assert list(load_locales(tmp_path)) == ["bn", "en"]
