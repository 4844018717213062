"""Styles get shorter without changing, and every built file is named by what is in it."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import brotli
import pytest

from portal.building.assets import BUNDLES, minified, write_assets
from portal.settings import ROOT


@pytest.mark.parametrize(
    ("written", "shorter"),
    [
        ("a { color : red ; }\n", "a{color :red}"),
        ("/* why */\n.a,\n.b > p { margin: 0 auto; padding: 1px }", ".a,.b>p{margin:0 auto;padding:1px}"),
        ("a :focus { x: y }", "a :focus{x:y}"),
        (
            "@media (min-width: 60rem) and (print) { a { b: c } }",
            "@media (min-width:60rem) and (print){a{b:c}}",
        ),
        ("p { width: calc(1rem + 2px) }", "p{width:calc(1rem + 2px)}"),
        ('q::before { content: "  /* kept */ ; " }', 'q::before{content:"  /* kept */ ; "}'),
        ("a{background:url('x y.svg')}", "a{background:url('x y.svg')}"),
    ],
)
def test_shorter_style_means_the_same(written: str, shorter: str) -> None:
    assert minified(written) == shorter


def test_shortening_twice_changes_nothing() -> None:
    for sheet in (ROOT / "static" / "css").glob("*.css"):
        once = minified(sheet.read_text())
        assert minified(once) == once


@pytest.fixture
def made(tmp_path: Path) -> Path:
    static = tmp_path / "static"
    (static / "css").mkdir(parents=True)
    (static / "icons").mkdir()
    for sheet in {name for sheets in BUNDLES.values() for name in sheets}:
        (static / "css" / f"{sheet}.css").write_text(f".{sheet} {{ color: red; }}\n")
    (static / "icons" / "tick.svg").write_text("<svg/>")
    (tmp_path / "htmx.min.js").write_text("enhance()")
    write_assets(tmp_path / "htmx.min.js", static, tmp_path / "build")
    return tmp_path / "build"


def test_a_bundle_holds_its_sheets_in_order(made: Path) -> None:
    text = (made / "static" / "question.css").read_text()
    assert text == ".tokens{color:red}.base{color:red}.form{color:red}"


def test_every_built_file_is_named_by_its_content_and_lies_there_compressed(made: Path) -> None:
    listing = json.loads((made / "assets.json").read_text())
    entries = {**listing["bundles"], **listing["files"]}
    assert set(entries) == {*BUNDLES, "icons/tick.svg", "htmx.js"}
    for entry in entries.values():
        content = (made / "static" / entry["path"]).read_bytes()
        digest = hashlib.sha256(content).digest()
        assert entry["sha256"] == base64.b64encode(digest).decode()
        assert digest.hex()[:12] in entry["path"]
        assert brotli.decompress((made / "static" / f"{entry['path']}.br").read_bytes()) == content


def test_pages_find_the_script_where_it_is_served(made: Path) -> None:
    listing = json.loads((made / "assets.json").read_text())
    assert listing["scripts"] == {"htmx.js": f"/static/{listing['files']['htmx.js']['path']}"}


def test_without_node_there_is_no_script_and_everything_else_is_there(tmp_path: Path) -> None:
    write_assets(tmp_path / "missing.js", ROOT / "static", tmp_path / "build")
    listing = json.loads((tmp_path / "build" / "assets.json").read_text())
    assert listing["scripts"] == {}
    assert set(listing["bundles"]) == set(BUNDLES)
