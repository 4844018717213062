"""When and where a service can be had, what it costs whom, how long it takes, and who is told what."""

from __future__ import annotations

from datetime import date

import pytest

from portal.forms.answers import Answer, Answers
from portal.forms.definition import Service
from portal.forms.journey import Journey
from portal.forms.load import DefinitionProblem, canonical, load_json
from portal.forms.questions import Around
from tests.forms.making import AROUND, SOURCE, TODAY, both, options, question, service, step

BORN = question("date", "born")
HOME = question("address", "home")
WORDS = {"title": both("Not here"), "body": both("Elsewhere"), "next": both("Go"), "contest": both("Call")}
SAVAR = {
    "division": "30",
    "district": "3026",
    "upazila": "3026-365",
    "union": "3026-365-3275",
    "landmark": "x",
}
DOHAR = {"division": "30", "district": "3026", "upazila": "3026-369", "landmark": "x"}


def toy(**more: object) -> Service:
    return service([step("born", BORN), step("home", HOME)], **more)


WINDOWS = [
    {"opens": "2026-10-01", "closes": "2026-11-30", "as_of": "2027-06-30"},
    {"opens": "2027-10-01", "closes": "2027-11-30", "as_of": "2028-06-30"},
]


@pytest.mark.parametrize(
    ("day", "is_open", "opens"),
    [
        (date(2026, 9, 30), False, date(2026, 10, 1)),
        (date(2026, 10, 1), True, date(2026, 10, 1)),
        (date(2026, 11, 30), True, date(2026, 11, 30)),
        (date(2026, 12, 1), False, date(2027, 10, 1)),
        (date(2027, 12, 1), False, None),
    ],
)
def test_applications_are_taken_in_windows(day: date, is_open: bool, opens: date | None) -> None:
    asked = toy(windows=WINDOWS)
    assert (asked.is_open_on(day), asked.opens_on(day)) == (is_open, opens)


def test_a_window_may_come_every_month() -> None:
    monthly = toy(windows=[{"from_day": 1, "until_day": 20}])
    assert monthly.is_open_on(date(2026, 11, 20))
    assert not monthly.is_open_on(date(2026, 11, 21))
    assert monthly.opens_on(date(2026, 12, 21)) == date(2027, 1, 1)


def test_ages_count_at_the_windows_own_day() -> None:
    rule = {"lt": [{"age_at": ["$born", "$as_of"]}, 65]}
    exits = [{"key": "young", "when": rule, **WORDS}]
    asked = toy(windows=WINDOWS, exits=exits)
    answers = Answers.typed({"born": "1962-01-01"})
    assert asked.as_of(TODAY) == date(2027, 6, 30)
    assert Journey(asked, answers, AROUND).exit is None
    assert Journey(toy(exits=exits), answers, AROUND).exit is not None


def test_today_is_not_the_day_ages_count_at() -> None:
    rule = {"gt": [{"days_between": ["$born", "$today"]}, 45]}
    asked = toy(windows=WINDOWS, exits=[{"key": "late", "when": rule, **WORDS}])
    assert Journey(asked, Answers.typed({"born": "2026-10-20"}), AROUND).exit is None
    assert Journey(asked, Answers.typed({"born": "2026-10-01"}), AROUND).exit is not None


@pytest.mark.parametrize(
    ("availability", "home", "is_here"),
    [
        ({"everywhere": True}, SAVAR, True),
        ({"in": ["3026-365"], "words": WORDS}, SAVAR, True),
        ({"in": ["3026-365"], "words": WORDS}, DOHAR, False),
        ({"in": ["40", "3026-369"], "words": WORDS}, DOHAR, True),
        ({"out": ["3026-369"], "words": WORDS}, DOHAR, False),
        ({"out": ["40"], "words": WORDS}, DOHAR, True),
    ],
)
def test_a_service_is_there_for_some_places(
    availability: dict[str, object], home: dict[str, str], is_here: bool
) -> None:
    left = Journey(toy(availability=availability), Answers.typed({"home": home}), AROUND).exit
    assert (left is None) is is_here
    assert left is None or left.key == "not-here"


