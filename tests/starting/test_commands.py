"""The command line: it explains itself, and says no in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.__main__ import main

COMMANDS = [
    "run",
    "serve",
    "exchange",
    "worker",
    "migrate",
    "publish",
    "check",
    "build",
    "messages",
    "demo",
    "doctor",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out) > 80


@pytest.mark.parametrize("arguments", [[], ["fly"], ["serve", "--wings"]])
def test_an_unknown_command_is_answered_with_how_to_use_it(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m portal" in capsys.readouterr().err


def test_production_without_its_own_keys_is_refused_with_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORTAL_ENV", "production")
    monkeypatch.delenv("PORTAL_KEYS", raising=False)
    assert main(["serve"]) == 2
    assert "PORTAL_KEYS" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["run", "serve", "exchange", "worker", "demo"])
def test_before_anything_is_built_it_says_what_to_type(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORTAL_BUILD", str(tmp_path))
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path / "var"))
    assert main([command]) == 1
    assert "make build" in capsys.readouterr().err


def test_a_service_that_is_not_one_is_named_with_its_trouble(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "half_a_service"
    folder.mkdir()
    (folder / "service.toml").write_text("key = ")
    assert main(["check", str(folder)]) == 1
    assert "half_a_service" in capsys.readouterr().out


def test_the_pilot_services_are_fit_to_be_published() -> None:
    assert main(["check"]) == 0
