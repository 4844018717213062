"""Bangla that can be copied, searched and read aloud out of a PDF.

A shaped Bangla word is drawn out of order and in pieces (the vowel sign before its consonant, a conjunct in
three glyphs), so a reader that maps glyph by glyph says "নম্বম্বম্বর" for "নম্বর". PDF has `ActualText` for this
(ISO 32000-1, 14.9.4). Here each tagged piece of text gets the words that were set there, whole.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

# Drawn by the typesetter itself: the number before a list entry, and the code, which has a text of its own.
_NOT_OURS = (b"/Lbl", b"/Figure")
_LEAF = re.compile(
    rb"\n(\d+) 0 obj\n<</Type/StructElem/S(/\w+)/P ([^\n]*)/K\[(\d+(?: \d+)*)\]([^\n]*)>>\nendobj"
)
_CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
_TRAILER = re.compile(rb"trailer\n<<([^\n]*)>>\nstartxref\n(\d+)\n%%EOF\s*$")
_DICTIONARY = rb"<<(?:[^<>()]|<[0-9A-Fa-f]*>|\([^()]*\))*>>"
_TOKEN = re.compile(
    rb"(?P<string>\((?:\\.|[^\\()])*\))|(?P<begin>/\w+\s*(?:" + _DICTIONARY + rb")?\s*B[MD]C)|EMC", re.S
)
_PLAIN_TEXT = re.compile(
    rb"\s*q 1 0 0 -1 (?P<x>[\d.-]+) (?P<y>[\d.-]+) cm(?P<colour>/\w+ cs [\d. ]+ scn)"
    rb"\s*BT(?P<body>.*)ET\s*Q\s*",
    re.S,
)
_PLACE = re.compile(rb" 1 0 0 -1 ([\d.-]+) ([\d.-]+) Tm")
_NUMBER = re.compile(rb"/MCID (\d+)")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A structure element that holds text: its object, and the numbers of its pieces in the page."""

    number: int
    before: bytes
    pieces: tuple[int, ...]
    after: bytes

    def rewritten(self) -> bytes:
        """The element with one piece, the one that says the words."""
        return b"<</Type/StructElem/S%s/K[%d]%s>>" % (self.before, self.pieces[0], self.after)


@dataclass(frozen=True, slots=True)
class _Section:
    """A stretch of the page's drawing: `begin` is its outermost mark, empty for what lies between marks."""

    begin: bytes
    whole: bytes

    @property
    def piece(self) -> int:
        """Its number in the tag tree; -1 for decoration."""
        number = _NUMBER.search(self.begin)
        return int(number[1]) if number else -1

    @property
    def drawn(self) -> bytes:
        """What it draws, without any mark."""
        return _TOKEN.sub(lambda token: token["string"] or b" ", self.whole)


def with_words(pdf: bytes, words: Sequence[str]) -> bytes:
    """The document with `words` as the text of its tagged pieces, in reading order.

    A document of another shape than expected (several pages, another number of pieces) comes back unchanged:
    it looks the same, and only copying from it is poorer.
    """
    contents, trailer = _CONTENTS.findall(pdf), _TRAILER.search(pdf)
    leaves = _leaves(pdf)
    if len(contents) != 1 or trailer is None or len(leaves) != len(words):
        return pdf
    number = int(contents[0])
    page = _merged(_stream(pdf, number), dict(zip((leaf.pieces for leaf in leaves), words, strict=True)))
    if page is None:
        return pdf
    packed = zlib.compress(page, 9)
    content = b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)
    return _updated(pdf, trailer, {number: content, **{leaf.number: leaf.rewritten() for leaf in leaves}})


def _leaves(pdf: bytes) -> list[_Leaf]:
    leaves = [
        _Leaf(int(number), kind + b"/P " + before, tuple(map(int, pieces.split())), after)
        for number, kind, before, pieces, after in _LEAF.findall(pdf)
        if kind not in _NOT_OURS
    ]
    return sorted(leaves, key=lambda leaf: leaf.pieces)


def _stream(pdf: bytes, number: int) -> bytes:
    start = pdf.index(b"stream\n", pdf.index(b"\n%d 0 obj\n" % number)) + len(b"stream\n")
    return zlib.decompressobj().decompress(pdf[start:])


def _merged(page: bytes, words: dict[tuple[int, ...], str]) -> bytes | None:
    """The page with each leaf's pieces as one, said by its words; None when they do not lie together."""
    pieces_of = {pieces[0]: pieces for pieces in words}
    out, sections = [], iter(_sections(page))
    for section in sections:
        pieces = pieces_of.get(section.piece)
        if pieces is None:
            out.append(section.whole)
            continue
        together = [section, *islice(sections, len(pieces) - 1)]
        drawn = _as_one([one.drawn for one in together], words[pieces])
        if drawn is None or tuple(one.piece for one in together) != pieces:
            return None
        out.append(section.begin + drawn + b"EMC\n")
    return b"".join(out)


def _as_one(drawings: list[bytes], words: str) -> bytes | None:
    """Several drawings of text as one that starts where the first does; None when one is not plain text.

    One drawing, because readers place the words by the coordinates in force where they end.
    """
    found = [_PLAIN_TEXT.fullmatch(drawing) for drawing in drawings]
    plain = [one for one in found if one]
    if len(plain) < len(drawings) or len({one["colour"] for one in plain}) > 1:
        return None
    first = plain[0]
    body = b"".join(_moved(one, first) for one in plain)
    actual = words.encode("utf-16-be").hex().upper().encode()
    begin = b"\nq 1 0 0 -1 %s %s cm%s\nBT" % (first["x"], first["y"], first["colour"])
    return b"%s/Span<</ActualText<FEFF%s>>>BDC %sEMC\nET\nQ\n" % (begin, actual, body)


def _moved(piece: re.Match[bytes], first: re.Match[bytes]) -> bytes:
    """The text of a piece, seen from where the first piece starts; y grows downwards here."""
    right, down = float(piece["x"]) - float(first["x"]), float(first["y"]) - float(piece["y"])

    def place(found: re.Match[bytes]) -> bytes:
        return b" 1 0 0 -1 %.5f %.5f Tm" % (float(found[1]) + right, float(found[2]) + down)

    return _PLACE.sub(place, piece["body"])


def _sections(page: bytes) -> Iterator[_Section]:
    """The page cut at its outermost marks; what lies between two is a section without a mark."""
    depth, start, begin = 0, 0, b""
    for mark in _marks(page):
        if mark["begin"]:
            depth += 1
            if depth == 1:
                yield from _between(page[start : mark.start()])
                start, begin = mark.start(), mark["begin"]
        else:
            depth -= 1
            if depth == 0:
                yield _Section(begin, page[start : mark.end()])
                start = mark.end()
    yield from _between(page[start:])


def _between(drawing: bytes) -> Iterator[_Section]:
    if drawing.strip():
        yield _Section(b"", drawing)


def _marks(page: bytes) -> Iterator[re.Match[bytes]]:
    """Beginnings and ends of marked content, none of them inside a string."""
    return (token for token in _TOKEN.finditer(page) if not token["string"])


def _updated(pdf: bytes, trailer: re.Match[bytes], objects: dict[int, bytes]) -> bytes:
    """The document with new versions of some objects appended (ISO 32000-1, 7.5.6)."""
    out, table = bytearray(pdf.rstrip() + b"\n"), []
    for number, content in sorted(objects.items()):
        table.append(b"%d 1\n%010d 00000 n \n" % (number, len(out)))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n" + b"".join(table)
    out += b"trailer\n<<%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (trailer[1], trailer[2], start)
    return bytes(out)
