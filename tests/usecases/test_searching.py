"""People find a service however they spell it."""

from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.forms.definition import Service
from portal.forms.load import digest, load_folder
from portal.settings import ROOT
from portal.usecases.catalogue import Published
from portal.usecases.search import find, search_key
from tests.usecases.letter import NOW, letter, words


@cache
def _shelf() -> tuple[Published, ...]:
    """The pilot beside a few services of other names."""
    pilot = load_folder(ROOT / "services" / "citizenship_certificate")
    others = [
        _named("old-age-allowance", "বয়স্ক ভাতা", "Old-age allowance", "বুড়ো মানুষের ভাতা, বয়ষ্ক"),
        _named("disability-card", "সুবর্ণ নাগরিক কার্ড", "Disability identity card", "প্রতিবন্ধী কার্ড"),
        _named("birth-registration", "জন্ম নিবন্ধন", "Birth registration", "জন্ম সনদ"),
        _named("land-mutation", "নামজারি", "Land mutation", "খারিজ, খতিয়ান, জমির নাম বদল"),
    ]
    return tuple(Published(service, 1, digest(service), NOW) for service in (pilot, *others))


def _named(key: str, bn: str, en: str, search: str) -> Service:
    changes = {
        "key": key,
        "title": words(bn, en),
        "search": words(search, en),
        "summary": words(bn, en),
        "agency_words": words("দপ্তর", "Department"),
    }
    stored = letter().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return Service.model_validate({**stored, **changes})


def _keys(query: str, locale: str = "bn") -> list[str]:
    return [one.service.key for one in find(_shelf(), query, locale)]


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("নাগরিকত্ব সনদ", "citizenship-certificate"),
        ("নাগরিক সনদ", "citizenship-certificate"),
        ("নাগরীকত্ব শনদ", "citizenship-certificate"),
        ("নাগরিকত্ত সনদ", "citizenship-certificate"),
        ("চেয়ারম্যান সার্টিফিকেট", "citizenship-certificate"),
        ("চেয়ারম্যান", "citizenship-certificate"),
        ("চেয়ারমেন", "citizenship-certificate"),
        ("citizenship", "citizenship-certificate"),
        ("CITIZENSHIP certificate", "citizenship-certificate"),
        ("citizen", "citizenship-certificate"),
        ("citizenshp", "citizenship-certificate"),
        ("nagorikotto sonod", "citizenship-certificate"),
        ("নাগরিকত্ব সনদ কীভাবে পাব", "citizenship-certificate"),
        ("how do I get citizenship certificate", "citizenship-certificate"),
        ("বয়স্ক ভাতা", "old-age-allowance"),
        ("বয়স্ক", "old-age-allowance"),
        ("বয়ষ্ক ভাতা", "old-age-allowance"),
        ("বয়স্ক ভাতাা", "old-age-allowance"),
        ("old age", "old-age-allowance"),
        ("প্রতিবন্ধি কার্ড", "disability-card"),
        ("জন্মনিবন্ধন", "birth-registration"),
        ("জন্ম নিবন্ধণ", "birth-registration"),
        ("নামজারী", "land-mutation"),
        ("খতিয়ান", "land-mutation"),
        ("mutation", "land-mutation"),
    ],
)
def test_a_service_is_found_first_however_it_is_spelled(query: str, key: str) -> None:
    assert _keys(query)[:1] == [key]


def test_nothing_typed_shows_everything() -> None:
    assert len(_keys("")) == len(_keys("   \u200b ")) == len(_shelf())


@pytest.mark.parametrize("query", ["পাসপোর্ট", "driving licence", "zzzz", "মাছ চাষ", "৯৯৯৯"])
def test_what_is_not_there_is_not_found(query: str) -> None:
    assert _keys(query) == []


@pytest.mark.parametrize("locale", ["bn", "en"])
def test_either_language_of_the_page_finds_either_language_of_the_words(locale: str) -> None:
    assert _keys("citizenship", locale)[0] == _keys("নাগরিকত্ব", locale)[0] == "citizenship-certificate"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("বাড়ী", "বাড়ি"),
        ("নূরুল", "নুরুল"),
        ("আয়েশা", "আয়েসা"),
        ("মুন্সীগঞ্জ", "মুন্সিগঞ্জ"),
        ("বয়স্ক", "বয়ষ্ক"),
        ("ভাতা", "ভাতাঃ"),
        ("গঞ্জ", "গঞ্‌জ"),
        ("১২৩", "123"),
        ("সনদ", "শনদ"),
        ("সম্মান", "সমান"),
    ],
)
def test_spellings_people_mix_up_sound_the_same(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(("one", "other"), [("ভাতা", "ভাত"), ("জমি", "জামা"), ("নাম", "মান"), ("2", "3")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


@given(st.text(max_size=200))
def test_nothing_typed_breaks_the_search(query: str) -> None:
    found = _keys(query)
    assert len(found) == len(set(found)) <= len(_shelf())


def test_a_very_long_question_takes_no_longer_than_a_moment() -> None:
    started = time.perf_counter()
    _keys("নাগরিকত্ব সনদ পাব কীভাবে " * 400)
    assert time.perf_counter() - started < 0.5
