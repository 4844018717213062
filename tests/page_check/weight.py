"""Bytes: what a page costs a person, before and after compression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import brotli

from accessibility.markup import Page

_QUESTION = re.compile(r"^/[a-z]{2,3}/apply/[^/]+/[^/]+$")
_WHOLE_PAGES = frozenset({"check", "tasks"})


@dataclass(frozen=True)
class Budget:
    """The most bytes a page's HTML may have: as it is, and by brotli 11."""

    raw: int
    brotli: int

    @classmethod
    def of(cls, path: str, status: int = 200) -> Budget:
        """A question page is held tightest; every other page, one of trouble too, has more to say."""
        is_question = _QUESTION.match(path) and path.rpartition("/")[2] not in _WHOLE_PAGES
        if not is_question or status not in (200, 422):
            return OTHER
        return QUESTION if status == 200 else MISTAKEN


QUESTION = Budget(raw=15_000, brotli=2_800)
# The same with what to mend, said twice: in the summary and beside each field.
MISTAKEN = Budget(raw=16_500, brotli=3_100)
OTHER = Budget(raw=40_000, brotli=8_000)
# A list of places is the country's, not the page's: each name may add this much.
EACH_OPTION = Budget(raw=120, brotli=16)


def over(page: Page, budget: Budget) -> Iterator[str]:
    """The faults of a page that is heavier than its budget."""
    body = page.html.encode()
    options = sum(1 for _ in page.all("option"))
    raw, packed = budget.raw + options * EACH_OPTION.raw, budget.brotli + options * EACH_OPTION.brotli
    if len(body) > raw:
        yield f"{len(body)} bytes of HTML, the budget is {raw}"
    # The best packing is what counts and takes long; a quicker one that fits already says enough.
    if all((size := len(brotli.compress(body, quality=quality))) > packed for quality in (5, 10, 11)):
        yield f"{size} bytes by brotli, the budget is {packed}"
