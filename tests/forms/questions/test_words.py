"""Text and names: what people write is kept; what nobody means is refused in words that help."""

from __future__ import annotations

import pytest

from portal.forms.definition import Question
from portal.forms.questions import kind_of
from portal.forms.questions.name import looks_like_bijoy
from tests.forms.making import AROUND, BANGLA, ENGLISH, code_of, parse, question

NAME_BN = question("name", script="bn")
NAME_EN = question("name", script="en")
ANY_NAME = question("name")
TEXT = question("text")


@pytest.mark.parametrize(
    "name",
    [
        "মোছাঃ রহিমা খাতুন",
        "মো: আব্দুল করিম",
        "মোঃ আঃ করিম",
        "শ্রী বিমল চন্দ্র দাস (বাবুল)",
        "রহিমা",
        "আয়েশা আক্তার-চৌধুরী",
        "মোহাম্মদ ২য়",
        "মৃত আফাজ উদ্দিন",
        "ডাঃ এ. কে. এম. শামসুল হক",
        "জান্নাতুল ফেরদৌস / জান্নাত",
        "র‍্যাচেল গমেজ",
    ],
)
def test_a_bangla_name_is_kept_as_people_write_it(name: str) -> None:
    parsed = parse(NAME_BN, name)
    assert parsed.is_settled
    assert parsed.value == parse(NAME_BN, str(parsed.value)).value


@pytest.mark.parametrize(
    "name",
    [
        "Rahima",
        "Md. Abdul Karim",
        "O'Brien",
        "Ayesha-Akter (Mim)",
        "D’Costa",
        "O`Brien",
        "José Núñez",
        "A. K. M. Haque",
    ],
)
def test_an_english_name_is_kept_as_people_write_it(name: str) -> None:
    assert parse(NAME_EN, name).value == name


@pytest.mark.parametrize(
    "name", ["Rahima Khatun", "রহিমা Khatun", "রহিমা খাতুন (Rahima)", "...", "১২৩", "ঃ", "علي", "李明"]
)
def test_a_bangla_name_in_other_letters_is_asked_for_in_bangla(name: str) -> None:
    assert code_of(parse(NAME_BN, name)) == "script"


@pytest.mark.parametrize("name", ["রহিমা খাতুন", "Rahima খাতুন", "...", "123", "Рахима", "李明"])
def test_an_english_name_in_other_letters_is_asked_for_in_english(name: str) -> None:
    assert code_of(parse(NAME_EN, name)) == "script"


@pytest.mark.parametrize(
    "mojibake",
    [
        "†gvQvt iwngv LvZyb",
        "iwngv LvZyb",
        "Avãyj Kwig",
        "Avgvi bvg",
        "kvwšÍ PvKgv",
        "Rvbœv©Z",
        "‡gvt byiæj Bmjvg",
    ],
)
def test_old_bijoy_writing_is_recognised_and_named(mojibake: str) -> None:
    parsed = parse(NAME_BN, mojibake)
    assert code_of(parsed) == "bijoy"
    assert "Unicode" in ENGLISH.say(parsed.faults[0].message)


@pytest.mark.parametrize("name", ["Rahima Khatun", "Sumon Mia", "Avi Devi", "McDonald", "রহিমা", ""])
def test_an_english_or_bangla_name_is_not_taken_for_bijoy(name: str) -> None:
    assert not looks_like_bijoy(name)


@pytest.mark.parametrize("asked", [NAME_BN, NAME_EN, ANY_NAME])
@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "রহিমা <b>", "{{ name }}", "[Rahima]", "R$", "a|b", "১+১"]
)
def test_signs_no_name_has_are_pointed_out(asked: Question, name: str) -> None:
    assert code_of(parse(asked, name)) in ("symbol", "script")


@pytest.mark.parametrize("asked", [TEXT, NAME_BN, NAME_EN])
@pytest.mark.parametrize("hostile", ["a\x00b", "রহিমা\x07", "x\x1b[31m", "a\ud800b", "\ufffd"])
def test_characters_no_keyboard_types_are_refused(asked: Question, hostile: str) -> None:
    assert code_of(parse(asked, hostile)) == "unreadable"


def test_a_name_without_any_letter_is_asked_again() -> None:
    assert code_of(parse(ANY_NAME, "123 .")) == "letters"


def test_length_is_counted_as_a_reader_counts() -> None:
    asked = question("text", max_length=5)
    assert parse(asked, "ক্ষি" * 5).is_settled
    parsed = parse(asked, "ক্ষি" * 6)
    assert code_of(parsed) == "too_long"
    assert BANGLA.say(parsed.faults[0].message) == "X ক must be ৫ characters or fewer"


def test_marks_piled_on_one_letter_are_too_long() -> None:
    assert code_of(parse(TEXT, "a" + "\u0301\u0302" * 5000)) == "too_long"


def test_a_megabyte_is_refused_quickly() -> None:
    assert code_of(parse(TEXT, "ক" * 1_000_000)) == "too_long"


def test_text_keeps_any_language_and_any_sign() -> None:
    for words in ("বিদ্যুতের সংযোগ", "<b>আমি & তুমি</b>", "'; DROP TABLE drafts; --", "𑄌𑄋𑄴𑄟𑄳𑄦", "👩‍🌾 কৃষি"):
        assert parse(TEXT, words).is_settled


def test_invisible_marks_and_doubled_spaces_go() -> None:
    assert parse(TEXT, " \u200fক\u200b  খ\u00a0গ\ufeff\n").value == "ক খ গ"


def test_only_invisible_marks_are_an_empty_answer() -> None:
    assert code_of(parse(TEXT, " \u200b\u2060\u3164 ")) == "missing"


def test_an_empty_required_answer_gets_the_questions_own_words() -> None:
    parsed = parse(TEXT, "")
    assert parsed.faults[0].message == TEXT.error
    assert parsed.faults[0].field == "x"


def test_an_optional_answer_may_be_skipped() -> None:
    parsed = parse(question("text", optional=True), "  ")
    assert parsed.is_settled
    assert parsed.value == ""


def test_a_shown_name_is_marked_with_its_own_language() -> None:
    kind = kind_of(NAME_BN)
    assert kind.show(NAME_BN, "রহিমা", ENGLISH, AROUND) == "রহিমা"
    assert kind.lang(NAME_BN, "রহিমা", ENGLISH) == "bn"
    assert kind_of(TEXT).lang(TEXT, "বিদ্যুৎ", ENGLISH) == "bn"
    assert kind_of(TEXT).lang(TEXT, "wifi লাইন", ENGLISH) is None
