"""Styles and scripts: small, all used, kept for ever under names that change with them, nobody else's."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from tests.checked_client import CheckedClient

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
# Bytes by brotli 11 of what a page carries inside it.
LARGEST = {"question": 1_500, "page": 2_600, "paper": 2_600}
FOR_EVER = "public, max-age=31536000, immutable"


def entries(built: Path) -> Iterator[tuple[str, dict[str, str]]]:
    listing = json.loads((built / "assets.json").read_text("utf-8"))
    yield from listing["bundles"].items()
    yield from listing["files"].items()


def test_every_asset_is_what_its_name_and_digest_say(built: Path) -> None:
    for name, entry in entries(built):
        content = (built / "static" / entry["path"]).read_bytes()
        digest = hashlib.sha256(content).digest()
        assert base64.b64encode(digest).decode() == entry["sha256"], name
        assert f".{digest.hex()[:12]}." in entry["path"], name
        assert brotli.decompress((built / "static" / f"{entry['path']}.br").read_bytes()) == content, name


@pytest.mark.parametrize("bundle", LARGEST)
def test_a_style_is_small_enough_to_stand_in_every_page(built: Path, bundle: str) -> None:
    content = (built / "static" / f"{bundle}.css").read_bytes()
    assert len(brotli.compress(content, quality=11)) <= LARGEST[bundle]


def test_styles_fetch_nothing(built: Path) -> None:
    for bundle in LARGEST:
        words = (built / "static" / f"{bundle}.css").read_text("utf-8")
        assert not re.search(r"url\(|@import|@font-face|expression\(|</", words), bundle


def test_every_class_that_is_styled_is_used_and_the_other_way_round() -> None:
    styles = "".join(path.read_text("utf-8") for path in CSS.glob("*.css"))
    styled = set(re.findall(r"\.([a-z][a-z-]*)", re.sub(r"/\*.*?\*/|[\d.]+rem", "", styles, flags=re.S)))
    sources = [*(ROOT / "portal" / "templates").rglob("*.html"), *(ROOT / "portal" / "web").rglob("*.py")]
    words = "\n".join(path.read_text("utf-8") for path in sources)
    assert [name for name in sorted(styled) if not re.search(rf"(?<![\w-]){name}(?![\w-])", words)] == []
    plain = re.findall(r'class="([a-z -]+)"', words)
    worn = {name for several in plain for name in several.split()}
    assert sorted(worn - styled) == []


@pytest.fixture
def asset(client: CheckedClient, built: Path) -> tuple[str, bytes]:
    """A script's address and its words."""
    listing = json.loads((built / "assets.json").read_text("utf-8"))
    path = listing["bundles"]["question"]["path"]
    return f"/static/{path}", (built / "static" / path).read_bytes()


def test_an_asset_may_be_kept_for_ever_and_is_what_it_says(
    client: CheckedClient, asset: tuple[str, bytes]
) -> None:
    address, content = asset
    for takes, coding in (("br", "br"), ("gzip", "gzip"), ("identity", None), ("br;q=0", None)):
        answer = client.get(address, headers={"accept-encoding": takes})
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == FOR_EVER
        assert answer.headers["content-type"] == "text/css; charset=utf-8"
        assert answer.headers.get("content-encoding") == coding, takes
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.content == content


def test_scripts_are_scripts(client: CheckedClient, built: Path) -> None:
    for address in json.loads((built / "assets.json").read_text("utf-8"))["scripts"].values():
        for takes in ("br", "identity"):
            answer = client.get(address, headers={"accept-encoding": takes})
            assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
            assert answer.headers["cache-control"] == FOR_EVER


def test_only_what_was_built_for_people_is_there(client: CheckedClient, asset: tuple[str, bytes]) -> None:
    address, _ = asset
    strange = [
        "/static/",
        "/static/question.css",
        f"{address}.br",
        "/static/..%2Fassets.json",
        "/static/%2e%2e/assets.json",
        "/static/..%5cplaces.json",
        "/static/%2Fetc%2Fpasswd",
        "/static/question.000000000000.css",
        f"{address}%00",
        f"/static/{'a' * 300}.000000000000.css",
    ]
    for one in strange:
        assert client.get(one).status_code == 404, one
