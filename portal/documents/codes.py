"""QR codes as vector paths: sharp on paper, a few hundred bytes in a page."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup

# ISO/IEC 18004 asks for four modules of quiet zone; the frame around ours is white, so two more are enough.
QUIET = 2


def qr_svg(text: str, label: str) -> Markup:
    """Inline `<svg>` of the QR code for `text`, named `label` for people who cannot see it."""
    side, path = qr_path(text)
    frame = side + 2 * QUIET
    return Markup(
        '<svg viewBox="{0} {0} {1} {1}" role="img" aria-label="{2}">'
        '<path fill="#000" stroke="none" d="{3}"/></svg>'
    ).format(-QUIET, frame, label, path)


def qr_path(text: str) -> tuple[int, str]:
    """The code's width in modules, and an SVG path that paints one rectangle for each run of dark modules."""
    code = segno.make_qr(text, error="m", boost_error=False)
    rows = list(code.matrix)
    return len(rows), "".join(_row_path(y, bytes(row)) for y, row in enumerate(rows))


def qr_file(text: str) -> str:
    """A whole SVG file of the code, for documents."""
    side, path = qr_path(text)
    out = io.StringIO()
    out.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">')
    out.write(f'<path fill="#000" d="{path}"/></svg>')
    return out.getvalue()


def _row_path(y: int, row: bytes) -> str:
    pieces, x = [], 0
    while x < len(row):
        start = x
        while x < len(row) and row[x] == row[start]:
            x += 1
        if row[start]:
            pieces.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
    return "".join(pieces)
