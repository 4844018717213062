"""Every service in services/ is fit to be published, and its people end where their files say."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.forms.answers import Answers, Value
from portal.forms.check import problems
from portal.forms.definition import Service
from portal.forms.examples import Example, load_examples
from portal.forms.journey import Journey
from portal.forms.load import canonical, load_folder, load_json
from portal.forms.questions import Around, kind_of
from portal.forms.walk import walk
from portal.i18n.locale import Locale
from portal.places.places import Places

SERVICES = Path(__file__).parent.parent.parent / "services"
FOLDERS = sorted(file.parent for file in SERVICES.glob("*/service.toml"))
PEOPLE = [(folder, example) for folder in FOLDERS for example in load_examples(folder)]
PEOPLE_IDS = [f"{folder.name}/{example.name}" for folder, example in PEOPLE]


@pytest.fixture(scope="module")
def places(built: Path) -> Places:
    return Places.load(built / "places.json")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_service_has_no_problems(folder: Path, places: Places) -> None:
    assert [str(problem) for problem in problems(load_folder(folder), load_examples(folder), places)] == []


@pytest.mark.parametrize(("folder", "example"), PEOPLE, ids=PEOPLE_IDS)
def test_a_person_ends_where_the_file_says(folder: Path, example: Example, places: Places) -> None:
    assert walk(load_folder(folder), example, Around(example.on, places)).expect == example.expect


@pytest.mark.parametrize(("folder", "example"), PEOPLE, ids=PEOPLE_IDS)
def test_what_a_person_answered_stands_in_the_controls_again(
    folder: Path, example: Example, places: Places
) -> None:
    service, around = load_folder(folder), Around(example.on, places)
    whole = walk(service, example, around).journey
    things = [item.journey for step in whole.steps if step.repeat for item in whole.items(step)]
    lists = {step.list_key for step in whole.steps if step.repeat}
    for journey in (whole, *things):
        for key, answer in journey.answers.items():
            if key in lists:
                continue
            question = service.question(key)
            kind = kind_of(question)
            again = kind.parse(question, kind.typed(question, answer.value, around), around)
            assert again.value == answer.value


@pytest.mark.parametrize(("folder", "example"), PEOPLE, ids=PEOPLE_IDS)
@pytest.mark.parametrize("code", ["bn", "en"])
def test_check_answers_can_say_every_answer(
    folder: Path, example: Example, code: str, places: Places
) -> None:
    journey = walk(load_folder(folder), example, Around(example.on, places)).journey
    rows = [row for section in journey.summary(Locale(code)) for row in section.rows]
    lists = {step.list_key: journey.items(step) for step in journey.steps if step.repeat}
    told = {(key, item.n) for items in lists.values() for item in items for key in item.journey.answers}
    given = {(row.question, row.item) for row in rows if row.words}
    assert given == {(key, None) for key in journey.answers.keys() - lists.keys()} | told
    assert all(row.label.lang == code for row in rows)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_published_version_is_the_same_service(folder: Path) -> None:
    service = load_folder(folder)
    assert load_json(canonical(service)) == service


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_service_is_in_a_folder_of_its_name_with_a_readme(folder: Path) -> None:
    assert folder.name == load_folder(folder).key.replace("-", "_")
    assert (folder / "README.md").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_services_agency_is_known(folder: Path) -> None:
    agencies = tomllib.loads((SERVICES / "agencies.toml").read_text(encoding="utf-8"))
    assert load_folder(folder).office.agency in agencies


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_an_office_with_a_fee_of_its_own_is_a_real_place(folder: Path, places: Places) -> None:
    service = load_folder(folder)
    for fee in service.fees:
        assert fee.office is None or service.office.level == getattr(places.get(fee.office), "level", None)


def load(name: str) -> Service:
    return load_folder(SERVICES / name)


load_cached = cache(load)


def rows_of(name: str, person: str, places: Places) -> dict[str, tuple[str | None, str | None, str | None]]:
    (example,) = (example for example in load_examples(SERVICES / name) if example.name == person)
    journey = walk(load(name), example, Around(example.on, places)).journey
    sections = journey.summary(Locale("bn"))
    return {row.question: (row.words, row.source, row.registry_words) for one in sections for row in one.rows}


CERTIFICATE = "citizenship_certificate"
CHOICES: dict[str, list[str | int | list[str]]] = {
    "residence": ["union", "municipality", "city", "moon"],
    "identity_document": ["nid", "birth", "none"],
    "nid": ["0012345601", "123", ""],
    "brn": ["20040012166100145"],
    "dob": ["1963-10-24", "2063-10-24", "soon"],
    "consent_nid": ["yes", "no"],
    "certificate_language": ["bn", "en", "both"],
    "name_bn": ["রহিমা", "Rahima"],
    "father": ["আফাজ", ""],
    "mother": ["জমিলা", ""],
    "ward": [4, 44, ""],
    "purpose": [["job"], ["other"], []],
    "purpose_other": ["বিদ্যুৎ"],
    "holding_tax": ["paid"],
}
SOME_ANSWERS = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from(said) for key, said in CHOICES.items()}
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=SOME_ANSWERS)
def test_whatever_was_answered_there_is_one_next_thing_to_do(
    values: dict[str, Value], places: Places
) -> None:
    journey = Journey(load_cached(CERTIFICATE), Answers.typed(values), Around(date(2026, 11, 22), places))
    open_steps = [step for step in journey.steps if journey.is_open(step.key)]
    assert journey.is_complete is (journey.exit is None and journey.frontier is None)
    assert tuple(open_steps) == journey.steps[: len(open_steps)]
    assert journey.frontier is None or journey.frontier == open_steps[-1]
    assert journey.answers.keys() <= values.keys()
    assert all(row.words is None or row.words for one in journey.summary(Locale("bn")) for row in one.rows)


def test_rahima_confirms_what_the_registry_knows_and_types_little(places: Places) -> None:
    rows = rows_of(CERTIFICATE, "rahima-confirms", places)
    assert rows["name_bn"] == ("মোছাঃ রহিমা খাতুন", "registry", None)
    assert rows["ward"] == ("৫", "registry", None)
    assert rows["nid"] == ("০০১২৩৪৫৬০১", "typed", None)
    assert {source for _, source, _ in rows.values()} == {"registry", "typed"}


def test_ayesha_corrects_the_registry_and_both_are_kept(places: Places) -> None:
    rows = rows_of(CERTIFICATE, "ayesha-corrects", places)
    assert rows["father"] == ("মোঃ শাহ জাহান মিয়া", "typed", "মোঃ শাহজাহান")
    assert rows["ward"] == ("৮", "typed", "৭")
    assert rows["mother"][1] == "registry"


def test_bimal_lets_nothing_be_fetched_and_nothing_is(places: Places) -> None:
    rows = rows_of(CERTIFICATE, "bimal-types-it-all", places)
    assert {source for _, source, _ in rows.values()} == {"typed"}


def test_jannatul_leaves_out_what_she_does_not_know(places: Places) -> None:
    rows = rows_of(CERTIFICATE, "jannatul-birth-number", places)
    assert (rows["father"][0], rows["ward"][0]) == (None, None)
    assert not rows.keys() & {"father_en", "nid", "consent_nid"}


def test_a_certificate_in_bangla_asks_for_no_english_names(places: Places) -> None:
    service, around = load(CERTIFICATE), Around(PEOPLE[0][1].on, places)
    for language, asked in (("bn", False), ("en", True), ("both", True)):
        answers = Answers.typed({"certificate_language": language, "father": "ক", "mother": "খ"})
        keys = {step.key for step in Journey(service, answers, around).steps}
        assert {"name-in-english", "father-in-english", "mother-in-english"} <= keys or not asked
        assert ("name-in-english" in keys) is asked


def test_the_cost_is_known_to_differ_by_union(places: Places) -> None:
    service, day = load(CERTIFICATE), PEOPLE[0][1].on
    assert service.fee_range(day) == (0, 100)
    assert service.fee_at("3026-365-3273", day) is None
    assert all(fee.source_url and fee.office_name for fee in service.fees)
