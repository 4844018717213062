"""A full name in one script: any length of parts, single names welcome, nothing transliterated."""

from __future__ import annotations

from typing import override

import regex

from portal.forms.answers import Value
from portal.forms.definition import Question
from portal.forms.questions.kind import Around, Fault, OneField, Parsed, Typed, first, nothing
from portal.forms.questions.text import words_fault
from portal.i18n.digits import fold
from portal.i18n.locale import Locale
from portal.i18n.messages import lazy

LENGTH = 120
_BANGLA = regex.compile(r"[\p{Bengali}&&\p{L}]", regex.V1)
_LATIN = regex.compile(r"\p{Latin}")
_OTHER_LETTERS = regex.compile(r"[\p{L}--\p{Bengali}--\p{Latin}]", regex.V1)
_SYMBOLS = regex.compile(r"[[\p{S}{}\[\]\\]--[`´]]", regex.V1)
# Bijoy's keyboard writes Bangla as these signs of an old font's code page.
_BIJOY_SIGNS = regex.compile(r"[\u00a1-\u00ff†‡ˆ‰Š‹ŒŽ•™š›œžŸƒ]")
_BIJOY_CASE = regex.compile(r"\b[A-Za-z]*[a-z][A-Z][A-Za-z]*\b")


def looks_like_bijoy(words: str) -> bool:
    """Whether `words` were typed with Bijoy (SutonnyMJ) and came out as Latin: Avgvi, iwngv LvZyb, †gvQvt."""
    if _BANGLA.search(words):
        return False
    letters = regex.findall(r"\p{Latin}", words)
    if not letters:
        return False
    share_of_v = sum(letter in "vV" for letter in letters) / len(letters)  # v is া, the commonest vowel
    return bool(
        _BIJOY_SIGNS.search(words) or (_BIJOY_CASE.search(words) and share_of_v > 0.05) or share_of_v > 0.3
    )


class NameKind(OneField):
    """A person's full name."""

    @override
    def parse(self, question: Question, typed: Typed, around: Around) -> Parsed:
        """A name in the question's script; how people write it is theirs."""
        words = fold(first(typed, question.key))
        if not words:
            return nothing(question, question.key)
        fault = name_fault(question, question.key, question.script, words)
        return Parsed(faults=(fault,)) if fault else Parsed(words)

    @override
    def lang(self, question: Question, value: Value, locale: Locale) -> str | None:
        """The script's language, whatever language the page is in."""
        return question.script if question.script in ("bn", "en") else None


def name_fault(question: Question, field: str, script: str | None, words: str) -> Fault | None:
    """What is wrong with `words` as a name in `script`, typed into `field`."""
    unreadable = words_fault(question, field, words, LENGTH)
    if unreadable is not None:
        return unreadable
    if script == "bn" and looks_like_bijoy(words):
        message = lazy(
            "This looks like old Bijoy writing. Type the name with a Unicode keyboard, like Avro or Gboard"
        )
        return Fault(field, "bijoy", message)
    symbol = _SYMBOLS.search(words)
    if symbol:
        return Fault(field, "symbol", lazy("Delete {sign} from the name", sign=symbol[0]))
    return _script_fault(question, field, script, words)


def _script_fault(question: Question, field: str, script: str | None, words: str) -> Fault | None:
    if script == "bn" and not _is_bangla(words):
        return Fault(field, "script", lazy("Write the name in Bangla letters"))
    if script == "en" and not _is_english(words):
        return Fault(field, "script", lazy("Write the name in English letters"))
    if not regex.search(r"\p{L}", words):
        return Fault(field, "letters", lazy("{thing} must have letters in it", thing=question.short))
    return None


def _is_bangla(words: str) -> bool:
    return bool(_BANGLA.search(words)) and not (_LATIN.search(words) or _OTHER_LETTERS.search(words))


def _is_english(words: str) -> bool:
    return bool(_LATIN.search(words)) and not (_BANGLA.search(words) or _OTHER_LETTERS.search(words))
