"""The fonts of PDFs: Bangla and Latin, regular and bold, none hiding another."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from portal.building.fonts import fonts_step


def test_bangla_and_latin_are_there_in_both_weights(built: Path) -> None:
    fonts = {path.stem: TTFont(path) for path in (built / "fonts").glob("*.ttf")}
    assert {"portal-bengali-400", "portal-bengali-700", "portal-latin-400", "portal-latin-700"} <= set(fonts)
    assert {ord("ক"), ord("ৎ"), ord("৳"), ord("।")} <= set(fonts["portal-bengali-400"].getBestCmap())
    assert {ord("B"), ord("7"), ord("-")} <= set(fonts["portal-latin-700"].getBestCmap())


def test_each_subset_is_a_family_of_its_own(built: Path) -> None:
    families = {
        path.stem.rsplit("-", 1)[0]: TTFont(path)["name"].getDebugName(1)
        for path in (built / "fonts").glob("*.ttf")
    }
    assert len(set(families.values())) == len(families)


def test_a_machine_without_any_font_is_told_what_to_install_and_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.building.fonts.DEBIAN_FONTS", tmp_path / "nowhere")
    said: list[str] = []
    fonts_step(tmp_path, tmp_path / "build", said.append).make()
    assert "fonts-noto-core" in said[0]
