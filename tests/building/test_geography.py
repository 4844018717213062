"""The geography the build makes from the package and our overlay."""

import json
import shutil
import unicodedata
from pathlib import Path

import pytest

from portal.building.geography import WrongGeography, build_places, clean
from portal.places import Place, Places

OVERLAY = Path(__file__).resolve().parents[2] / "services" / "geo"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("geography") / "places.json"
    build_places(target, OVERLAY)
    return target


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """A copy of our overlay, free to be spoilt."""
    return Path(shutil.copytree(OVERLAY, tmp_path / "geo"))


def names(built: Path) -> list[str]:
    rows = json.loads(built.read_text(encoding="utf-8"))["places"]
    return [name for row in rows for name in row[1:]]


def append(overlay: Path, words: str) -> None:
    """Put a line into the correction file's lists."""
    path = overlay / "corrections.toml"
    text = path.read_text(encoding="utf-8")
    head, list_name, tail = text.partition(words.partition("\n")[0])
    assert list_name, f"no {words!r} in the overlay"
    path.write_text(head + words + tail, encoding="utf-8")


def test_a_second_build_changes_nothing(built: Path) -> None:
    assert build_places(built, OVERLAY) is False


def test_every_name_is_composed_visible_and_tidy(built: Path) -> None:
    for name in names(built):
        assert name == unicodedata.normalize("NFC", name), ascii(name)
        assert name == " ".join(name.split()), ascii(name)
        assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn") for sign in name), ascii(name)


def test_bangla_names_are_bangla_and_english_names_are_latin(built: Path) -> None:
    for _, bn, en, *_ in json.loads(built.read_text(encoding="utf-8"))["places"]:
        assert all("\u0980" <= sign <= "\u09ff" or sign in " .-()" for sign in bn), bn
        assert en.isascii(), en
        assert not any(sign.isdigit() for sign in bn + en), (bn, en)


def test_no_two_places_of_one_parent_read_alike(built: Path) -> None:
    places = Places.load(built)
    for place in every(places):
        inside = places.children(place.code)
        assert len({child.bn for child in inside}) == len(inside), place
        assert len({child.en for child in inside}) == len(inside), place


def every(places: Places, code: str | None = None) -> list[Place]:
    return [found for child in places.children(code) for found in (child, *every(places, child.code))]


def test_unions_have_left_the_upazilas_that_lost_them(built: Path) -> None:
    places = Places.load(built)
    for old, lost in {"Cumilla Sadar South": "Bagmara (North)", "Patiya": "Juldha"}.items():
        (upazila,) = [place for place in places.named(old) if place.level == "upazila"]
        assert lost not in {union.en for union in places.children(upazila.code)}


def test_newer_upazilas_have_their_unions(built: Path) -> None:
    places = Places.load(built)
    expected = {"Guimara": 3, "Naldanga": 5, "Eidgaon": 5, "Madhyanagar": 4, "Dasar": 5, "Shayestaganj": 3}
    for name, count in expected.items():
        (upazila,) = [place for place in places.named(name) if place.level == "upazila"]
        assert len(places.children(upazila.code)) == count, name


def test_a_correction_of_another_place_stops_the_build(overlay: Path, tmp_path: Path) -> None:
    append(overlay, 'union = [\n  { row = 1, was = "Elsewhere", en = "Subil" },')
    with pytest.raises(WrongGeography, match="row 1 was 'Elsewhere', the package has 'Subil'"):
        build_places(tmp_path / "places.json", overlay)


def test_an_added_union_in_no_upazila_stops_the_build(overlay: Path, tmp_path: Path) -> None:
    append(
        overlay, 'add = [\n  { level = "union", row = 9999, parent = 888, en = "Nowhere", bn = "কোথাও না" },'
    )
    with pytest.raises(WrongGeography, match="Nowhere lies in nothing"):
        build_places(tmp_path / "places.json", overlay)


def test_a_place_that_is_there_twice_stops_the_build(overlay: Path, tmp_path: Path) -> None:
    append(overlay, 'add = [\n  { level = "union", row = 9999, parent = 1, en = "Subil", bn = "সুবিল" },')
    with pytest.raises(WrongGeography, match="সুবিল Subil is there twice"):
        build_places(tmp_path / "places.json", overlay)


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("\u09b6\u09be\u09b9\u09b0\u09be\u09b8\u09cd\u09a4\u09bf\t", "শাহরাস্তি"),
        ("\u09ac\u09cd\u09b0\u09be\u200f\u09b9\u09cd\u09ae\u09a8\u09cd\u09a6\u09c0", "ব্রাহ্মন্দী"),
        ("  তুলশী  গংগা ", "তুলশী গংগা"),
        ("\u09ac\u0997\u09c1\u09dc\u09be", "\u09ac\u0997\u09c1\u09a1\u09bc\u09be"),
        ("\u09b0\u200d\u09cd\u09af\u09be\u09ac", "\u09b0\u200d\u09cd\u09af\u09be\u09ac"),
    ],
)
def test_debris_goes_and_meaning_stays(raw: str, tidy: str) -> None:
    assert clean(raw) == tidy
