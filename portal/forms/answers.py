"""What a person answered, and where each answer came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeGuard, cast

# What was said of one of several things that are asked in turn: question key to value.
type Item = dict[str, str | int | list[str] | dict[str, str]]
# JSON-able; ASCII digits; dates as ISO; an option by its code.
type Value = str | int | list[str] | dict[str, str] | list[Item]
type Values = Mapping[str, Value]
# The value of an optional question that was seen and left empty; to rules it is unanswered.
SKIPPED = ""
Source = Literal["typed", "registry", "phone"]


class NotAnswers(ValueError):
    """Kept answers that are not in the shape `to_json` writes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One value and its provenance.

    `registry`, `fetched_at` (aware UTC) and `registry_value` are set when a registry had said something about
    this question: `source` is then "registry" if the person kept it and "typed" if they corrected it.
    """

    value: Value
    source: Source = "typed"
    registry: str | None = None
    fetched_at: datetime | None = None
    registry_value: Value | None = None

    @property
    def is_skipped(self) -> bool:
        """Whether the person saw the question and left it empty."""
        return self.value == SKIPPED

    def to_json(self) -> dict[str, object]:
        """The answer as JSON keeps it; absent facts are left out."""
        facts: dict[str, object] = {"value": self.value, "source": self.source}
        if self.registry is not None:
            facts["registry"] = self.registry
        if self.fetched_at is not None:
            facts["fetched_at"] = self.fetched_at.isoformat()
        if self.registry_value is not None:
            facts["registry_value"] = self.registry_value
        return facts

    @classmethod
    def from_json(cls, facts: Mapping[str, object]) -> Answer:
        """The answer `to_json` wrote. Raises KeyError or NotAnswers for anything else."""
        if facts["source"] not in ("typed", "registry", "phone"):
            raise NotAnswers("an answer is typed, from a registry or from a phone")
        fetched_at = facts.get("fetched_at")
        registry = facts.get("registry")
        return cls(
            value=read_value(facts["value"]),
            source=facts["source"],
            registry=None if registry is None else str(registry),
            fetched_at=None if fetched_at is None else datetime.fromisoformat(str(fetched_at)),
            registry_value=None if "registry_value" not in facts else read_value(facts["registry_value"]),
        )


def read_value(raw: object) -> Value:
    """`raw` as an answer's value. Raises NotAnswers when it has another shape."""
    if isinstance(raw, (str, int)) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, list) and all(isinstance(item, str) for item in raw):
        return list(raw)
    if isinstance(raw, list) and all(isinstance(item, dict) for item in raw):
        return [read_item(item) for item in raw]
    if isinstance(raw, dict) and all(isinstance(part, str) for pair in raw.items() for part in pair):
        return dict(raw)
    raise NotAnswers("a value is words, a whole number, several codes or named parts")


def read_item(raw: Mapping[object, object]) -> Item:
    """`raw` as the answers about one of several things. Raises NotAnswers."""
    item: Item = {}
    for key, said in raw.items():
        value = read_value(said)
        if not isinstance(key, str) or is_items(value):
            raise NotAnswers("a thing's answers have question keys and plain values")
        item[key] = cast("str | int | list[str] | dict[str, str]", value)
    return item


def is_items(value: Value | None) -> TypeGuard[list[Item]]:
    """Whether the value is the answers about several things; an empty list is."""
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


class Answers(Mapping[str, Answer]):
    """Every answer of a draft by question key; never changes, off-route answers included."""

    __slots__ = ("_by_key",)

    def __init__(self, by_key: Mapping[str, Answer] | None = None) -> None:
        self._by_key: dict[str, Answer] = dict(by_key or {})

    def __getitem__(self, key: str) -> Answer:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def __repr__(self) -> str:
        return f"Answers({', '.join(self._by_key)})"  # keys only: values are personal and reprs reach logs

    @classmethod
    def typed(cls, values: Values) -> Answers:
        """Plain values, all typed by the person."""
        return cls({key: Answer(value) for key, value in values.items()})

    def with_answers(self, new: Mapping[str, Answer]) -> Answers:
        """These answers with `new` ones put over them."""
        return Answers({**self._by_key, **new})

    def without(self, *keys: str) -> Answers:
        """These answers less some: an optional answer the person emptied."""
        return Answers({key: answer for key, answer in self._by_key.items() if key not in keys})

    def only(self, *keys: str) -> Answers:
        """Just these questions' answers, in this order, where they were given."""
        return Answers({key: self._by_key[key] for key in keys if key in self._by_key})

    @property
    def plain(self) -> dict[str, Value]:
        """Key to value, for rules."""
        return {key: answer.value for key, answer in self._by_key.items()}

    def to_json(self) -> dict[str, object]:
        """A JSON-able dict; `from_json` reads it back."""
        return {key: answer.to_json() for key, answer in self._by_key.items()}

    @classmethod
    def from_json(cls, facts: Mapping[str, object]) -> Answers:
        """The answers `to_json` wrote. Raises KeyError or NotAnswers for anything else."""
        read = {}
        for key, answer in facts.items():
            if not isinstance(answer, dict):
                raise NotAnswers(f"the answer to {key} is no table")
            read[key] = Answer.from_json(answer)
        return cls(read)
