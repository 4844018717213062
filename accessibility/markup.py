"""A fetched page, parsed once, with the questions the checks ask of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import html5lib

LOCALES = re.compile(r"^/([a-z]{2,3})(?:/|$)")
RAW_TEXT = frozenset({"script", "style"})
_CONTROLS = frozenset({"input", "select", "textarea"})
_BUTTONS = frozenset({"submit", "button", "reset", "image"})


@dataclass(frozen=True)
class Visit:
    """Where a page came from: its address, the language it should speak and its response headers."""

    url: str
    locale: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return urlsplit(self.url).path or "/"

    @property
    def language(self) -> str | None:
        """The locale given, or the one in the path; None for a page of no language."""
        if self.locale:
            return self.locale
        match = LOCALES.match(self.path)
        return match[1] if match else None

    @property
    def searched(self) -> re.Pattern[str]:
        """What the person searched for, by the address; the page repeats it as typed, whatever it is."""
        words = parse_qs(urlsplit(self.url).query).get("q", [""])[0].split()
        return re.compile(r"\s+".join(map(re.escape, words)) or "(?!)")

    def header(self, name: str) -> str:
        """A response header, whatever the case of its name; "" when absent."""
        return next((value for key, value in self.headers.items() if key.lower() == name), "")


class Page:
    """One HTML document and where it came from."""

    def __init__(self, html: str, visit: Visit) -> None:
        self.html = html
        self.visit = visit
        parser = html5lib.HTMLParser(
            tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=False
        )
        self.root: Element = parser.parse(html)
        self.parse_errors = [_words_of(error) for error in parser.errors]
        self.elements = [element for element in self.root.iter() if isinstance(element.tag, str)]
        self.parents = {child: parent for parent in self.elements for child in parent}
        self.ids = {element.get("id"): element for element in self.elements if element.get("id") is not None}

    def all(self, *tags: str) -> Iterator[Element]:
        """Elements with one of these tags, in document order."""
        return (element for element in self.elements if element.tag in tags)

    def ancestors(self, element: Element) -> Iterator[Element]:
        """The elements around this one, nearest first."""
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    def controls(self) -> Iterator[Element]:
        """What a person fills in: no buttons, nothing hidden."""
        for element in self.all(*_CONTROLS):
            kind = element.get("type", "text").lower()
            if element.tag != "input" or (kind != "hidden" and kind not in _BUTTONS):
                yield element

    def lang(self, element: Element) -> str:
        """The nearest `lang`, without its region; "" when nobody says."""
        for around in (element, *self.ancestors(element)):
            if (code := around.get("lang")) is not None:
                return code.partition("-")[0].lower()
        return ""

    def name(self, element: Element) -> str:
        """What the element is called aloud: aria-labelledby, aria-label, then its text or pictures' words."""
        if pointed := element.get("aria-labelledby", "").split():
            return " ".join(words_in(self.ids[one]) for one in pointed if one in self.ids).strip()
        if label := element.get("aria-label", "").strip():
            return label
        return words_in(element)


def words_in(element: Element) -> str:
    """The text inside, with the alternative words of pictures, single-spaced."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Element) -> Iterator[str]:
    if element.tag in RAW_TEXT or element.get("aria-hidden") == "true":
        return
    if element.tag == "img":
        yield element.get("alt", "")
    if str(element.tag).endswith("}svg"):
        yield element.get("aria-label", "")
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child)
        yield child.tail or ""


def describe(element: Element) -> str:
    """A short name for an element in a fault: `<input#dob-day name=dob-day>`."""
    tag = str(element.tag).rpartition("}")[2]
    mark = f"#{element.get('id')}" if element.get("id") else ""
    name = f" name={element.get('name')}" if element.get("name") else ""
    words = words_in(element)[:30]
    return f"<{tag}{mark}{name}>" + (f" “{words}”" if words else "")


def _words_of(error: tuple[tuple[int, int], str, Mapping[str, object]]) -> str:
    (line, column), code, facts = error
    about = " ".join(str(value) for value in facts.values())
    return f"line {line}, column {column}: {code} {about}".rstrip()
