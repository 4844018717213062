"""The code on the receipt: what a phone reads is what was meant; who cannot see it hears its name."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import segno

from portal.documents.codes import qr_file, qr_path, qr_svg

ADDRESS = "http://127.0.0.1:8000/bn/verify?reference=BD-7K4M-29QX"


def painted(path: str) -> set[tuple[int, int]]:
    """The modules that the path fills."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path)
    return {(int(x) + step, int(y)) for x, y, width in runs for step in range(int(width))}


def test_the_path_paints_exactly_the_dark_modules() -> None:
    side, path = qr_path(ADDRESS)
    matrix = segno.make_qr(ADDRESS, error="m", boost_error=False).matrix
    dark = {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert side == len(matrix)
    assert painted(path) == dark


def test_the_code_in_a_page_is_named_and_its_name_is_escaped() -> None:
    svg = ElementTree.fromstring(qr_svg(ADDRESS, 'যাচাই "<b>"'))
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == 'যাচাই "<b>"'


def test_the_code_for_paper_is_a_small_file() -> None:
    assert len(qr_file(ADDRESS)) < 12_000
