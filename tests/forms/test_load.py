"""A definition reads the same from its file and its published JSON; what cannot be read says where."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from portal.forms.load import DefinitionProblem, canonical, digest, load_folder, load_json
from tests.forms.making import both, options, question, service, step

TOY = service(
    [
        step("area", question("choice", "area", options=options("union", "city"))),
        step("ward", question("number", "ward"), show_if={"in": ["$area", ["union"]]}),
    ]
)
FILE = """
schema = 1
key = "toy"
assurance = 0
category = "toys"
pictogram = "document"
title = { bn = "খেলনা", en = "Toy" }
summary = { bn = "খেলনা", en = "A toy" }
who = { bn = "সবাই", en = "Anyone" }
agency_words = { bn = "অফিস", en = "Office" }
declaration = { bn = "সত্য", en = "True" }
office = { agency = "lgd", level = "union", place = "home" }
time_limit = { value = 3, unit = "days", source_url = "https://office.example", verified_on = 2026-11-22 }
sections = [{ key = "one", title = { bn = "এক", en = "One" } }]

[[steps]]
key = "ward"
section = "one"

[[steps.questions]]
key = "ward"
kind = "number"
label = { bn = "ওয়ার্ড?", en = "Ward?" }

[outcome]
deliver = [{ to = "toy", service = "applications" }]
next = { bn = "দেখব", en = "We look" }
appeal = { bn = "ফোন", en = "Call" }
"""


def write(folder: Path, words: str) -> Path:
    (folder / "service.toml").write_text(words, encoding="utf-8")
    return folder


def test_a_file_becomes_a_service(tmp_path: Path) -> None:
    read = load_folder(write(tmp_path, FILE))
    assert read.question("ward").kind == "number"
    assert read.step_of("ward").key == "ward"
    assert read.title.words("bn") == "খেলনা"


def test_the_published_json_is_the_same_service() -> None:
    assert load_json(canonical(TOY)) == TOY
    assert canonical(load_json(canonical(TOY))) == canonical(TOY)


def test_the_identity_does_not_depend_on_how_the_file_is_laid_out(tmp_path: Path) -> None:
    one = load_folder(write(tmp_path, FILE))
    turned = FILE.replace('{ bn = "খেলনা", en = "Toy" }', '{ en = "Toy", bn = "খেলনা" }').replace("= ", " =   ")
    assert digest(load_folder(write(tmp_path, turned))) == digest(one)


def test_the_identity_does_not_depend_on_composed_letters(tmp_path: Path) -> None:
    one = digest(load_folder(write(tmp_path, FILE.replace("খেলনা", "য\u09bc"))))
    assert digest(load_folder(write(tmp_path, FILE.replace("খেলনা", "\u09df")))) == one


def test_any_changed_word_is_another_version(tmp_path: Path) -> None:
    one = load_folder(write(tmp_path, FILE))
    assert digest(load_folder(write(tmp_path, FILE.replace("Ward?", "Which ward?")))) != digest(one)


def test_defaults_are_not_part_of_the_identity(tmp_path: Path) -> None:
    one = load_folder(write(tmp_path, FILE))
    spelled_out = FILE.replace('kind = "number"', 'kind = "number"\noptional = false')
    assert digest(load_folder(write(tmp_path, spelled_out))) == digest(one)


def test_canonical_json_is_sorted_and_tight() -> None:
    text = canonical(TOY).decode()
    assert json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text


def test_the_identity_of_a_known_service_stays(tmp_path: Path) -> None:
    """Published versions are found by this hash: if it moves, drafts lose their form."""
    known = "5a06aafce051beaf0880856d2c688cd532d30e394c8f3583dd81bee9b98d1524"
    assert digest(load_folder(write(tmp_path, FILE))) == known


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ('kind = "number"', 'kind = "slider"', "steps.ward.questions.ward.kind"),
        ('label = { bn = "ওয়ার্ড?", en = "Ward?" }', 'label = "Ward?"', "write words by language"),
        ('label = { bn = "ওয়ার্ড?", en = "Ward?" }', 'label = { bn = "" }', "at least one language"),
        ('label = { bn = "ওয়ার্ড?", en = "Ward?" }', 'label = { Bangla = "ওয়ার্ড?" }', "language tag"),
        ('kind = "number"', 'kind = "number"\ncolour = "red"', "colour"),
        ('key = "toy"', 'key = "Toy_1"', "key"),
        ("assurance = 0", "assurance = 3", "assurance"),
        ("https://office.example", "http://office.example", "source_url"),
        ("verified_on = 2026-11-22", 'verified_on = "lately"', "verified_on"),
        ('section = "one"\n', 'section = "one"\nshow_if = { like = ["$ward", 1] }\n', "not an operator"),
        ("schema = 1", "schema = 2", "schema"),
        ("schema = 1", "schema = = 1", "service.toml"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, good: str, bad: str, says: str) -> None:
    assert good in FILE
    with pytest.raises(DefinitionProblem) as raised:
        load_folder(write(tmp_path, FILE.replace(good, bad)))
    assert says in str(raised.value)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    twice = FILE.replace("assurance = 0", "assurance = 9").replace('kind = "number"', 'kind = "slider"')
    with pytest.raises(DefinitionProblem) as raised:
        load_folder(write(tmp_path, twice))
    assert len(raised.value.lines) == 2


def test_a_folder_without_a_definition_says_so(tmp_path: Path) -> None:
    with pytest.raises(DefinitionProblem, match=r"service\.toml"):
        load_folder(tmp_path)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"\xff", b'{"schema":1}'])
def test_a_published_version_that_is_none_is_refused(raw: bytes) -> None:
    with pytest.raises(DefinitionProblem):
        load_json(raw)


def test_a_definition_never_changes() -> None:
    with pytest.raises(ValueError, match="frozen"):
        TOY.key = "other"
    with pytest.raises(AttributeError):
        TOY.title._words = ()


def test_fees_are_known_by_office_and_by_day() -> None:
    source = {"source_url": "https://office.example", "verified_on": "2026-11-22"}
    fees = [
        {"amount": 100, "office": "3026-365-3275", "office_name": both("Ashulia"), **source},
        {"amount": 20, "office_name": both("Somewhere"), **source},
        {"amount": 0, "valid_until": "2025-12-31", **source},
    ]
    priced = service([step("use", question("text", "use"))], fees=fees)
    today, earlier = date(2026, 11, 22), date(2025, 1, 1)
    assert priced.fee_range(today) == (20, 100)
    assert priced.fee_range(earlier) == (0, 100)
    own, elsewhere = priced.fee_at("3026-365-3275", today), priced.fee_at("40", earlier)
    assert own is not None
    assert own.amount == 100
    assert priced.fee_at("40", today) is None
    assert elsewhere is not None
    assert elsewhere.amount == 0
