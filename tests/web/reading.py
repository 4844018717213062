"""What a person finds on a fetched page: its heading, its fields, its mistakes, its links."""

from __future__ import annotations

from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import httpx2

from accessibility.markup import Page, Visit, words_in


def page_of(answer: httpx2.Response) -> Page:
    """The answer as a page."""
    if "page" not in answer.extensions:
        answer.extensions["page"] = Page(answer.text, Visit(str(answer.url), None, dict(answer.headers)))
    page = answer.extensions["page"]
    assert isinstance(page, Page)
    return page


def path_of(answer: httpx2.Response) -> str:
    """Where the person ended up, without the query."""
    return urlsplit(str(answer.url)).path


def heading(answer: httpx2.Response) -> str:
    """The words of the page's one h1."""
    return words_in(next(page_of(answer).all("h1")))


def title(answer: httpx2.Response) -> str:
    """The words of the page's title."""
    return words_in(next(page_of(answer).all("title")))


def main_words(answer: httpx2.Response) -> str:
    """Everything the main part says."""
    return words_in(next(page_of(answer).all("main")))


def fields(answer: httpx2.Response) -> dict[str, str]:
    """What stands in each control of the page, by name; only the chosen ones of choices and lists."""
    found: dict[str, str] = {}
    page = page_of(answer)
    for one in page.all("input", "select", "textarea"):
        name = one.get("name", "")
        if one.tag == "textarea":
            found[name] = "".join(one.itertext())
            continue
        if one.tag == "select":
            chosen = [option for option in one.iter("option") if option.get("selected") is not None]
            found[name] = chosen[0].get("value", "") if chosen else ""
        elif one.get("type") not in ("radio", "checkbox") or one.get("checked") is not None:
            found[name] = one.get("value", "")
    return found


def mistakes(answer: httpx2.Response) -> dict[str, str]:
    """The lines of the error summary, by the id each leads to; fails when one leads nowhere."""
    page = page_of(answer)
    boxes = [one for one in page.all("div") if one.get("class") == "errs"]
    links = [link for box in boxes for link in box.iter("a")]
    found = {link.get("href", "")[1:]: words_in(link) for link in links}
    assert set(found) <= set(page.ids), "the summary leads to fields that are not there"
    return found


def inline_mistakes(answer: httpx2.Response) -> list[str]:
    """The words above the fields that are wrong."""
    return [words_in(one) for one in page_of(answer).all("p") if one.get("class") == "err"]


def link_to(answer: httpx2.Response, words: str) -> str:
    """Where the link with these words leads."""
    links = {words_in(one): one.get("href", "") for one in page_of(answer).all("a")}
    return next(href for said, href in links.items() if words in said)


def links_in(answer: httpx2.Response, tag: str, **attributes: str) -> list[Element]:
    """Elements of that tag with those attributes, such as the language switch's links."""
    wanted = attributes.items()
    return [one for one in page_of(answer).all(tag) if all(one.get(name) == value for name, value in wanted)]
