"""The judge finds each seeded problem, points at it, and finds none in a good definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.forms.check import Problem, problems
from portal.forms.checks.versions import fingerprints, stale
from portal.forms.definition import Service
from portal.forms.examples import Example
from portal.i18n.locale import load_locales
from portal.i18n.messages import lazy
from tests.forms.making import SOURCE, Country, both

HOME = {
    "division": "30",
    "district": "3026",
    "upazila": "3026-365",
    "union": "3026-365-3275",
    "landmark": "x",
}
Raw = dict[str, Any]


def words(said: str) -> dict[str, str]:
    return {"bn": f"{said} ক", "en": said}


def asked(kind: str, key: str, **more: object) -> Raw:
    return {
        "key": key,
        "kind": kind,
        "label": words(f"What is {key}?"),
        "summary": words(key),
        "error": words(f"Enter {key}"),
        **more,
    }


def page(key: str, *questions: Raw, **more: object) -> Raw:
    return {"key": key, "section": "one", "questions": list(questions), **more}


def registry() -> Raw:
    return {
        "key": "nid",
        "service": "nid/verify",
        "provider": words("Registry"),
        "purpose": "identity_verification",
        "purpose_words": words("To fill this in"),
        "consent": "consent",
        "match": {"nid": "nid"},
        "fields": ["name_en"],
    }


def steps() -> list[Raw]:
    yes_no = [{"code": "yes", "label": words("Yes")}, {"code": "no", "label": words("No")}]
    areas = [
        {"code": "union", "label": words("Union"), "hint": words("A village")},
        {"code": "city", "label": words("City")},
    ]
    return [
        page("area", asked("choice", "area", options=areas, hint=words("As on the receipt"))),
        page("nid", asked("nid", "nid", sensitivity="high", why=words("To find you."))),
        page("consent", asked("choice", "consent", options=yes_no)),
        page(
            "name",
            asked("name", "name", script="en", from_registry={"registry": "nid", "field": "name_en"}),
        ),
        page("home", asked("address", "home")),
        page(
            "ward",
            asked("number", "ward", minimum=1, maximum=9),
            show_if={"eq": ["$area", "union"]},
            section="two",
        ),
    ]


def good() -> Raw:
    """A definition with one of everything and nothing wrong; tests break one thing each."""
    return {
        "schema": 1,
        "key": "toy",
        "assurance": 1,
        "title": words("Toy"),
        "summary": words("A toy."),
        "who": words("Anyone."),
        "category": "toys",
        "pictogram": "document",
        "agency_words": words("Office"),
        "office": {"agency": "lgd", "level": "union", "place": "home"},
        "fees": [{"amount": 0, **SOURCE}],
        "time_limit": {"value": 3, "unit": "working_days", **SOURCE},
        "sections": [{"key": "one", "title": words("One")}, {"key": "two", "title": words("Two")}],
        "registries": [registry()],
        "steps": steps(),
        "exits": [
            {
                "key": "city",
                "when": {"eq": ["$area", "city"]},
                "title": words("City"),
                "body": words("Not here."),
                "next": words("Go there."),
                "contest": words("Call 333."),
            }
        ],
        "declaration": words("It is true."),
        "outcome": {
            "deliver": [{"to": "toy", "service": "applications"}],
            "next": words("We look."),
            "appeal": words("Call 333."),
        },
    }


def person(who: str, expect: str, /, **answers: str | list[str] | dict[str, str]) -> Example:
    return Example(who, expect, date(2026, 11, 22), f"{who}, a neighbour", answers, Path(f"{who}.toml"))


FULL: Mapping[str, Any] = {
    "mobile": "01712345678",
    "area": "union",
    "nid": "0012345601",
    "consent": "no",
    "name": "Rahima",
    "home": HOME,
    "ward": "4",
}
PEOPLE = (
    person("rahima", "submitted", **FULL),
    person("sumon", "submitted", **{**FULL, "ward": "৯"}),
    person("kamal", "exit:city", area="city"),
    person("karim", "error:nid", area="union", nid="123"),
)


def find(raw: Raw, people: tuple[Example, ...] = PEOPLE) -> list[Problem]:
    return problems(Service.model_validate(raw), people, Country())


def test_a_good_definition_has_no_problems() -> None:
    assert find(good()) == []


def question(raw: Raw, step: int) -> Raw:
    found: Raw = raw["steps"][step]["questions"][0]
    return found


def breaking(path: str, value: object) -> Callable[[Raw], None]:
    """Set the part at `path`, steps and lists by number."""

    def change(raw: Raw) -> None:
        *way, last = path.split(".")
        part: Any = raw
        for name in way:
            part = part[int(name)] if name.isdigit() else part[name]
        part[int(last) if last.isdigit() else last] = value

    return change


AREA, NID, CONSENT, NAME, PLACE, WARD = (f"steps.{number}.questions.0" for number in range(6))
LONG = " ".join(["word"] * 26)
SEEDED = [
    # words
    ("title", {"bn": "খেলনা"}, "title", "English words are missing"),
    (
        f"{AREA}.options.0.label",
        {"en": "Union"},
        "steps.area.questions.area.options.union.label",
        "Bangla words are",
    ),
    (f"{AREA}.hint", both("See https://x.example"), "questions.area.hint", "link"),
    (f"{AREA}.hint", {"bn": "রশিদে আছে। দেখুন", "en": "On it"}, "questions.area.hint", "one short sentence"),
    (f"{AREA}.hint", words("On the receipt."), "questions.area.hint", "full stop"),
    (f"{AREA}.options.0.hint", {"bn": "গ্রাম।", "en": "Village"}, "questions.area.hint", "full stop"),
    (f"{AREA}.hint", words("x" * 91), "questions.area.hint", "shorten"),
    (f"{AREA}.hint", {"bn": "খ", "en": "What is area?"}, "questions.area.hint", "repeats the question"),
    (f"{AREA}.error", both("This field is required"), "questions.area.error", "say what to do"),
    (f"{AREA}.error", {"bn": "এই ঘরটি আবশ্যক", "en": "Choose"}, "questions.area.error", "say what to do"),
    (f"{AREA}.error", None, "questions.area", "say what to do when it is left empty"),
    (f"{AREA}.summary", None, "questions.area", "short name"),
    ("who", words(LONG), "who", "26 words"),
    (f"{NID}.label", words("What is area?"), "steps.nid", "same heading"),
    ("steps.1.title", words("What is nid?"), "steps.nid.title", "repeats its question"),
    # keys
    ("steps.1.key", "area", "steps.area", "used 2 times"),
    (f"{NID}.key", "area", "questions.area", "used 2 times"),
    ("sections.1.key", "one", "sections.one", "used 2 times"),
    ("steps.1.key", "check", "steps.check", "has a page of that name"),
    ("steps.1.key", "sign-in", "steps.sign-in", "has a page of that name"),
    (f"{NID}.key", "mobile", "questions.mobile", "the portal uses that name"),
    (f"{NID}.key", "action", "questions.action", "the portal uses that name"),
    ("steps.5.section", "three", "steps.ward.section", "no section"),
    ("steps.1.section", "two", "sections", "keep the steps of a section together"),
    ("steps.5.section", "one", "sections.two", "no step is in this section"),
    # questions
    (f"{WARD}.options", [{"code": "a", "label": both("A")}], "questions.ward.options", "does not take it"),
    (f"{NID}.script", "bn", "questions.nid.script", "does not take it"),
    (f"{AREA}.options", [{"code": "union", "label": both("A")}], "questions.area.options", "at least two"),
    (f"{AREA}.options.1.code", "union", "questions.area.options.union", "used 2 times"),
    (f"{AREA}.options.1.label", words("Union"), "questions.area.options", "nobody can tell them apart"),
    (f"{WARD}.minimum", 10, "questions.ward", "at least 10 and at most 9"),
    (f"{NAME}.script", None, "questions.name", "which letters"),
    (f"{NID}.why", None, "questions.nid", "why it is asked"),
    # rules
    ("steps.5.show_if", {"eq": ["$aera", "union"]}, "steps.ward.show_if", "no question “aera”"),
    ("steps.0.show_if", {"answered": "$ward"}, "steps.area.show_if", "asked later"),
    ("steps.5.show_if", {"answered": "$ward"}, "steps.ward.show_if", "on the same page"),
    ("steps.5.show_if", {"eq": ["$area", "village"]}, "steps.ward.show_if", "no option “village”"),
    ("steps.5.show_if", {"in": ["$area", ["union", "hill"]]}, "steps.ward.show_if", "no option “hill”"),
    ("steps.5.show_if", {"lt": ["$area", 3]}, "steps.ward.show_if", "has no order"),
    (
        "steps.5.show_if",
        {"answered": "$area.union"},
        "steps.ward.show_if",
        "only an address, an account or a name",
    ),
    (
        "steps.5.show_if",
        {"all": [{"eq": ["$area", "union"]}, {"eq": ["$area", "city"]}]},
        "steps.ward",
        "no answers lead to this step",
    ),
    ("exits.0.when", {"lt": ["2020-01-01", "$as_of"]}, "exits.city.when", "depends on no answer"),
    (
        "exits.0.when",
        {"all": [{"eq": ["$area", "city"]}, {"ne": ["$area", "city"]}]},
        "exits.city",
        "no answers lead to this exit",
    ),
    # sources
    ("registries.0.consent", "ward2", "registries.nid.consent", "no question “ward2”"),
    ("registries.0.consent", "area", "registries.nid.consent", "a choice of yes and no"),
    (f"{CONSENT}.optional", True, "registries.nid.consent", "silence is no consent"),
    ("registries.0.match", {"nid": "number"}, "registries.nid.match", "no question “number”"),
    ("registries.0.fields", ["name_en", "sex"], "registries.nid.fields", "“sex” answers no question"),
    ("registries.0.fields", ["sex"], "registries.nid.fields", "wants “name_en”, which is not fetched"),
    (f"{NAME}.from_registry", {"registry": "tax", "field": "name_en"}, "questions.name", "no registry “tax”"),
    (
        f"{AREA}.from_registry",
        {"registry": "nid", "field": "name_en"},
        "questions.area",
        "before the registry can",
    ),
    ("registries.0.fields", ["name_en", "ward"], "questions.ward", "already gives it"),
    ("office.place", "ward", "office.place", "must be an address question"),
    ("office.place", "nowhere", "office.place", "must be an address question"),
    (f"{PLACE}.level", "district", "office.place", "down to the union"),
    ("fees", [], "fees", "what it costs"),
    # terms
    ("fees.0.when", {"eq": ["$area", "union"]}, "fees.0", "whom it is for"),
    ("fees.0.when", {"eq": ["$aera", "union"]}, "fees.0.when", "no question “aera”"),
    ("people", {"question": "who"}, "people.question", "no question “who”"),
    ("people", {"question": "area", "self": "me"}, "people.self", "no option “me”"),
    (
        "documents",
        [{"key": "area", "title": words("P"), "alternatives": [{"code": "a", "label": words("A")}]}],
        "documents.area",
        "when it was checked",
    ),
    (
        "documents",
        [{"key": "proof", "title": words("P"), "alternatives": [], **SOURCE}],
        "documents.proof",
        "No step asks for it",
    ),
    # plainness
    ("who", words("Furnish the paper"), "who", "say “give”"),
    ("who", {"bn": "অত্র অফিসে আসুন", "en": "Come"}, "who", "say “এই”"),
    (f"{NID}.label", words("e.g. 123"), "questions.nid.label", "is an example"),
    (f"{NID}.label", {"bn": "যেমন ১২৩", "en": "Number"}, "questions.nid.label", "is an example"),
    (f"{NID}.key", "father_nid", "questions.father_nid", "may not know"),
    (f"{AREA}.why", words("word. " * 2000), "steps.area", "ask less at once"),
    # repeats
    (
        "steps.0.repeat",
        {"item": words("X"), "title": words("Xs")},
        "steps.area",
        "kept under “area”",
    ),
    ("steps.5.repeats_with", "area", "steps.ward", "right after the step “area”"),
    (
        "steps.3.repeat",
        {"item": words("X"), "title": words("Xs")},
        "questions.name",
        "a registry cannot fill what repeats",
    ),
    (f"{NID}.unknown_day", True, "questions.nid.unknown_day", "does not take it"),
    ("exits.0.key", "not-here", "exits.not-here", "has a page of that name"),
]


@pytest.mark.parametrize(("path", "value", "where", "message"), SEEDED, ids=lambda part: str(part)[:40])
def test_a_seeded_problem_is_found_where_it_is(path: str, value: object, where: str, message: str) -> None:
    raw = good()
    breaking(path, value)(raw)
    found = find(raw)
    assert any(where in problem.where and message.lower() in problem.message.lower() for problem in found), (
        found
    )


def test_several_answers_are_not_compared_with_one() -> None:
    raw = good()
    question(raw, 0)["kind"] = "choices"
    assert any("has several answers" in problem.message for problem in find(raw))


def test_a_step_only_reached_through_an_unreachable_one_is_found() -> None:
    raw = good()
    raw["steps"][2]["show_if"] = {"eq": ["$area", "union"]}
    raw["steps"][5]["show_if"] = {"all": [{"eq": ["$area", "city"]}, {"eq": ["$consent", "yes"]}]}
    assert any(problem.where == "steps.ward" for problem in find(raw))


def test_fewer_than_four_examples_are_too_few() -> None:
    assert any("at least 4" in problem.message for problem in find(good(), PEOPLE[:3]))


def test_somebody_must_get_to_the_end() -> None:
    assert any("Nobody gets to the end" in problem.message for problem in find(good(), (PEOPLE[2],) * 4))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (person("rahima", "exit:city", **FULL), "should end “exit:city” but ends “submitted”"),
        (person("rahima", "submitted", **{**FULL, "ward": "12"}), "ends “error:ward”"),
        (person("rahima", "submitted", **{**FULL, "area": "city"}), "ends “exit:city”"),
        (person("rahima", "submitted", **FULL, colour="red"), "answers “colour”, which is not asked"),
    ],
)
def test_an_example_that_ends_elsewhere_is_found(wrong: Example, says: str) -> None:
    found = find(good(), (wrong, *PEOPLE))
    assert any(says.lower() in problem.message.lower() for problem in found), found


def test_a_key_never_changes_its_kind() -> None:
    before = Service.model_validate(good())
    raw = good()
    question(raw, 0)["kind"] = "choices"
    raw["steps"][5]["show_if"] = {"in": ["union", "$area"]}
    raw["exits"][0]["when"] = {"in": ["city", "$area"]}
    found = problems(Service.model_validate(raw), PEOPLE, None, before)
    assert any("was of kind choice" in problem.message for problem in found)


def test_a_translation_older_than_its_source_is_found() -> None:
    seen = fingerprints(Service.model_validate(good()))
    raw = good()
    raw["title"] = {**raw["title"], "bn": "নতুন কথা"}
    assert [one.where for one in stale(Service.model_validate(raw), seen)] == ["title"]
    raw["title"] = {"bn": "নতুন কথা", "en": "New words"}
    assert list(stale(Service.model_validate(raw), seen)) == []


def test_every_problem_can_be_said_in_bangla(built: Path) -> None:
    bangla = load_locales(built)["bn"]
    for path, value, *_ in SEEDED:
        raw = good()
        breaking(str(path), value)(raw)
        for problem in find(raw):
            said = bangla.say(problem.said)
            assert said != problem.message, problem
            assert any("\u0980" <= sign <= "\u09ff" for sign in said)


def test_a_problem_reads_as_a_line() -> None:
    assert str(Problem("steps.nid", lazy("Mend {n}", n=2))) == "steps.nid: Mend 2"
