"""One thing an owner must mend before a service can be published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`where` names the part by its keys, as `steps.nid.questions.nid.hint`; `message` says what to do."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def at_question(step: str, question: str) -> str:
    """How a question is named in `where`."""
    return f"steps.{step}.questions.{question}"
