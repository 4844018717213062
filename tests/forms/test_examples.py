"""Examples are people: what they type, how it ends, and nothing a robot would have to guess."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from portal.forms.examples import load_example, load_examples
from portal.forms.load import DefinitionProblem
from tests.forms.making import options, question

FILE = """
expect = "error:dob"
on = 2026-11-22

[person]
about = "Rahima, 63"

[answers]
mobile = "০১৭১২৩৪৫৬০১"
nid = "0012345601"
purpose = ["job", "land"]
dob = { day = "24", month = "১০", year = "1963" }

[registries.nid]
name_bn = "রহিমা"
"""


def write(folder: Path, words: str, name: str = "rahima") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(words, encoding="utf-8")
    return path


def test_a_file_becomes_a_person(tmp_path: Path) -> None:
    example = load_example(write(tmp_path, FILE))
    assert (example.name, example.about, example.on) == ("rahima", "Rahima, 63", date(2026, 11, 22))
    assert (example.ending, example.ends_at) == ("error", "dob")
    assert example.mobile == "০১৭১২৩৪৫৬০১"
    assert example.registries == {"nid": {"name_bn": "রহিমা"}}


def test_answers_stand_in_the_fields_they_are_typed_into(tmp_path: Path) -> None:
    example = load_example(write(tmp_path, FILE))
    assert example.typed(question("nid", "nid")) == {"nid": ("0012345601",)}
    assert example.typed(question("date", "dob"))["dob-month"] == ("১০",)
    assert example.typed(question("choices", "purpose", options=options("job"))) == {
        "purpose": ("job", "land")
    }
    assert example.typed(question("text", "unnamed")) == {}


def test_an_ending_without_a_place_is_an_end(tmp_path: Path) -> None:
    example = load_example(write(tmp_path, FILE.replace("error:dob", "submitted")))
    assert (example.ending, example.ends_at) == ("submitted", None)


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ('expect = "error:dob"', 'expect = "happy"', "begin with expect"),
        ('expect = "error:dob"', "", "begin with expect"),
        ("on = 2026-11-22", 'on = "today"', "the day of the test"),
        ("[answers]", "[typed]", "under [answers]"),
        ('nid = "0012345601"', "nid = 12345601", "“nid”: write words"),
        ('purpose = ["job", "land"]', "purpose = [1]", "“purpose”: write words"),
        ('day = "24"', "day = 24", "“dob”: write words"),
        ("[registries.nid]", "[register.nid]", "“register” is not part of an example"),
        ("[person]", "[[person", "rahima.toml"),
    ],
)
def test_a_mistake_in_an_example_is_named(tmp_path: Path, good: str, bad: str, says: str) -> None:
    assert good in FILE
    with pytest.raises(DefinitionProblem) as raised:
        load_example(write(tmp_path, FILE.replace(good, bad)))
    assert says in str(raised.value)


def test_the_people_of_a_service_come_by_name(tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    for name in ("sumon", "ayesha"):
        write(tmp_path / "examples", FILE, name)
    assert [example.name for example in load_examples(tmp_path)] == ["ayesha", "sumon"]
    assert load_examples(tmp_path / "nowhere") == ()
