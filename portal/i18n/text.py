"""`Text`: the words of a service in every language it has, each piece knowing its own language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

_TAG = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$")
FALLBACK = ("bn", "en")
# How a definition writes the easy words: `easy = "…"` beside `bn`, `easy_en` beside `en`.
EASY = {"easy": "bn-x-easy", "easy_en": "en-x-easy"}


class NotWords(ValueError):
    """What stands where words belong; the message says how words are written."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words and the language they are in, so that a page can mark them with `lang`."""

    words: str
    lang: str

    def __str__(self) -> str:
        return self.words


def fallback_chain(code: str) -> Iterator[str]:
    """`code`, its parents (`bn-x-easy` → `bn-x` → `bn`), then Bangla, then English; each once."""
    parts = code.split("-")
    parents = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    yield from dict.fromkeys([*parents, *FALLBACK])


class Text:
    """Immutable words by language tag: `Text({"bn": "নাম", "en": "Name"})`."""

    __slots__ = ("_words",)
    _words: tuple[tuple[str, str], ...]

    def __init__(self, words: Mapping[str, str]) -> None:
        """Raises NotWords when there are no words at all or a tag is not a language tag."""
        words = {EASY.get(tag, tag): said for tag, said in words.items()}
        for tag, said in words.items():
            if not _TAG.match(tag):
                raise NotWords(f"“{tag}” is not a language tag like bn or en")
            if not isinstance(said, str):
                raise NotWords(f"the words for {tag} must be text")
        kept = {tag: unicodedata.normalize("NFC", said.strip()) for tag, said in words.items()}
        if not any(kept.values()):
            raise NotWords("give the words in at least one language, like bn = “…”")
        object.__setattr__(self, "_words", tuple(sorted(kept.items())))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("Text never changes; make a new one")

    @property
    def codes(self) -> frozenset[str]:
        """The languages that have words here."""
        return frozenset(tag for tag, said in self._words if said)

    def piece(self, code: str) -> Piece:
        """The words nearest to `code`, with the language they are really in."""
        by_tag = dict(self._words)
        for tag in fallback_chain(code):
            if by_tag.get(tag):
                return Piece(by_tag[tag], tag)
        return next(Piece(said, tag) for tag, said in self._words if said)

    def words(self, code: str) -> str:
        """The words nearest to `code`, for places that need no `lang`."""
        return self.piece(code).words

    def to_dict(self) -> dict[str, str]:
        """Tag to words, tags in order: the shape it is built from."""
        return dict(self._words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._words == other._words

    def __hash__(self) -> int:
        return hash(self._words)

    def __repr__(self) -> str:
        return f"Text({self.to_dict()!r})"

    @classmethod
    def _read(cls, value: object) -> Text:
        if isinstance(value, Text):
            return value
        if not isinstance(value, Mapping):
            raise NotWords('write words by language, like { bn = "…", en = "…" }')
        return cls(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._read,
            serialization=core_schema.plain_serializer_function_ser_schema(cls.to_dict),
        )
