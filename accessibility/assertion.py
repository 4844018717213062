"""One judgement about one page: everything else, reports and red builds, is made of these."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Outcome = Literal["passed", "failed", "cannot tell"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What was judged: an address, its language, how it was displayed, and in which state."""

    url: str
    language: str
    mode: str = "light"
    state: str = "first look"


@dataclass(frozen=True, slots=True)
class Assertion:
    """`test` by `engine` says `outcome` of `criterion` (WCAG 2.2, or "best practice") about `subject`."""

    criterion: str
    test: str
    subject: Subject
    outcome: Outcome
    pointer: str
    words: str
    engine: str
    version: str

    def line(self) -> str:
        """The judgement as one line for a terminal."""
        where = f"{self.subject.url} ({self.subject.mode}, {self.subject.state})"
        return f"{self.criterion} {self.test} {where}: {self.pointer}: {self.words}"

    def to_json(self) -> dict[str, object]:
        """The judgement as plain values."""
        return asdict(self)
