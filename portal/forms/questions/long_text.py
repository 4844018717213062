"""Free words of several lines, kept with their lines."""

from __future__ import annotations

from typing import override

from portal.forms.definition import Question
from portal.forms.questions.kind import Around, Parsed, Typed, first, nothing
from portal.forms.questions.text import TextKind, words_fault
from portal.i18n.digits import fold

LENGTH = 2000


class LongTextKind(TextKind):
    """A few lines, such as what happened."""

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """Any words within the limit; at most one empty line stands between two others."""
        lines = [fold(line) for line in first(typed, question.key).splitlines()]
        if not any(lines):
            return nothing(question, question.key)
        kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
        words = "\n".join(kept).strip("\n")
        fault = words_fault(question, question.key, words.replace("\n", " "), LENGTH)
        return Parsed(faults=(fault,)) if fault else Parsed(words)
