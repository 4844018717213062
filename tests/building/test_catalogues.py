"""Platform words: every one found, the same file every time, and nothing published half translated."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from portal.building.catalogues import catalogue_steps, update_messages, word_problems
from portal.building.steps import run_steps
from portal.settings import ROOT

CODE = '''"""Words in code."""
from portal.i18n.messages import lazy, nlazy
HELLO = lazy("Enter at most {n} characters", n=60)
COUNT = nlazy("{n} result", "{n} results", 3)
'''
TEMPLATE = """{% from "x.html" import y %}<p>{{ _("Continue") }}</p>
{% for one in many %}{% if one %}{% continue %}{% endif %}{% endfor %}
{% trans href=there %}Read <a href="{{ href }}">the rules</a>.{% endtrans %}"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "portal" / "templates").mkdir(parents=True)
    (tmp_path / "portal" / "words.py").write_text(CODE)
    (tmp_path / "portal" / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    update_messages(tmp_path, tmp_path / "locales")
    return tmp_path


def bangla(root: Path) -> Path:
    return root / "locales" / "bn" / "LC_MESSAGES" / "messages.po"


def translate(root: Path, english: str, words: str) -> None:
    path = bangla(root)
    path.write_text(
        path.read_text().replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{words}"')
    )


def test_words_are_found_in_code_and_templates(root: Path) -> None:
    template = (root / "locales" / "messages.pot").read_text()
    for words in ("Enter at most {n} characters", "Continue", "{n} results", "%(href)s"):
        assert words in template


def test_drawing_the_words_again_changes_nothing(root: Path) -> None:
    assert update_messages(root, root / "locales") == ()


def test_a_catalogue_names_no_date_and_no_line(root: Path) -> None:
    text = bangla(root).read_text()
    assert "Date" not in text
    assert "#: portal/words.py\n" in text


def test_english_is_complete_by_itself_and_bangla_waits_for_a_person(root: Path) -> None:
    problems = word_problems(root, root / "locales")
    assert problems
    assert all(problem.startswith("bn: not translated") for problem in problems)


def test_a_translation_survives_new_words(root: Path) -> None:
    translate(root, "Continue", "এগিয়ে যান")
    with (root / "portal" / "words.py").open("a") as code:
        code.write('MORE = lazy("Look again")\n')
    assert "messages.pot" in update_messages(root, root / "locales")
    assert "এগিয়ে যান" in bangla(root).read_text()


def test_new_words_that_nobody_drew_are_a_problem(root: Path) -> None:
    with (root / "portal" / "words.py").open("a") as code:
        code.write('MORE = lazy("Look again")\n')
    assert "messages.pot is not current: run `make messages`" in word_problems(root, root / "locales")


def test_a_translation_with_another_placeholder_is_a_problem(root: Path) -> None:
    translate(root, "Enter at most {n} characters", "সর্বোচ্চ {number} অক্ষর লিখুন")
    problems = word_problems(root, root / "locales")
    assert any("placeholders" in problem and "Enter at most" in problem for problem in problems)


def test_a_template_with_an_error_does_not_lose_its_words_in_silence(root: Path) -> None:
    (root / "portal" / "templates" / "page.html").write_text('{% if %}{{ _("Continue") }}')
    with pytest.raises(Exception, match="Expected an expression"):
        update_messages(root, root / "locales")


def test_compiled_words_are_what_people_read(root: Path) -> None:
    translate(root, "Continue", "এগিয়ে যান")
    build = root / "build"
    run_steps(catalogue_steps(root / "locales", build), build, lambda _words: None)
    with (build / "locales" / "bn" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Continue") == "এগিয়ে যান"
    assert words.gettext("Unheard of") == "Unheard of"
