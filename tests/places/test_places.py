"""People find their place; its code never becomes another place."""

import time
from pathlib import Path

import pytest

from portal.building.geography import build_places
from portal.places import Place, Places
from portal.places.places import Unbuilt
from portal.places.reading_order import reading_key

OVERLAY = Path(__file__).resolve().parents[2] / "services" / "geo"

PINNED = {
    "30": "Dhaka",
    "20": "Chattogram",
    "3026": "Dhaka",
    "2019": "Cumilla",
    "1006": "Barishal",
    "2022": "Cox's Bazar",
    "5010": "Bogura",
    "4041": "Jashore",
    "2015": "Chattogram",
    "3026-365": "Savar",
    "6090-301": "Shantiganj",
    "6036-495": "Shayestaganj",
    "3026-365-3275": "Ashulia",
    "2019-001-0001": "Subil",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("places") / "places.json"
    build_places(target, OVERLAY)
    return target


@pytest.fixture(scope="module")
def places(file: Path) -> Places:
    return Places.load(file)


def inside(places: Places, depth: int) -> list[Place]:
    found: list[Place] = list(places.children(None))
    for _ in range(depth):
        found = [child for place in found for child in places.children(place.code)]
    return found


def test_the_whole_country_is_there(places: Places) -> None:
    assert [len(inside(places, depth)) for depth in range(4)] == [8, 64, 495, 4529]


def test_no_place_is_lost_between_the_levels(places: Places) -> None:
    assert sum(len(inside(places, depth)) for depth in range(4)) == len(places)
    for place in inside(places, 3):
        assert [above.level for above in places.line(place.code)] == [
            "division",
            "district",
            "upazila",
            "union",
        ]


def test_a_published_code_stays_with_its_place(places: Places) -> None:
    for code, name in PINNED.items():
        assert places.words(code, "en") == name


def test_every_upazila_has_a_union_to_choose(places: Places) -> None:
    assert [place.en for place in inside(places, 2) if places.is_last(place.code)] == []


def test_an_upazila_without_unions_ends_the_question() -> None:
    few = Places(
        [
            Place("30", "division", "ঢাকা", "Dhaka", None),
            Place("3026", "district", "ঢাকা", "Dhaka", "30"),
            Place("3026-365", "upazila", "সাভার", "Savar", "3026"),
        ]
    )
    assert few.children("3026-365") == ()
    assert few.is_last("3026-365")
    assert not few.is_last("3026")
    assert not few.is_last("9999")


def test_old_spellings_still_find_the_place(places: Places) -> None:
    old = {
        "Comilla": "2019",
        "chittagong": "20",
        "Jessore": "4041",
        "Bogra": "5010",
        "দক্ষিণ সুনামগঞ্জ": "6090-301",
        "Barisal": "10",
        "Zianagar": "1079-245",
    }
    for name, code in old.items():
        assert code in {place.code for place in places.named(name)}, name


def test_names_follow_the_readers_language(places: Places) -> None:
    assert places.words("3026-365", "bn") == "সাভার"
    assert places.words("3026-365", "en-GB") == "Savar"
    assert places.words("3026-365", "ccp") == "সাভার"
    assert places.words("nowhere", "bn") == ""


def test_within_means_the_place_itself_or_below(places: Places) -> None:
    assert places.is_within("3026-365-3275", "30")
    assert places.is_within("3026", "3026")
    assert not places.is_within("3026", "3026-365")
    assert not places.is_within("3026-999", "3026")
    assert places.line("3026-999") == ()


def test_divisions_stand_in_the_order_of_the_alphabet(places: Places) -> None:
    assert [place.bn for place in places.children(None)] == [
        "খুলনা",
        "চট্টগ্রাম",
        "ঢাকা",
        "বরিশাল",
        "ময়মনসিংহ",
        "রংপুর",
        "রাজশাহী",
        "সিলেট",
    ]


def test_a_dotted_letter_is_filed_beside_its_plain_one() -> None:
    assert sorted(["ঢাকা", "ড়ক", "ডাক", "ডক"], key=reading_key) == ["ডক", "ড়ক", "ডাক", "ঢাকা"]
    assert sorted(["তা", "ৎক", "তক"], key=reading_key) == ["তক", "তা", "ৎক"]


def test_loading_takes_less_than_a_blink(file: Path) -> None:
    started = time.perf_counter()
    Places.load(file)
    assert time.perf_counter() - started < 0.06
    assert file.stat().st_size < 320_000


def test_a_missing_or_foreign_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Unbuilt, match="python -m portal build"):
        Places.load(tmp_path / "places.json")
    (tmp_path / "places.json").write_text('{"format": 0}')
    with pytest.raises(Unbuilt, match="python -m portal build"):
        Places.load(tmp_path / "places.json")
