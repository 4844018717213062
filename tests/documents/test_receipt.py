"""A receipt on paper: one tagged page in the person's language, whatever script their name is in."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from portal.documents.receipt import NoFont, ReceiptFacts, Row, receipt_pdf

RAHIMA = "মোছাঃ রহিমা খাতুন"


@pytest.fixture
def facts() -> ReceiptFacts:
    return ReceiptFacts(
        language="bn",
        brand="সহজ সেবা",
        title="আবেদনের রশিদ",
        received="২২ নভেম্বর ২০২৬\nসকাল ১০:৩১",
        reference_label="আবেদন নম্বর",
        reference="BD-7K4M-29QX",
        rows=(Row("সেবা", "নাগরিকত্ব সনদ"), Row("আবেদনকারী", RAHIMA), Row("পিতা", "Afaz Uddin", "en")),
        fees=(Row("সরকারি ফি", "বিনামূল্যে"),),
        next_title="এরপর কী হবে",
        next_steps=("ইউনিয়ন পরিষদ ৫ কর্মদিবসের মধ্যে সিদ্ধান্ত দেবে।", "০১৭১২ ৩৪৫৬৭৮ নম্বরে এসএমএস পাবেন।"),
        verify_url="http://127.0.0.1:8000/bn/verify?reference=BD-7K4M-29QX&signature=" + "A" * 86,
        verify_label="যাচাইয়ের কিউআর কোড",
        verify_title="রশিদ আসল কি না দেখুন",
        verify_words="কোডটি ফোনে তুলুন, অথবা ৩৩৩ নম্বরে ফোন করে আবেদন নম্বর বলুন।",
        footer=("আর কোনো টাকা লাগবে না।", "নমুনা রশিদ: মানুষ ও আবেদন কাল্পনিক।"),
    )


def named(facts: ReceiptFacts, name: str) -> ReceiptFacts:
    service, _, father = facts.rows
    return replace(facts, rows=(service, Row("আবেদনকারী", name), father))


def opened(pdf: bytes, folder: Path) -> pikepdf.Pdf:
    path = folder / "receipt.pdf"
    path.write_bytes(pdf)
    return pikepdf.open(path)


def spoken(pdf: bytes, folder: Path) -> str:
    """What a reader copies, searches or hears, as Poppler extracts it."""
    if not shutil.which("pdftotext"):
        pytest.skip("needs poppler-utils")
    path = folder / "spoken.pdf"
    path.write_bytes(pdf)
    words = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    return " ".join(words.split())


def elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if isinstance(element, pikepdf.Array):
        for one in element.as_list():
            yield from elements(one)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        if "/K" in element:
            yield from elements(element.K)


def test_the_receipt_is_one_page_that_says_its_language_and_title(
    facts: ReceiptFacts, built: Path, tmp_path: Path
) -> None:
    pdf = opened(receipt_pdf(facts, built), tmp_path)
    assert len(pdf.pages) == 1
    assert str(pdf.Root.Lang) == "bn"
    assert str(pdf.docinfo["/Title"]) == "আবেদনের রশিদ BD-7K4M-29QX"
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_a_screen_reader_finds_headings_tables_a_list_and_a_named_code(
    facts: ReceiptFacts, built: Path, tmp_path: Path
) -> None:
    pdf = opened(receipt_pdf(facts, built), tmp_path)
    assert bool(pdf.Root.MarkInfo.Marked)
    found = list(elements(pdf.Root.StructTreeRoot.K))
    kinds = [str(one.S) for one in found]
    assert kinds.count("/H1") == 1
    assert kinds.count("/Table") == 2
    assert kinds.count("/LI") == len(facts.next_steps)
    assert [str(one.Alt) for one in found if one.S == "/Figure"] == [facts.verify_label]
    assert "en" in [str(one.Lang) for one in found if "/Lang" in one]


def test_every_bangla_word_can_be_copied_and_read_aloud(
    facts: ReceiptFacts, built: Path, tmp_path: Path
) -> None:
    hard = "শ্রীকৃষ্ণ লক্ষ্মী ব্রাহ্মণ উজ্জ্বল র‍্যাব ঠাকুরগাঁও তুলুন সন্ধ্যা ফেব্রুয়ারি"
    words = spoken(receipt_pdf(named(facts, hard), built), tmp_path)
    wanted = [
        facts.brand,
        facts.title,
        facts.reference,
        *facts.next_steps,
        facts.verify_words,
        *facts.footer,
        hard,
    ]
    assert [text for text in wanted if text not in words] == []
    assert "২২ নভেম্বর ২০২৬ সকাল ১০:৩১" in words


def test_the_page_stays_sound_after_its_words_are_written_in(
    facts: ReceiptFacts, built: Path, tmp_path: Path
) -> None:
    pdf = opened(receipt_pdf(facts, built), tmp_path)
    assert pdf.check_pdf_syntax() == []
    marks = pikepdf.parse_content_stream(pdf.pages[0])
    opens = [one for one in marks if str(one.operator) in ("BDC", "BMC")]
    closes = [one for one in marks if str(one.operator) == "EMC"]
    assert len(opens) == len(closes)


@pytest.mark.parametrize(
    "name",
    ["𑄥𑄚𑄴𑄖𑄨 𑄌𑄋𑄴𑄟𑄳𑄦", "ᱥᱟᱱᱛᱟᱲ", "Ελένη", "রহিমা 🌸", "山田", "A\u0301\u0328B", "رحيمة", "\U0010fffd"],
)
def test_a_name_in_any_script_gets_its_receipt(
    facts: ReceiptFacts, built: Path, tmp_path: Path, name: str
) -> None:
    pdf = opened(receipt_pdf(named(facts, name), built), tmp_path)
    assert len(pdf.pages) == 1
    assert bool(pdf.Root.MarkInfo.Marked)


def test_what_a_person_typed_is_never_read_as_markup(
    facts: ReceiptFacts, built: Path, tmp_path: Path
) -> None:
    hostile = '#panic() = *bold* $x^2$ \\ "quoted" ]) <label> @reference //'
    assert hostile in spoken(receipt_pdf(named(facts, hostile), built), tmp_path)


def test_a_long_name_and_a_long_office_still_fit_on_the_page(
    facts: ReceiptFacts, built: Path, tmp_path: Path
) -> None:
    long = replace(
        facts, rows=tuple(Row(row.label, " ".join([RAHIMA] * 9)) for row in (*facts.rows, *facts.rows))
    )
    pdf = receipt_pdf(long, built)
    assert len(opened(pdf, tmp_path).pages) == 1
    assert spoken(pdf, tmp_path).count(RAHIMA) == 9 * 6


def test_a_receipt_without_fees_or_next_steps_is_whole(
    facts: ReceiptFacts, built: Path, tmp_path: Path
) -> None:
    short = replace(facts, fees=(), next_steps=(), language="en")
    words = spoken(receipt_pdf(short, built), tmp_path)
    assert facts.reference in words
    assert facts.next_title not in words


def test_without_any_bangla_font_there_is_no_receipt_of_empty_boxes(
    facts: ReceiptFacts, tmp_path: Path
) -> None:
    with pytest.raises(NoFont, match="portal build"):
        receipt_pdf(facts, tmp_path)


def test_the_same_facts_give_the_same_bytes(facts: ReceiptFacts, built: Path) -> None:
    assert receipt_pdf(facts, built) == receipt_pdf(facts, built)
