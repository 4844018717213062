"""Titles: two different pages never carry the same one, in a tab list or aloud."""

from __future__ import annotations

import re

from accessibility.markup import Page, words_in

# A draft, a receipt and an application are each one page however many of them there are.
_ONE_OF_MANY = re.compile(r"/(apply|receipts|track)/[^/]+")


class TitleBook:
    """Remembers which page had which title."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[str, bool]] = {}

    def fault(self, page: Page, status: int = 200) -> str | None:
        """Note the page's title; a fault when another page, or the same with errors, had it before."""
        title = next((words_in(element) for element in page.all("title")), "")
        here = (_ONE_OF_MANY.sub(r"/\1/*", page.visit.path), status == 422)
        if status not in (200, 422):
            return None
        before = self._pages.setdefault(title, here)
        if before == here:
            return None
        if before[0] == here[0]:
            return f"{page.visit.path}: the title is the same with and without errors: {title!r}"
        return f"{page.visit.path}: the title {title!r} is that of {before[0]} too"
