"""Questions that services share are written once, asked in each one's words, and published whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.forms.check import problems
from portal.forms.definition import Service
from portal.forms.examples import load_examples
from portal.forms.export import toml_of
from portal.forms.load import DefinitionProblem, digest, load_folder
from tests.forms.making import Country
from tests.making_services import SOURCE, Raw, asked, definition, options, page, words, write_service

PERSON: Raw = {
    "words": {"whose": {"bn": "আপনার", "en": "your"}},
    "steps": [
        {
            "key": "name",
            "questions": [
                {
                    **asked("name", "name", script="bn"),
                    "label": {"bn": "{whose} নাম কী", "en": "What is {whose} name"},
                    "from_registry": {"registry": "nid", "field": "name_bn"},
                }
            ],
        },
        {"key": "has-nid", "questions": [asked("yes_no", "has_nid")]},
        {
            "key": "nid",
            "show_if": {"eq": ["$has_nid", "yes"]},
            "questions": [asked("nid", "nid", sensitivity="high", why=words("To find you."))],
        },
    ],
}
NOMINEE: Raw = {
    "use": "person",
    "prefix": "nominee",
    "section": "one",
    "words": {"whose": {"bn": "নমিনির", "en": "the nominee's"}},
    "change": {"name": {"summary": words("Nominee name")}},
}


def load(tmp_path: Path, raw: Raw, **groups: Raw) -> Service:
    folder = tmp_path / "_groups"
    folder.mkdir(exist_ok=True)
    for name, group in groups.items():
        (folder / f"{name}.toml").write_text(toml_of(group), encoding="utf-8")
    return load_folder(write_service(tmp_path, raw))


def test_a_group_is_asked_of_two_people_under_their_own_keys_and_words(tmp_path: Path) -> None:
    service = load(tmp_path, definition([{"use": "person", "section": "one"}, NOMINEE]), person=PERSON)
    assert [step.key for step in service.steps] == [
        *("name", "has-nid", "nid"),
        *("nominee-name", "nominee-has-nid", "nominee-nid"),
        "home",
    ]
    assert service.question("name").label.words("en") == "What is your name"
    assert service.question("nominee_name").label.words("bn") == "নমিনির নাম কী"
    assert service.question("nominee_name").short.words("en") == "Nominee name"
    rule = service.step("nominee-nid").show_if
    assert rule is not None
    assert rule.questions() == {"nominee_has_nid"}


def test_a_shared_question_is_simply_asked_where_no_registry_is(tmp_path: Path) -> None:
    service = load(tmp_path, definition([{"use": "person", "section": "one"}]), person=PERSON)
    assert service.question("name").from_registry is None


def test_only_some_questions_may_be_used_and_on_a_step_of_the_services_own(tmp_path: Path) -> None:
    whole = page("who", {"use": "person", "only": ["name"], "prefix": "guardian"}, asked("text", "village"))
    whole["title"] = words("Who is it")
    service = load(tmp_path, definition([whole]), person=PERSON)
    assert [one.key for one in service.step("who").questions] == ["guardian_name", "village"]


def test_a_group_may_be_asked_again_and_again(tmp_path: Path) -> None:
    repeat = {"item": words("child"), "title": words("Children")}
    use = {**NOMINEE, "prefix": "child", "repeat": repeat, "leave_out": ["nid"]}
    service = load(tmp_path, definition([use]), person=PERSON)
    first, second, _ = service.steps
    assert first.repeat is not None
    assert second.repeats_with == first.key == "child-name"


def test_a_group_of_a_services_own_needs_no_file(tmp_path: Path) -> None:
    raw = definition([{"use": "person", "section": "one"}], groups=[{"key": "person", **PERSON}])
    assert load(tmp_path, raw).question("nid").kind == "nid"


def test_a_changed_group_does_not_change_what_is_published(tmp_path: Path) -> None:
    raw = definition([{"use": "person", "section": "one"}])
    before = digest(load(tmp_path, raw, person=PERSON))
    changed = {**PERSON, "words": {"whose": {"bn": "তোমার", "en": "thy"}}}
    assert digest(load(tmp_path, raw, person=changed)) != before
    assert digest(load(tmp_path, raw, person=PERSON)) == before


@pytest.mark.parametrize(
    ("use", "says"),
    [
        ({"use": "nobody"}, "there is no group “nobody”; there are: person"),
        ({"use": "person", "title": words("X")}, "a use of a group does not take it"),
        ({"use": "person", "only": ["shoe"]}, "the group has no question “shoe”"),
        ({"document": "shoe", "key": "x"}, "there is no group of papers “shoe”"),
    ],
)
def test_a_use_that_makes_no_sense_is_said_so(tmp_path: Path, use: Raw, says: str) -> None:
    with pytest.raises(DefinitionProblem, match=says):
        load(tmp_path, definition([{"section": "one", **use}]), person=PERSON)


def test_a_word_nobody_gave_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(DefinitionProblem, match=r"give it words: words\.whose"):
        load(tmp_path, definition([{"use": "person"}]), person={"steps": PERSON["steps"]})


AGE: Raw = {
    "key": "age_proof",
    "title": words("Proof of age"),
    "alternatives": options("epi", "school"),
    **SOURCE,
}


def test_one_of_several_papers_will_do_and_having_none_has_a_reason(tmp_path: Path) -> None:
    raw = definition([page("age-proof", document="age_proof")], documents=[AGE])
    service = load(tmp_path, raw)
    assert [one.key for one in service.steps] == ["age-proof", "age-proof-reason", "home"]
    assert [one.code for one in service.question("age_proof").offered] == ["epi", "school", "none"]
    why = service.step("age-proof-reason").show_if
    assert why is not None
    assert why.evaluate({"age_proof": "none"}, SOURCE["verified_on"]) is True
    assert service.documents[0].key == "age_proof"


def test_papers_without_a_source_are_not_published(tmp_path: Path) -> None:
    bare = {name: part for name, part in AGE.items() if name not in SOURCE}
    service = load(tmp_path, definition([page("age-proof", document="age_proof")], documents=[bare]))
    examples = load_examples(tmp_path / "toy_service")
    found = [one for one in problems(service, examples, Country()) if one.where == "documents.age_proof"]
    assert "where this is from" in found[0].message


def test_easy_words_are_words_of_their_own_tag(tmp_path: Path) -> None:
    title = {**words("Toy service"), "easy": "সোজা কথা", "easy_en": "Plain words"}
    service = load(tmp_path, definition([], title=title))
    assert service.title.piece("bn-x-easy").words == "সোজা কথা"
    assert service.title.words("en-x-easy") == "Plain words"
    assert service.who.piece("bn-x-easy").lang == "bn"
