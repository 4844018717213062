"""Mistakes people make at each kind of question: said in their language, beside the field, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from portal.i18n.messages import Message, lazy
from tests.web.applicant import ANSWERS, HOME, Applicant, Typed
from tests.web.reading import fields, heading, inline_mistakes, mistakes, title
from tests.web.served import LOCALES, Served
from tests.web.words import say

Finished = Mapping[str, Applicant]
# The error words of the service's own questions, as service.toml has them.
MISSING: Mapping[str, tuple[str, str, str]] = {
    "residence": ("residence", "আপনি কোন এলাকায় থাকেন, তা বেছে নিন", "Choose the kind of area you live in"),
    "identity-document": ("identity_document", "আপনার কোনটি আছে, তা বেছে নিন", "Choose which one you have"),
    "nid": ("nid", "আপনার জাতীয় পরিচয়পত্রের নম্বর লিখুন", "Enter your national ID number"),
    "birth-registration": ("brn", "আপনার জন্ম নিবন্ধন নম্বর লিখুন", "Enter your birth registration number"),
    "date-of-birth": ("dob-day", "আপনার জন্ম তারিখ লিখুন", "Enter your date of birth"),
    "name-in-bangla": ("name_bn", "বাংলায় আপনার পুরো নাম লিখুন", "Enter your full name in Bangla"),
    "name-in-english": ("name_en", "ইংরেজিতে আপনার পুরো নাম লিখুন", "Enter your full name in English"),
    "home": ("home-division", "আপনার বিভাগ বেছে নিন", "Choose your division"),
    "purpose": (
        "purpose",
        "সনদটি কী কাজে লাগবে, অন্তত একটি বেছে নিন",
        "Choose at least one thing you need it for",
    ),
    "other-purpose": ("purpose_other", "অন্য কাজটি কী, তা লিখুন", "Enter what else you need it for"),
}
SHORT = {
    "nid": {"bn": "জাতীয় পরিচয়পত্রের নম্বর", "en": "National ID number"},
    "brn": {"bn": "জন্ম নিবন্ধন নম্বর", "en": "Birth registration number"},
    "dob": {"bn": "জন্ম তারিখ", "en": "Date of birth"},
    "ward": {"bn": "ওয়ার্ড নম্বর", "en": "Ward number"},
    "purpose_other": {"bn": "অন্য কাজ", "en": "Other use"},
    "name_bn": {"bn": "নাম (বাংলায়)", "en": "Name in Bangla"},
}


@pytest.fixture(scope="module")
def finished(served: Served) -> Finished:
    """Two drafts with every question answered, one by national ID and one by birth registration number.

    A mistake is never kept, so all tests of this file may make theirs here.
    """
    by_card = Applicant(served.browser()).starts().is_ready()
    by_birth = Applicant(served.browser()).starts().is_ready()
    by_birth.says("identity-document", identity_document="birth")
    by_birth.says("birth-registration", brn="20040012166100145")
    return {"nid": by_card, "birth": by_birth}


def make(finished: Finished, step: str, typed: Typed, locale: str) -> dict[str, str]:
    """Send `typed`; the mistakes the page then names, after checking what every such page must do."""
    person = finished["birth" if step == "birth-registration" else "nid"]
    person.locale = locale
    clean = person.opens(step)
    answer = person.says(step, typed)
    assert answer.status_code == 422
    assert title(answer) == f"{say(locale, 'Error:')} {title(clean)}"
    assert heading(answer) == heading(clean)
    found = mistakes(answer)
    said = inline_mistakes(answer)
    assert found
    assert all(words in said for words in list(found.values())[:1])
    stands = fields(answer)
    assert {name: stands.get(name) for name in typed if name in stands} == {
        name: value for name, value in typed.items() if name in stands
    }
    assert fields(person.opens(step)) == fields(clean), "a mistake was kept"
    return found


@pytest.mark.parametrize("step", MISSING)
def test_an_empty_answer_is_asked_for_in_the_questions_own_words(
    finished: Finished, locale: str, step: str
) -> None:
    target, *words = MISSING[step]
    expected = {target: words[LOCALES.index(locale)]}
    empty = dict.fromkeys(ANSWERS.get(step, {"brn": ""}), "")
    assert make(finished, step, empty, locale) == expected
    assert make(finished, step, {}, locale) == expected
    blank = {name: " \u200b\t\u00a0" for name in empty if step not in ("home", "residence", "purpose")}
    if blank:
        assert make(finished, step, blank, locale) == expected


@pytest.mark.parametrize("step", ["father", "mother", "ward"])
def test_what_may_be_left_empty_may_be(served: Served, locale: str, step: str) -> None:
    person = Applicant(served.browser(), locale).starts().answers_until(step)
    (name,) = ANSWERS[step]
    assert person.says(step, {name: "  "}).status_code == 200


Case = tuple[str, Typed, str, Message]


def wrong(step: str, typed: Typed, target: str, sentence: str, **params: str | int) -> Case:
    return step, typed, target, lazy(sentence, **params)


def dated(day: str, month: str, year: str) -> Typed:
    return {"dob-day": day, "dob-month": month, "dob-year": year}


IDENTIFIERS = [
    wrong(
        "nid",
        {"nid": "12345"},
        "nid",
        "{thing} must have 10, 13 or 17 digits; you typed {n}. Check the card",
        n=5,
    ),
    wrong(
        "nid",
        {"nid": "০১২ ৩৪৫-৬৭৮৯ ০১"},
        "nid",
        "{thing} must have 10, 13 or 17 digits; you typed {n}. Check the card",
        n=12,
    ),
    wrong("nid", {"nid": "12345O7890"}, "nid", "{thing} has digits only. Check it and type it again"),
    wrong(
        "birth-registration",
        {"brn": "2004"},
        "brn",
        "{thing} must have 17 digits; you typed {n}. Check the certificate",
        n=4,
    ),
    wrong(
        "birth-registration",
        {"brn": "৩০০৪০০১২১৬৬১০০১৪৫"},
        "brn",
        "{thing} begins with the year of birth, like 1998. Check the first 4 digits",
    ),
]
DATES = [
    wrong(
        "date-of-birth",
        dated("30", "2", "1975"),
        "dob-day",
        "Check the day: February of that year has {n} days",
        n=28,
    ),
    wrong(
        "date-of-birth",
        dated("২৯", "ফেব্রুয়ারি", "১৯৬৩"),
        "dob-day",
        "Check the day: February of that year has {n} days",
        n=28,
    ),
    wrong(
        "date-of-birth", dated("31", "4", "1975"), "dob-day", "Check the day: that month has {n} days", n=30
    ),
    wrong("date-of-birth", dated("32", "1", "1975"), "dob-day", "The day must be a number from 1 to 31"),
    wrong(
        "date-of-birth",
        dated("1", "13", "1975"),
        "dob-month",
        "The month must be a number from 1 to 12 or a name, like October",
    ),
    wrong(
        "date-of-birth",
        dated("1", "কার্তিক", "1975"),
        "dob-month",
        "Write the month of the English calendar, like 10 or October",
    ),
    wrong(
        "date-of-birth", dated("1", "1", "75"), "dob-year", "Write the year in full, with 4 digits, like 1963"
    ),
    wrong(
        "date-of-birth",
        dated("1", "1", "১৩৮২"),
        "dob-year",
        "This looks like a Bangla year. Write the year of the English calendar, like 1963",
    ),
    wrong(
        "date-of-birth",
        dated("1", "1", "abcd"),
        "dob-year",
        "The year must be a number of 4 digits, like 1963",
    ),
    wrong("date-of-birth", dated("", "1", "1975"), "dob-day", "Enter the day too"),
    wrong("date-of-birth", dated("1", "1", ""), "dob-year", "Enter the year too"),
    wrong("date-of-birth", dated("1", "1", "2999"), "dob-day", "{thing} must be today or in the past"),
]
BIJOY = "This looks like old Bijoy writing. Type the name with a Unicode keyboard, like Avro or Gboard"
TOO_LONG = "{thing} must be {n} characters or fewer"
BETWEEN = "{thing} must be between {low} and {high}"
WORDS = [
    wrong("name-in-bangla", {"name_bn": "Rahima"}, "name_bn", "Write the name in Bangla letters"),
    wrong("name-in-bangla", {"name_bn": "Avãyj Kwig"}, "name_bn", BIJOY),
    wrong("name-in-bangla", {"name_bn": "রহিমা 😀"}, "name_bn", "Delete {sign} from the name", sign="😀"),
    wrong("name-in-bangla", {"name_bn": "ক" * 200}, "name_bn", TOO_LONG, n=120),
    wrong("name-in-english", {"name_en": "রহিমা"}, "name_en", "Write the name in English letters"),
    wrong("name-in-english", {"name_en": "Rahima <b>"}, "name_en", "Delete {sign} from the name", sign="<"),
    wrong("other-purpose", {"purpose_other": "ক" * 101}, "purpose_other", TOO_LONG, n=100),
    wrong("ward", {"ward": "10"}, "ward", BETWEEN, low=1, high=9),
    wrong("ward", {"ward": "-১"}, "ward", BETWEEN, low=1, high=9),
    wrong("ward", {"ward": "five"}, "ward", "{thing} must be a whole number, like 3"),
    wrong("ward", {"ward": "4.5"}, "ward", "{thing} must be a whole number, like 3"),
]


@pytest.mark.parametrize(
    "case", [*IDENTIFIERS, *DATES, *WORDS], ids=lambda case: f"{case[0]} {[*case[1].values()]}"[:60]
)
def test_a_wrong_answer_is_told_what_to_do(finished: Finished, locale: str, case: Case) -> None:
    step, typed, target, message = case
    thing = SHORT.get(target.partition("-")[0], {}).get(locale, "")
    wanted = say(locale, lazy(message.msgid, **{"thing": thing, **message.params}))
    assert make(finished, step, typed, locale) == {target: wanted}


def test_each_part_of_a_date_has_its_own_mistake(finished: Finished, locale: str) -> None:
    found = make(finished, "date-of-birth", dated("99", "99", "9"), locale)
    assert list(found) == ["dob-day", "dob-month", "dob-year"]


@pytest.mark.parametrize(("step", "typed"), [
    ("residence", {"residence": "moon"}),
    ("purpose", {"purpose": ["land", "moon"]}),
    ("holding-tax", {"holding_tax": "<script>alert(1)</script>"}),
    ("consent-nid", {"consent_nid": "YES"}),
])  # fmt: skip
def test_a_choice_nobody_offered_is_asked_again(
    finished: Finished, locale: str, step: str, typed: Typed
) -> None:
    found = make(finished, step, {}, locale)
    person = finished["nid"]
    answer = person.says(step, typed)
    assert answer.status_code == 422
    assert mistakes(answer) == found


def test_an_address_is_asked_level_by_level(served: Served, locale: str) -> None:
    person = Applicant(served.browser(), locale).starts().signs_in().answers_until("home")
    sent: dict[str, str] = {}
    for level, below in (
        ("division", "district"),
        ("district", "upazila"),
        ("upazila", "union"),
        ("union", "landmark"),
    ):
        sent[f"home-{level}"] = str(HOME[f"home-{level}"])
        answer = person.says("home", sent)
        assert answer.status_code == 200
        assert fields(answer).items() >= sent.items()
        assert f"home-{below}" in fields(answer)
        nothing = person.says("home", {**sent, f"home-{below}": ""})
        assert nothing.status_code == 422
        assert list(mistakes(nothing)) == [f"home-{below}"]
        assert fields(nothing).items() >= sent.items()


def test_a_place_that_lies_elsewhere_is_asked_again(finished: Finished, locale: str) -> None:
    person = finished["nid"]
    person.locale = locale
    for elsewhere in (
        {"home-district": "3026"},
        {"home-union": "3026-365-3271"},
        {"home-upazila": "x' OR 1=1"},
    ):
        answer = person.says("home", {**HOME, **elsewhere})
        assert answer.status_code == 200
        assert answer.history
        person.says("home", HOME)


@pytest.mark.parametrize(("step", "bangla", "latin"), [
    ("nid", {"nid": "০০১২ ৩৪৫-৬০৮"}, {"nid": "0012345608"}),
    ("birth-registration", {"brn": "২০০৪ ০০ ১ ২১ ৬৬ ১০০১৪৫"}, {"brn": "20040012166100145"}),
    ("date-of-birth", dated("৯", "সেপ্টেম্বর", "১৯৬৯"), dated("09", "Sep", "1969")),
    ("ward", {"ward": "৪"}, {"ward": "4"}),
])  # fmt: skip
def test_bangla_and_latin_digits_say_the_same(
    finished: Finished, step: str, bangla: Typed, latin: Typed
) -> None:
    person = finished["birth" if step == "birth-registration" else "nid"]
    for locale, standing in (("bn", "০১২৩৪৫৬৭৮৯"), ("en", "0123456789")):
        person.locale = locale
        kept = []
        for typed in (bangla, latin):
            assert person.says(step, typed).status_code == 200
            stands = fields(person.opens(step))
            kept.append({name: stands[name] for name in typed})
        assert kept[0] == kept[1]
        assert all(set(value) <= set(standing) for value in kept[0].values())


def test_the_mobile_number_and_the_code_are_questions_too(served: Served, locale: str) -> None:
    person = Applicant(served.browser(), locale, mobile="01912345678").starts()
    for typed in ("", "   ", "12345", "+91 98765 43210", "017", "not a number", "<b>", "०१७१२३४५६७८"):
        answer = person.says("sign-in", mobile=typed)
        assert answer.status_code == 422, typed
        assert list(mistakes(answer)) == ["mobile"]
        assert fields(answer)["mobile"] == typed
        assert title(answer).startswith(say(locale, "Error:"))
    assert "code" in fields(person.says("sign-in", mobile="+৮৮০ ১৯১২-৩৪৫৬৭৮"))
