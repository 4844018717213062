"""A known defect is forgiven in its place until its day, and not a day longer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from accessibility.assertion import Assertion, Subject
from accessibility.exceptions import FILE, BadExceptions, expired, load_exceptions

ENTRY = """[[defect]]
criterion = "1.4.3"
test = "color-contrast"
where = "/(bn|en)/status"
reason = "the grey of the state line"
owner = "web"
expires = 2026-11-30
"""


def failure(path: str, test: str = "color-contrast") -> Assertion:
    subject = Subject(f"http://127.0.0.1{path}", "bn")
    return Assertion("1.4.3", test, subject, "failed", "p", "too faint", "axe-core", "4.10.2")


def write(tmp_path: Path, words: str) -> Path:
    path = tmp_path / "exceptions.toml"
    path.write_text(words, encoding="utf-8")
    return path


def test_a_known_defect_is_forgiven_only_there_and_only_until_its_day(tmp_path: Path) -> None:
    (known,) = load_exceptions(write(tmp_path, ENTRY))
    assert known.covers(failure("/bn/status"), date(2026, 11, 30))
    assert not known.covers(failure("/bn/status"), date(2026, 12, 1))
    assert not known.covers(failure("/bn/about"), date(2026, 11, 30))
    assert not known.covers(failure("/bn/status", "link-name"), date(2026, 11, 30))


def test_an_entry_past_its_day_is_said_aloud(tmp_path: Path) -> None:
    known = load_exceptions(write(tmp_path, ENTRY))
    assert expired(known, date(2026, 11, 30)) == []
    assert "expired on 2026-11-30" in expired(known, date(2026, 12, 1))[0]


def test_an_entry_without_an_owner_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadExceptions, match="owner"):
        load_exceptions(write(tmp_path, ENTRY.replace('owner = "web"\n', "")))


def test_no_exception_of_ours_has_expired() -> None:
    assert expired(load_exceptions(FILE), date.today()) == []  # noqa: DTZ011  a day, not a moment
