"""The skeleton of a page: doctype, headings, landmarks, ids, links, nesting and pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from accessibility.markup import RAW_TEXT, Page, describe, words_in

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INTERACTIVE = frozenset(
    {"a", "button", "input", "select", "textarea", "label", "summary", "details", "form"}
)
_HOLDS_NO_INTERACTIVE = ("a", "button", "summary")
_BLOCKS = frozenset(
    (*_HEADINGS, "p", "div", "ul", "ol", "dl", "table", "form", "fieldset", "section", "article", "nav")
)
_HOLDS_PHRASES = (*_HEADINGS, "p", "span", "button", "label", "strong", "em", "b", "i", "small", "output")
_LISTS = {"ul": ("li",), "ol": ("li",), "dl": ("dt", "dd", "div"), "dl's div": ("dt", "dd")}
_LEFTOVERS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|%\([a-z_]+\)[sd]|\bUndefined\b|<portal\.|object at 0x")


def well_formed(page: Page) -> Iterator[str]:
    if not page.html.lstrip().lower().startswith("<!doctype html>"):
        yield "no <!doctype html> at the start"
    yield from (f"not valid HTML: {error}" for error in page.parse_errors)


def headings(page: Page) -> Iterator[str]:
    found = [element for element in page.all(*_HEADINGS) if words_in(element)]
    firsts = [element for element in found if element.tag == "h1"]
    if len(firsts) != 1:
        yield f"{len(firsts)} h1 elements, wanted 1"
    yield from ("a heading without words" for element in page.all(*_HEADINGS) if not words_in(element))
    if any("main" not in {around.tag for around in page.ancestors(heading)} for heading in firsts):
        yield "the h1 is outside <main>"
    levels = [int(str(element.tag)[1]) for element in found]
    yield from (
        f"headings jump from h{before} to h{after}"
        for before, after in pairwise(levels)
        if after > before + 1
    )


def landmarks(page: Page) -> Iterator[str]:
    mains = list(page.all("main"))
    if len(mains) != 1:
        yield f"{len(mains)} main elements, wanted 1"
    navs = list(page.all("nav"))
    unnamed = [nav for nav in navs if not (nav.get("aria-label") or nav.get("aria-labelledby"))]
    if len(navs) > 1 and unnamed:
        yield f"{len(unnamed)} of {len(navs)} nav elements have no name of their own"


def head(page: Page) -> Iterator[str]:
    titles = [words_in(element) for element in page.all("title") if page.parents[element].tag == "head"]
    if len(titles) != 1 or not titles[0]:
        yield "no words in <title>" if titles else "no <title>"
    views = [element.get("content", "") for element in page.all("meta") if element.get("name") == "viewport"]
    if not any("width=device-width" in view for view in views):
        yield "no viewport for small screens"
    if any("user-scalable=no" in view or "maximum-scale" in view for view in views):
        yield "the viewport forbids zooming"


def ids(page: Page) -> Iterator[str]:
    counted = Counter(element.get("id") for element in page.elements if element.get("id") is not None)
    yield from (f"id {name!r} is there {times} times" for name, times in counted.items() if times > 1)
    yield from (f"id {name!r} is empty or has a space" for name in counted if not name or " " in name)


def links(page: Page) -> Iterator[str]:
    for link in page.all("a"):
        href = link.get("href")
        if href is None or not href.strip() or href == "#":
            yield f"{describe(link)} goes nowhere"
        elif href.startswith("#") and href[1:] not in page.ids:
            yield f"{describe(link)} points at {href}, which is not on the page"
        if not page.name(link):
            yield f"link to {href} has no words"


def nesting(page: Page) -> Iterator[str]:
    for element in page.elements:
        around = [str(one.tag) for one in page.ancestors(element)]
        if element.tag in _INTERACTIVE and element.get("type") != "hidden":
            holders = [tag for tag in around if tag in _HOLDS_NO_INTERACTIVE]
            yield from (f"{describe(element)} inside <{holder}>" for holder in holders[:1])
        if element.tag in ("label", "form") and element.tag in around:
            yield f"{describe(element)} inside another <{element.tag}>"
        if element.tag in _BLOCKS and around and around[0] in _HOLDS_PHRASES:
            yield f"{describe(element)}, a block, inside <{around[0]}>"


def lists(page: Page) -> Iterator[str]:
    for item, holder in page.parents.items():
        kind = str(holder.tag)
        if kind == "div" and getattr(page.parents.get(holder), "tag", "") == "dl":
            kind = "dl's div"
        if item.tag not in _LISTS.get(kind, (item.tag,)):
            yield f"{describe(item)} may not stand directly in a {kind}"


def pictures(page: Page) -> Iterator[str]:
    yield from (f"{describe(image)} has no alt" for image in page.all("img") if image.get("alt") is None)
    for drawing in page.elements:
        if not str(drawing.tag).endswith("}svg"):
            continue
        hidden = any(one.get("aria-hidden") == "true" for one in (drawing, *page.ancestors(drawing)))
        named = drawing.get("role") == "img" and drawing.get("aria-label", drawing.get("aria-labelledby"))
        if not hidden and not named:
            yield f"{describe(drawing)} is neither hidden from nor named to a screen reader"


def tabbing(page: Page) -> Iterator[str]:
    for element in page.elements:
        order = element.get("tabindex", "0")
        if not re.fullmatch(r"-?\d+", order) or int(order) > 0:
            yield f"{describe(element)} has tabindex {order}"
        if element.get("autofocus") is not None:
            yield f"{describe(element)} takes the focus by itself"


def leftovers(page: Page) -> Iterator[str]:
    for element in page.elements:
        if element.tag in RAW_TEXT or element.tag == "textarea":
            continue
        texts = [element.text or "", *(child.tail or "" for child in element)]
        kept = {"value", "d", "style"}
        texts += [value for name, value in element.items() if name not in kept]
        for text in texts:
            if found := _LEFTOVERS.search(page.visit.searched.sub(" ", text)):
                yield f"{describe(element)} shows {found[0]!r}, left over from a template"


CHECKS = (well_formed, headings, landmarks, head, ids, links, nesting, lists, pictures, tabbing, leftovers)
