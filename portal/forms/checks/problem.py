"""One thing an owner must mend before a service can be published."""

from __future__ import annotations

from dataclasses import dataclass

from portal.i18n.locale import Locale
from portal.i18n.messages import Message

_ENGLISH = Locale("en")


@dataclass(frozen=True, slots=True)
class Problem:
    """`where` names the part by its keys, as `steps.nid.questions.nid.hint`; `said` says what to do."""

    where: str
    said: Message

    @property
    def message(self) -> str:
        """What to do, in English, for command lines and logs."""
        return _ENGLISH.say(self.said)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def at_question(step: str, question: str) -> str:
    """How a question is named in `where`."""
    return f"steps.{step}.questions.{question}"
