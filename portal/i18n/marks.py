"""Marks words that are in another language than their page, until the page's HTML is finished.

Where a language lacks a sentence, the nearest other one says it. In the middle of a page such words get a
`lang` of their own; in an attribute or a title, where no element can stand, they are left as they are.
"""

from __future__ import annotations

import re

_OPEN, _NAMED, _CLOSE = "\ue000", "\ue001", "\ue002"  # private use: no keyboard types them
_TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>|<!--.*?-->|<[^>]*>", re.DOTALL)
_MARK = re.compile(f"{_OPEN}([A-Za-z0-9-]{{2,35}}){_NAMED}|{_CLOSE}")
_WORDY = frozenset({"meta", "img"})
_PLAIN = frozenset({"title", "option", "textarea", "script", "style"})


def mark(words: str, lang: str) -> str:
    """`words`, remembering that they are in `lang`."""
    return f"{_OPEN}{lang}{_NAMED}{words}{_CLOSE}" if words else words


def unmarked(words: str) -> str:
    """The words alone, for what is no page."""
    return re.sub(f"[{_OPEN}{_NAMED}{_CLOSE}]", "", _MARK.sub("", words))


def spoken(html: str) -> str:
    """The finished page: each marked piece in an element with its `lang`."""
    out: list[str] = []
    inside, end = "", 0
    for tag in _TOKEN.finditer(html):
        text = html[end : tag.start()]
        if inside and out and (found := _MARK.search(text)) and found[1]:
            out[-1] = f'{out[-1].removesuffix(">")} lang="{found[1]}">'  # no element may stand inside it
        name, end = (tag[2] or "").lower(), tag.end()
        out += [unmarked(text) if inside else _elements(text), _tag(name, tag[0])]
        if name in _PLAIN:
            inside = "" if tag[1] else name
    return "".join([*out, _elements(html[end:])])


def _tag(name: str, tag: str) -> str:
    """A tag without marks; one that holds nothing but its own words says their language."""
    found = _MARK.search(tag) if name in _WORDY else None
    lang = f' lang="{found[1]}"' if found and found[1] else ""
    return unmarked(tag).removesuffix(">") + lang + ">" if lang else unmarked(tag)


def _elements(text: str) -> str:
    if _OPEN not in text:
        return unmarked(text)
    depth = 0

    def element(found: re.Match[str]) -> str:
        nonlocal depth
        if found[1]:
            depth += 1
            return f'<span lang="{found[1]}">'
        depth -= 1
        return "</span>" if depth >= 0 else ""

    made = _MARK.sub(element, text)
    return unmarked(made) + "</span>" * max(depth, 0)
