"""Papers a service asks for, in any-of groups: one of several will do, and having none may be said."""

from __future__ import annotations

from datetime import date

from portal.forms.asked import SatisfiedBy
from portal.forms.expression import Expression
from portal.forms.part import Address, Code, Part, QuestionKey
from portal.i18n.text import Text


class Alternative(Part):
    """One paper that will do."""

    code: Code
    label: Text
    hint: Text | None = None


class DocumentGroup(Part):
    """What one of several papers must show. The answer under `key` is the code of the one the person has.

    With `reason`, "I don't have this" is among the options and asks why. With `attach`, a photo is asked.
    """

    key: QuestionKey
    title: Text
    alternatives: tuple[Alternative, ...]
    note: Text | None = None
    why: Text | None = None
    reason: bool = True
    attach: bool = False
    show_if: Expression | None = None
    satisfied_by: SatisfiedBy | None = None
    source_url: Address | None = None
    verified_on: date | None = None
