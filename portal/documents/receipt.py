"""The receipt as a PDF: one black-on-white A4 page, tagged (PDF/UA-1), its Bangla shaped as written."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import typst

from portal.documents.codes import qr_file
from portal.documents.readable import with_words

TEMPLATE = Path(__file__).with_name("receipt.typ")
NUMBERING = {"bn": "১."}
# typst keeps one world per compiler; two threads must not change its inputs at once.
_one_at_a_time = threading.Lock()


class NoFont(Exception):
    """This machine has no font for Bangla, and a receipt of empty boxes is none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the receipt's tables; `language` where the words are not in the receipt's language."""

    label: str
    words: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """Everything on the receipt, already in the reader's language and digits.

    `reference` stays in Latin letters and digits, `received` may hold line breaks, `fees` and `next_steps`
    may be empty, `verify_url` is what the QR code opens, `verify_label` names the code for a screen reader.
    """

    language: str
    brand: str
    title: str
    received: str
    reference_label: str
    reference: str
    rows: tuple[Row, ...]
    fees: tuple[Row, ...]
    next_title: str
    next_steps: tuple[str, ...]
    verify_url: str
    verify_label: str
    verify_title: str
    verify_words: str
    footer: tuple[str, ...]


def receipt_pdf(facts: ReceiptFacts, build: Path) -> bytes:
    """The receipt, with the fonts of `build/fonts`; the same facts give the same bytes; raises `NoFont`.

    PDF/UA refuses a letter that no font has, but a person's name in a rare script must not cost them their
    receipt: then the machine's fonts help, and at the very last the page is tagged without the full standard.
    """
    if not any((build / "fonts").glob("*.ttf")):
        raise NoFont("no Bangla font: see what `python -m portal build` says")
    inputs = {"facts": json.dumps(_as_inputs(facts), ensure_ascii=False), "qr": qr_file(facts.verify_url)}
    with _one_at_a_time:
        for has_system_fonts in (False, True):
            try:
                pdf = _compiled(_compiler(build / "fonts", has_system_fonts), inputs, ["ua-1"])
            except typst.TypstError:
                continue
            return with_words(pdf, _words(facts))
        return _compiled(_compiler(build / "fonts", True), inputs, [])


def _words(facts: ReceiptFacts) -> list[str]:
    """Every text of the page in reading order, as `receipt.typ` sets them."""
    tables = [words for row in (*facts.rows, *facts.fees) for words in (row.label, row.words)]
    steps = [facts.next_title, *facts.next_steps] if facts.next_steps else []
    received = facts.received.replace("\n", " ")
    return [
        *(facts.brand, facts.title, received, facts.reference_label, facts.reference),
        *tables,
        *steps,
        *(facts.verify_title, facts.verify_words),
        *facts.footer,
    ]


def _as_inputs(facts: ReceiptFacts) -> dict[str, object]:
    return {**asdict(facts), "numbering": NUMBERING.get(facts.language, "1.")}


def _compiled(compiler: typst.Compiler, inputs: dict[str, str], standards: list[typst.PDFStandard]) -> bytes:
    pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=standards, timestamp=0)
    if not isinstance(pdf, bytes):
        raise TypeError("one document makes one PDF")
    return pdf


@cache
def _compiler(fonts: Path, has_system_fonts: bool) -> typst.Compiler:
    found = typst.Fonts(
        include_system_fonts=has_system_fonts,
        include_embedded_fonts=has_system_fonts,
        font_paths=[fonts],
    )
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=found, ignore_system_fonts=True)