def test_after_the_hard_close_nobody_goes_on() -> None:
    closing = toy(hard_close={"on": "2026-11-22", **WORDS})
    before = Journey(closing, Answers(), Around(date(2026, 11, 21), AROUND.places))
    after = Journey(closing, Answers(), AROUND)
    assert before.exit is None
    assert after.exit is not None
    assert after.exit.key == "closed"
    assert not after.is_open("born")
    assert not after.is_complete


BANDS = [
    {
        "amount": 0,
        "band": both("Young"),
        "when": {"lte": [{"days_between": ["$born", "$today"]}, 45]},
        **SOURCE,
    },
    {
        "amount": 25,
        "band": both("Old"),
        "when": {"gt": [{"days_between": ["$born", "$today"]}, 45]},
        **SOURCE,
    },
]


def test_a_fee_goes_by_band_and_nobody_guesses_while_it_is_not_known() -> None:
    asked = toy(fees=BANDS)
    assert asked.fee_range(TODAY) == (0, 25)
    assert Journey(asked, Answers(), AROUND).fee is None
    young = Journey(asked, Answers.typed({"born": "2026-11-01"}), AROUND).fee
    old = Journey(asked, Answers.typed({"born": "2025-11-01"}), AROUND).fee
    assert (young and young.amount, old and old.amount) == (0, 25)


def test_an_offices_own_time_limit_goes_before_the_usual_one() -> None:
    limits = [{"value": 1, "unit": "days", "office": "3026-365-3275", **SOURCE}]
    asked = toy(time_limits=limits)
    assert Journey(asked, Answers.typed({"home": SAVAR}), AROUND).time_limit.value == 1
    assert Journey(asked, Answers.typed({"home": DOHAR}), AROUND).time_limit.value == 3


def test_a_step_a_registry_has_satisfied_is_not_asked() -> None:
    paper = step(
        "paper",
        question("choice", "paper", options=options("epi", "school")),
        satisfied_by={"registry": "birth", "question": "born"},
    )
    asked = service([step("born", BORN), paper])
    told = {"born": Answer("2020-01-01", "registry", "birth")}
    assert [one.key for one in Journey(asked, Answers(told), AROUND).steps] == ["born"]
    typed = Answers.typed({"born": "2020-01-01"})
    assert [one.key for one in Journey(asked, typed, AROUND).steps] == ["born", "paper"]


def test_an_answer_may_satisfy_a_step_too() -> None:
    paper = step("paper", question("text", "paper"), satisfied_by={"rule": {"answered": "$brn"}})
    asked = service([step("brn", question("brn", "brn", optional=True)), paper])
    has = Answers.typed({"brn": "20040012166100145"})
    assert [one.key for one in Journey(asked, has, AROUND).steps] == ["brn"]
    assert len(Journey(asked, Answers.typed({"brn": ""}), AROUND).steps) == 2


def test_waiting_for_a_place_is_an_outcome_where_places_are_rationed() -> None:
    deliver = {"deliver": [{"to": "x", "service": "y"}], "next": both("We look"), "appeal": both("Call")}
    assert "waiting_for_allocation" not in toy().outcome.states
    assert "waiting_for_allocation" in toy(outcome={**deliver, "flow": "allocation"}).outcome.states


@pytest.mark.parametrize(
    "wrong",
    [
        {"windows": [{"closes": "2026-11-30"}]},
        {"windows": [{"opens": "2026-11-30", "closes": "2026-11-01"}]},
        {"windows": [{"from_day": 1}]},
        {"availability": {"in": ["30"]}},
        {"availability": {"everywhere": True, "in": ["30"], "words": WORDS}},
        {"availability": {"in": ["Dhaka"], "words": WORDS}},
    ],
)
def test_terms_that_say_nothing_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        toy(**wrong)


def test_terms_survive_publishing() -> None:
    asked = toy(
        windows=WINDOWS,
        fees=BANDS,
        availability={"out": ["40"], "words": WORDS},
        hard_close={"on": "2027-01-01", **WORDS},
    )
    assert load_json(canonical(asked)) == asked
    with pytest.raises(DefinitionProblem):
        load_json(canonical(asked).replace(b'"out"', b'"away"'))
