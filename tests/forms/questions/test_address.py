"""Addresses: down to the union in rounds, so that a phone without JavaScript gets there."""

from __future__ import annotations

from portal.forms.questions import kind_of
from tests.forms.making import AROUND, BANGLA, ENGLISH, code_of, parse, question

HOME = question("address", "home")
WHOLE = {
    "home-division": "30",
    "home-district": "3026",
    "home-upazila": "3026-365",
    "home-union": "3026-365-3275",
    "home-landmark": "বটতলার পাশে",
}
VALUE = {
    "division": "30",
    "district": "3026",
    "upazila": "3026-365",
    "union": "3026-365-3275",
    "landmark": "বটতলার পাশে",
}


def test_a_whole_address_is_taken_in_one_round() -> None:
    parsed = parse(HOME, WHOLE)
    assert parsed.is_settled
    assert parsed.value == VALUE


def test_level_by_level_the_same_address_is_reached() -> None:
    names = list(WHOLE)
    for rounds in range(1, 4):
        parsed = parse(HOME, {name: WHOLE[name] for name in names[:rounds]})
        assert parsed.more
        assert not parsed.faults
        assert parsed.value == dict(list(VALUE.items())[:rounds])
    assert parse(HOME, {name: WHOLE[name] for name in names[:4]}).more  # the landmark was not on the page yet
    assert parse(HOME, WHOLE).is_settled


def test_nothing_chosen_gets_the_questions_own_words_on_the_division() -> None:
    parsed = parse(HOME, {"home-division": ""})
    assert code_of(parsed) == "missing"
    assert (parsed.faults[0].field, parsed.faults[0].message) == ("home-division", HOME.error)


def test_a_level_that_was_shown_and_left_empty_is_a_mistake_there() -> None:
    parsed = parse(HOME, {"home-division": "30", "home-district": ""})
    assert (parsed.faults[0].field, parsed.faults[0].code) == ("home-district", "missing")
    assert ENGLISH.say(parsed.faults[0].message) == "Choose your district"
    assert parsed.value == {"division": "30"}


def test_changing_the_division_asks_the_levels_below_again_without_blame() -> None:
    parsed = parse(HOME, {**WHOLE, "home-division": "40"})
    assert parsed.more
    assert not parsed.faults
    assert parsed.value == {"division": "40", "landmark": "বটতলার পাশে"}


def test_a_place_that_does_not_exist_is_asked_again_without_blame() -> None:
    for code in ("3026-999", "30", "<script>", "3026-365-3275", "৩০"):
        parsed = parse(HOME, {**WHOLE, "home-upazila": code})
        assert parsed.more
        assert parsed.value == {"division": "30", "district": "3026", "landmark": "বটতলার পাশে"}


def test_a_made_up_division_is_asked_again() -> None:
    assert parse(HOME, {**WHOLE, "home-division": "99"}).faults[0].field == "home-division"


def test_the_landmark_is_asked_for_in_words() -> None:
    parsed = parse(HOME, {**WHOLE, "home-landmark": " \u200b"})
    assert (parsed.faults[0].field, parsed.faults[0].code) == ("home-landmark", "missing")
    assert "village" in ENGLISH.say(parsed.faults[0].message)


def test_a_hostile_or_endless_landmark_is_refused_and_the_places_kept() -> None:
    assert parse(HOME, {**WHOLE, "home-landmark": "a\x00"}).faults[0].code == "unreadable"
    parsed = parse(HOME, {**WHOLE, "home-landmark": "ক" * 121})
    assert parsed.faults[0].code == "too_long"
    assert parsed.value == {key: code for key, code in VALUE.items() if key != "landmark"}


def test_an_upazila_that_lists_no_unions_is_deep_enough() -> None:
    parsed = parse(HOME, {**WHOLE, "home-upazila": "3026-369", "home-union": ""})
    assert parsed.is_settled
    assert parsed.value == {
        "division": "30",
        "district": "3026",
        "upazila": "3026-369",
        "landmark": "বটতলার পাশে",
    }


def test_a_question_down_to_the_district_stops_there() -> None:
    asked = question("address", "home", level="district")
    assert kind_of(asked).fields(asked) == ("home-division", "home-district", "home-landmark")
    assert parse(asked, WHOLE).value == {"division": "30", "district": "3026", "landmark": "বটতলার পাশে"}


def test_an_optional_address_may_be_skipped() -> None:
    assert parse(question("address", "home", optional=True), {}).value == ""


def test_a_kept_address_stands_in_its_controls_again() -> None:
    kind = kind_of(HOME)
    assert kind.typed(HOME, VALUE, AROUND) == {name: (said,) for name, said in WHOLE.items()}
    assert kind.parse(HOME, kind.typed(HOME, VALUE, AROUND), AROUND).value == VALUE


def test_half_an_address_is_not_an_answer() -> None:
    kind = kind_of(HOME)
    assert not kind.parse(HOME, kind.typed(HOME, {"division": "30"}, AROUND), AROUND).is_settled


def test_an_address_is_shown_from_the_nearest_outward() -> None:
    shown = kind_of(HOME).show(HOME, VALUE, ENGLISH, AROUND)
    assert shown == "বটতলার পাশে, Ashulia union, Savar upazila, Dhaka district, Dhaka division"
    assert "সাভার upazila" in kind_of(HOME).show(HOME, VALUE, BANGLA, AROUND)


def test_each_piece_of_an_address_is_marked_with_its_language() -> None:
    pieces = kind_of(HOME).parts(HOME, VALUE, ENGLISH, AROUND)
    assert [piece.lang for piece in pieces] == ["bn", "en"]
    assert kind_of(HOME).lang(HOME, VALUE, ENGLISH) is None
    assert kind_of(HOME).lang(HOME, VALUE, BANGLA) == "bn"
