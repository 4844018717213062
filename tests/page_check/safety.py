"""What the content security policy must be able to forbid: inline code, strange hosts, script addresses."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from accessibility.markup import Page, describe

_HANDLER = re.compile(r"on[a-z]+|hx-on.*|data-hx-on.*")
_ADDRESSES = ("href", "src", "action", "formaction", "data", "poster")
_SCRIPTS = ("javascript:", "vbscript:", "data:text")
_CODE_TYPES = ("", "text/javascript", "module", "application/javascript")


def attributes(page: Page) -> Iterator[str]:
    for element in page.elements:
        for name, value in element.items():
            if _HANDLER.fullmatch(name):
                yield f"{describe(element)} has the inline handler {name}"
            if name == "style":
                yield f"{describe(element)} has a style attribute"
            if name in _ADDRESSES and value.strip().lower().startswith(
                ("javascript:", "data:text", "vbscript:")
            ):
                yield f"{describe(element)} has a script in its {name}"


def inline_code(page: Page) -> Iterator[str]:
    policy = _policy(page.visit.header("content-security-policy"))
    for script in page.all("script"):
        runs = script.get("type", "").lower() in _CODE_TYPES and script.get("src") is None
        if runs and not _allowed(script, policy.get("script-src", policy.get("default-src", ()))):
            yield "an inline script whose hash the content security policy does not name"
    for style in page.all("style"):
        if not _allowed(style, policy.get("style-src", policy.get("default-src", ()))):
            yield "an inline style whose hash the content security policy does not name"


def policy(page: Page) -> Iterator[str]:
    stated = page.visit.header("content-security-policy")
    if page.visit.headers and not stated:
        yield "no content security policy"
    yield from (f"the content security policy allows {word}" for word in _LOOSE if word in stated)


_LOOSE = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", " * ", "http:", " data:;")


def origins(page: Page) -> Iterator[str]:
    own = urlsplit(page.visit.url).netloc
    for element in page.all("script", "link", "img", "audio", "video", "source", "iframe", "form", "object"):
        if element.tag == "link" and element.get("rel") in ("canonical", "alternate", "license"):
            continue
        for name in _ADDRESSES:
            host = urlsplit(element.get(name, "")).netloc
            if host and host != own:
                yield f"{describe(element)} loads from or sends to {host}"
    for link in page.all("a"):
        if link.get("target") == "_blank" and "noopener" not in link.get("rel", ""):
            yield f"{describe(link)} opens a window that can reach back"


def _policy(header: str) -> dict[str, tuple[str, ...]]:
    parts = (part.split() for part in header.split(";") if part.strip())
    return {name.lower(): tuple(sources) for name, *sources in parts}


def _allowed(element: Element, sources: tuple[str, ...]) -> bool:
    digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
    nonce = element.get("nonce")
    return f"'sha256-{digest}'" in sources or (nonce is not None and f"'nonce-{nonce}'" in sources)


CHECKS = (attributes, inline_code, policy, origins)
