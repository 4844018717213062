"""The receipt: on the screen, on paper, as a PDF, and whether one is real."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

import pikepdf
import pytest
from pypdf import PdfReader

from tests.checked_client import CheckedClient
from tests.web.applicant import Applicant
from tests.web.reading import heading, link_to, links_in, main_words, page_of, path_of
from tests.web.served import LOCALES, Served
from tests.web.words import say, speaking

PERSONAL = ("বিমল", "Bimal", "Nikhil", "0012345608", "০০১২৩৪৫৬০৮", "1969", "১৯৬৯", "তালবাড়িয়া")


@dataclass
class Sent:
    """An application on its way, in its own browser."""

    applicant: Applicant
    reference: str

    def get(self, place: str, locale: str) -> str:
        return f"/{locale}/{place.format(self.reference)}"


@pytest.fixture(scope="module")
def sent(served: Served) -> Sent:
    """One application, sent in Bangla."""
    applicant = Applicant(served.browser()).starts().is_ready()
    return Sent(applicant, applicant.sends())


def test_the_receipt_says_number_next_step_and_when(sent: Sent, locale: str) -> None:
    here = sent.applicant.browser.get(sent.get("receipts/{}", locale))
    words = main_words(here)
    assert heading(here) == say(locale, "Your application has arrived")
    for expected in (
        sent.reference,
        say(locale, "What happens next"),
        {"bn": "সাতক্ষীরা", "en": "Satkhira"}[locale],
    ):
        assert expected in words
    assert re.search({"bn": "[০-৯]+ .+ ২০[০-৯]{2}", "en": "[0-9]+ [A-Z][a-z]+ 20[0-9]{2}"}[locale], words)
    for link in ("Keep the receipt (PDF)", "Follow your application", "See the receipt as a page to print"):
        assert sent.applicant.browser.get(link_to(here, say(locale, link))).status_code == 200


@pytest.mark.parametrize(
    "typed", [str.lower, lambda said: said.replace("-", ""), lambda said: said.replace("-", "%20")]
)
def test_a_number_may_be_written_as_people_write(sent: Sent, typed: object) -> None:
    assert callable(typed)
    assert sent.applicant.browser.get(f"/bn/receipts/{typed(sent.reference)}").status_code == 200


def test_the_paper_has_everything_an_office_needs(sent: Sent, locale: str) -> None:
    here = sent.applicant.browser.get(sent.get("receipts/{}/paper", locale))
    words = main_words(here)
    for expected in (
        sent.reference,
        "বিমল দাস",
        say(locale, "Government fee"),
        speaking(locale).phone(sent.applicant.mobile),
    ):
        assert expected in words
    (drawing,) = [one for one in page_of(here).elements if one.get("role") == "img"]
    assert drawing.get("aria-label") == say(locale, "Square code for checking this receipt")
    assert "0012345608" not in here.text, "paper is left lying about"


def test_the_pdf_is_tagged_and_in_the_readers_language(sent: Sent, locale: str) -> None:
    answer = sent.applicant.browser.get(sent.get("receipts/{}.pdf", locale))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="{sent.reference}.pdf"'
    assert answer.content.startswith(b"%PDF-1.")
    assert len(answer.content) < 200_000
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert str(document.Root.Lang).startswith(locale)
        assert bool(document.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in document.Root
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert sent.reference in text


def proof(sent: Sent) -> dict[str, str]:
    """Number and signature as the paper carries them."""
    here = sent.applicant.browser.get(sent.get("receipts/{}/paper", "bn"))
    (signature,) = links_in(here, "p", **{"class": "sign"})
    return {"r": sent.reference, "s": signature.text or ""}


def test_anybody_can_see_that_a_receipt_is_real_and_nothing_else(
    sent: Sent, served: Served, locale: str
) -> None:
    answer = served.browser().get(f"/{locale}/verify", params=proof(sent))
    assert heading(answer) == say(locale, "This receipt is real")
    words = main_words(answer)
    assert sent.reference in words
    assert {"bn": "নাগরিকত্ব সনদ", "en": "Citizenship certificate"}[locale] in words
    mobile = sent.applicant.mobile
    told = (*PERSONAL, mobile, speaking("bn").digits(mobile), sent.applicant.draft)
    assert [one for one in told if one in answer.text] == []
    assert "set-cookie" not in answer.headers


def changed(signature: str) -> str:
    return ("B" if signature[0] != "B" else "C") + signature[1:]


def test_a_receipt_with_anything_changed_is_not_ours(sent: Sent, served: Served, locale: str) -> None:
    real = proof(sent)
    other = Applicant(served.browser()).starts().is_ready().sends()
    forged = [
        {**real, "s": changed(real["s"])},
        {**real, "s": real["s"][:-4]},
        {**real, "s": ""},
        {**real, "r": other},
        {**real, "r": "BD-2222-2222"},
        {**real, "r": ""},
        {"r": "<script>alert(1)</script>", "s": "'; DROP TABLE submissions; --"},
        {"r": "\x00", "s": "é" * 100},
        {"r": "BD-" + "9" * 5_000, "s": "A" * 5_000},
    ]
    said = set()
    for one in forged:
        answer = served.browser(checked=False).get(f"/{locale}/verify", params=one)
        assert answer.status_code == 200
        assert heading(answer) == say(locale, "This receipt is not one of ours")
        assert "<script>" not in answer.text
        said.add(main_words(answer))
    assert len(said) == 1, "every miss looks the same"


def test_a_receipt_can_be_checked_by_hand(visitor: CheckedClient, sent: Sent, locale: str) -> None:
    form_page = visitor.get(f"/{locale}/verify")
    (form,) = [one for one in page_of(form_page).all("form") if one.get("method", "get") == "get"]
    names = [one.get("name") for one in form.iter("input")]
    assert names == ["r", "s"]
    typed = {"r": sent.reference.lower().replace("-", " "), "s": f"  {proof(sent)['s']} "}
    assert heading(visitor.get(form.get("action", ""), params=typed)) == say(locale, "This receipt is real")


def test_the_square_code_leads_to_the_check(served: Served, sent: Sent) -> None:
    text = sent.applicant.browser.get(sent.get("receipts/{}.pdf", "bn")).content
    with pikepdf.open(io.BytesIO(text)) as document:
        links = [
            str(one.A.URI) for one in document.pages[0].get("/Annots", []) if "/A" in one and "/URI" in one.A
        ]
    for link in links:
        assert parse_qs(urlsplit(link).query)["r"] == [sent.reference]
        assert heading(served.browser().get(link)) == say("bn", "This receipt is real")


def test_my_applications_lists_what_this_browser_sent_and_began(served: Served, locale: str) -> None:
    person = Applicant(served.browser(), locale).starts().is_ready()
    reference = person.sends()
    person.starts().says("residence", residence="union")
    here = person.browser.get(f"/{locale}/my")
    words = main_words(here)
    assert reference in words
    assert say(locale, "Not sent yet") in words
    assert say(locale, "Sent") in words
    begun = next(one.get("href", "") for one in page_of(here).all("a") if person.draft in one.get("href", ""))
    assert path_of(person.browser.get(begun)) == person.at("identity-document")
    assert "set-cookie" in here.headers, "looking keeps the cookie alive"


def test_a_browser_that_holds_nothing_is_told_so(visitor: CheckedClient, locale: str) -> None:
    here = visitor.get(f"/{locale}/my")
    assert say(locale, "This phone holds no application.") in main_words(here)
    assert here.headers["cache-control"] == "private, no-cache", (
        "or it would still say so after the first one"
    )
    assert "set-cookie" not in here.headers


def test_a_draft_nobody_said_anything_in_is_not_listed(served: Served) -> None:
    person = Applicant(served.browser()).starts()
    assert person.draft not in person.browser.get("/bn/my").text


def test_the_receipt_and_the_track_are_the_same_in_the_other_language(sent: Sent) -> None:
    for place in ("receipts/{}", "receipts/{}/paper", "track/{}"):
        for locale, other in zip(LOCALES, reversed(LOCALES), strict=True):
            here = sent.applicant.browser.get(sent.get(place, locale))
            (switch,) = links_in(here, "a", hreflang=other)
            assert switch.get("href") == sent.get(place, other)
            assert quote(sent.reference) in here.text


def test_a_fresh_application_is_honestly_on_its_way(sent: Sent, locale: str) -> None:
    here = sent.applicant.browser.get(sent.get("track/{}", locale))
    assert heading(here) == say(locale, "Your application is on its way to the office")
    assert say(locale, "Reaches the office") in main_words(here)
