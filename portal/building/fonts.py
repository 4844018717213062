"""PDF fonts: TrueType made from the web fonts that npm brings, or from Debian's where npm is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from portal.building.steps import Step

WEB_FONTS = Path("node_modules/@fontsource/noto-sans-bengali/files")
DEBIAN_FONTS = Path("/usr/share/fonts/truetype/noto")
WEIGHTS = {400: "Regular", 700: "Bold"}
SUBSETS = {"bengali": "Portal Bengali", "latin": "Portal Latin", "latin-ext": "Portal Latin Extended"}
DEBIAN_FAMILIES = {"bengali": "NotoSansBengali", "latin": "NotoSans", "latin-ext": "NotoSans"}


def fonts_step(root: Path, build: Path, say: Callable[[str], object]) -> Step:
    """Fill `build/fonts/` with regular and bold of every subset."""
    chosen = _web_fonts(root) or _debian_fonts()
    results = tuple(build / "fonts" / _file_name(subset, weight) for subset in SUBSETS for weight in WEIGHTS)

    def make() -> None:
        if not chosen:
            # The pages do not need it: people can still apply, and print the receipt from the browser.
            say("no Bangla font for PDF receipts: install Node.js 20, or `apt-get install fonts-noto-core`")
            return
        if WEB_FONTS.as_posix() not in chosen["bengali", 400].as_posix():
            say("PDF fonts come from Debian's fonts-noto-core, because npm's are not installed")
        for (subset, weight), source in chosen.items():
            _convert(source, build / "fonts" / _file_name(subset, weight), SUBSETS[subset], WEIGHTS[weight])

    return Step("fonts", (Path(__file__), *chosen.values()), results, make)


def _web_fonts(root: Path) -> dict[tuple[str, int], Path]:
    return _all_there(
        {
            (subset, weight): root / WEB_FONTS / f"noto-sans-bengali-{subset}-{weight}-normal.woff2"
            for subset in SUBSETS
            for weight in WEIGHTS
        }
    )


def _debian_fonts() -> dict[tuple[str, int], Path]:
    return _all_there(
        {
            (subset, weight): DEBIAN_FONTS / f"{DEBIAN_FAMILIES[subset]}-{style}.ttf"
            for subset in SUBSETS
            for weight, style in WEIGHTS.items()
        }
    )


def _all_there(sources: dict[tuple[str, int], Path]) -> dict[tuple[str, int], Path]:
    return sources if all(path.is_file() for path in sources.values()) else {}


def _file_name(subset: str, weight: int) -> str:
    return f"portal-{subset}-{weight}.ttf"


def _convert(source: Path, target: Path, family: str, style: str) -> None:
    """Unpack to TrueType under a family name of its own, so that no subset hides another."""
    from fontTools.ttLib import TTFont

    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    names = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family.replace(' ', '')}-{style}"}
    table = font["name"]
    for record in list(table.names):
        if record.nameID in (16, 17, 21, 22):
            table.names.remove(record)
        elif record.nameID in names:
            record.string = names[record.nameID]
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
