"""An owner is told the file and the line, also of what a group brought."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.forms.lines import line_of
from portal.forms.load import DefinitionProblem, load_folder
from portal.running.preparing import accept_words, check_folders
from portal.settings import Settings
from tests.making_services import asked, definition, page, write_service

TOML = """\
schema = 1
key = "toy"

[title]
bn = "খেলনা"
en = "Toy"

[[steps]]
key = "name"
section = "one"

[[steps.questions]]
key = "name_bn"
kind = "name"
hint = { bn = "ক", en = "A" }

[[steps.questions]]
key = "name_en"

[[steps]]
use = "person"
prefix = "nominee"

[[exits]]
key = "city"
when = { eq = ["$a", "b"] }

[[fees]]
amount = 0

[[fees]]
amount = 5
note = { bn = "ক" }
"""


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("schema", 1),
        ("title", 4),
        ("title.en", 6),
        ("steps.name", 8),
        ("steps.name.section", 10),
        ("steps.name.questions.name_bn", 12),
        ("steps.name.questions.name_bn.hint", 15),
        ("steps.name.questions.name_en.label", 17),
        ("steps.nominee-nid.questions.nominee_nid", 20),
        ("exits.city.when", 26),
        ("fees.1.note", 33),
        ("fees.0", 28),
    ],
)
def test_the_line_of_a_part_is_found(where: str, line: int) -> None:
    assert line_of(TOML, where) == line


def test_a_part_that_is_nowhere_has_no_line() -> None:
    assert line_of(TOML, "outcome.next") is None


def test_a_mistake_in_a_file_names_its_line(tmp_path: Path) -> None:
    folder = write_service(tmp_path, definition([page("story", asked("text", "story"))]))
    file = folder / "service.toml"
    file.write_text(file.read_text("utf-8").replace('kind = "text"', 'kind = "novel"'), "utf-8")
    with pytest.raises(DefinitionProblem) as found:
        load_folder(folder)
    [said] = found.value.lines
    number = int(said.split(":")[1])
    assert "novel" in file.read_text("utf-8").splitlines()[number - 1]


def test_the_command_says_what_is_wrong_in_both_languages(tmp_path: Path, built: Path) -> None:
    raw = definition([page("story", asked("text", "story", hint={"bn": "দেখুন।", "en": "Look."}))])
    folder = write_service(tmp_path, raw, {"story": "x"})
    settings = Settings(build=built, services=tmp_path)
    english = check_folders(settings, [folder])
    bangla = check_folders(settings, [folder], "bn")
    assert all("service.toml:" in line and "full stop" in line for line in english)
    assert len(english) == len(bangla) == 2
    assert all("দাঁড়ি" in line for line in bangla)


def test_words_once_looked_at_are_asked_for_again_when_their_source_changes(
    tmp_path: Path, built: Path
) -> None:
    folder = write_service(tmp_path, definition([]))
    settings = Settings(build=built, services=tmp_path)
    accept_words([folder])
    assert check_folders(settings, [folder]) == ()
    file = folder / "service.toml"
    file.write_text(file.read_text("utf-8").replace('bn = "কথা', 'bn = "নতুন কথা', 1), "utf-8")
    [line] = check_folders(settings, [folder])
    assert "older than the Bangla ones" in line
