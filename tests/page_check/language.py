"""Languages: the page speaks its address's, and every piece in another one says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from accessibility.markup import RAW_TEXT, Page, describe

_BENGALI = re.compile(r"[\u0980-\u09e5\u09f0-\u09ff]+")
_BENGALI_DIGIT = re.compile(r"[\u09e6-\u09ef]")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’]{3,}")
# Addresses, references and file names are nobody's language.
_NEUTRAL = re.compile(r"\S*[@/\\]\S*|\S+\.[a-z]{2,}\b|BD(?:-[0-9A-Z]{4}){2}|#\S+|\b[0-9A-F]{6,}\b")
_TOKENS = frozenset({"DEMO", "HTML", "JSON", "HTTPS", "BDRIS", "NRDEX", "SHA256"})
_SPOKEN = ("aria-label", "alt", "title", "placeholder", "aria-description", "aria-roledescription")
_NOT_PROSE = RAW_TEXT | {"code", "kbd", "samp", "pre", "textarea"}


def page_language(page: Page) -> Iterator[str]:
    said = page.root.get("lang") or ""
    wanted = page.visit.language
    if not said:
        yield "<html> has no lang"
    if wanted and said.partition("-")[0] != wanted:
        yield f"<html lang={said!r}> at an address in {wanted!r}"


def bangla_is_marked(page: Page) -> Iterator[str]:
    for element, text in _texts(page):
        lang = page.lang(element)
        if lang in ("bn", "as", "mni"):
            continue
        if found := _BENGALI.search(text):
            yield f"{describe(element)} says “{found[0]}” without lang=bn"
        elif found := _BENGALI_DIGIT.search(text):
            yield f"{describe(element)} has the Bangla digit “{found[0]}” under lang={lang}"


def english_is_marked(page: Page) -> Iterator[str]:
    for element, text in _texts(page):
        if page.lang(element) != "bn":
            continue
        words = _LATIN_WORD.findall(_NEUTRAL.sub(" ", text))
        foreign = [word for word in words if word not in _TOKENS]
        if foreign:
            yield f"{describe(element)} says “{foreign[0]}” in Bangla text without lang=en"


def _texts(page: Page) -> Iterator[tuple[Element, str]]:
    """Every text a person meets, with the element whose language it has; what they typed excepted."""
    for element, text in _all_texts(page):
        yield element, page.visit.searched.sub(" ", text)


def _all_texts(page: Page) -> Iterator[tuple[Element, str]]:
    for element in page.elements:
        inside = element.tag in _NOT_PROSE or any(one.tag in _NOT_PROSE for one in page.ancestors(element))
        if not inside:
            yield element, " ".join([element.text or "", *(child.tail or "" for child in element)])
        yield from ((element, element.get(name, "")) for name in _SPOKEN if element.get(name))
        if element.tag == "input" and element.get("type") in ("submit", "button", "reset"):
            yield element, element.get("value", "")
        if element.tag == "meta" and element.get("name") == "description":
            yield element, element.get("content", "")


CHECKS = (page_language, bangla_is_marked, english_is_marked)
