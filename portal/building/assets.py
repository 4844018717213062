"""CSS bundles, our scripts and htmx, under names that carry their content's hash, with brotli beside them."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import brotli

from portal.building.steps import Step, write_whole

# Which sheets a kind of page needs; a question page carries nothing it does not use.
BUNDLES = {
    "question": ("tokens", "base", "form"),
    "page": ("tokens", "base", "form", "parts"),
    "paper": ("tokens", "base", "parts", "print"),
}
ADDRESS = "/static/"
HTMX = Path("node_modules/htmx.org/dist/htmx.min.js")
# One rule a line is easy to read; browsers need none of it. Strings come first, so that they stay whole.
STRING = r"\"[^\"]*\"|'[^']*'"
COMMENT = r"/\*.*?\*/"
GAP = r"\s*([{};,>])\s*|:\s+|\s+"


def assets_step(root: Path, static: Path, build: Path) -> Step:
    """Fill `build/static/` and write the map `build/assets.json` (shape: see `write_assets`)."""
    sources = (*_sheets(static), *_files(static), root / HTMX, Path(__file__))
    return Step("assets", sources, (build / "assets.json",), lambda: write_assets(root / HTMX, static, build))


def write_assets(htmx: Path, static: Path, build: Path) -> None:
    """Make every asset.

    `assets.json` is `{"bundles": {name: entry}, "files": {name: entry}, "scripts": {name: address}}`. An
    entry has `path` (its name under `build/static/`, with `.br` beside it), `sha256` (base64, as a policy
    header wants it) and `size`. A bundle's text also lies at `build/static/<name>.css`, to be written into
    a page. `htmx.js` is left out when npm did not bring it: pages work without.
    """
    out = build / "static"
    bundles = {}
    for name, sheets in BUNDLES.items():
        text = minified("".join(_sheet(static, sheet) for sheet in sheets)).encode()
        write_whole(out / f"{name}.css", text)
        bundles[name] = _publish(out, f"{name}.css", text)
    files = {path.relative_to(static).as_posix(): path for path in _files(static)}
    if htmx.is_file():
        files["htmx.js"] = htmx
    entries = {name: _publish(out, name, path.read_bytes()) for name, path in sorted(files.items())}
    scripts = {name: f"{ADDRESS}{entry['path']}" for name, entry in entries.items() if name.endswith(".js")}
    listing = {"bundles": bundles, "files": entries, "scripts": scripts}
    write_whole(build / "assets.json", json.dumps(listing, indent=1, sort_keys=True).encode())


def minified(css: str) -> str:
    """The same rules with fewer bytes: no comments, no space that separates nothing."""

    def shorten(found: re.Match[str]) -> str:
        text = found.group(0)
        if text[0] in "\"'":
            return text
        return found.group(1) or (":" if text[0] == ":" else " ")

    bare = re.sub(f"({STRING})|{COMMENT}", lambda found: found.group(1) or "", css, flags=re.S)
    return re.sub(f"{STRING}|{GAP}", shorten, bare).replace(";}", "}").strip()


def _sheet(static: Path, name: str) -> str:
    path = static / "css" / f"{name}.css"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _sheets(static: Path) -> tuple[Path, ...]:
    return tuple(sorted((static / "css").glob("*.css")))


def _files(static: Path) -> tuple[Path, ...]:
    """Everything else under `static/`, which is copied as it is."""
    css = static / "css"
    return tuple(path for path in sorted(static.rglob("*")) if path.is_file() and css not in path.parents)


def _publish(out: Path, name: str, content: bytes) -> dict[str, str | int]:
    digest = hashlib.sha256(content).digest()
    place = Path(name)
    path = place.with_name(f"{place.stem}.{digest.hex()[:12]}{place.suffix}").as_posix()
    write_whole(out / path, content)
    write_whole(out / f"{path}.br", brotli.compress(content, quality=11))
    return {"path": path, "sha256": base64.b64encode(digest).decode(), "size": len(content)}
