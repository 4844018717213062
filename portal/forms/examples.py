"""Named people with the answers they type and how it ends: `examples/*.toml` of a service."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from portal.forms.definition import Question
from portal.forms.load import DefinitionProblem
from portal.forms.questions import Typed, kind_of

type Plain = str | list[str] | dict[str, str]
type ExampleAnswer = Plain | list[dict[str, Plain]]
MOBILE = "mobile"  # typed at sign-in; no question of any service
_ENDINGS = ("submitted", "exit", "error")


@dataclass(frozen=True, slots=True)
class Example:
    """One person's way through a service, as they type it.

    `expect` is "submitted", "exit:<key>" or "error:<question>". `registries` is what each registry would say
    of the person, by registry key, for tests that run without an exchange.
    """

    name: str
    expect: str
    on: date
    about: str
    answers: Mapping[str, ExampleAnswer]
    path: Path
    registries: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @property
    def ending(self) -> str:
        """submitted, exit or error."""
        return self.expect.partition(":")[0]

    @property
    def ends_at(self) -> str | None:
        """The exit's or the question's key; None when it is submitted."""
        return self.expect.partition(":")[2] or None

    @property
    def mobile(self) -> str | None:
        """The number typed at sign-in."""
        number = self.answers.get(MOBILE)
        return number if isinstance(number, str) else None

    def typed(self, question: Question) -> Typed:
        """What this person puts into that question's controls; empty when they leave them alone."""
        return _typed(question, self.answers.get(question.key))

    def items(self, list_key: str) -> tuple[Example, ...]:
        """This person as they speak of each of several things."""
        said = self.answers.get(list_key, [])
        things = said if isinstance(said, list) else []
        return tuple(
            replace(self, answers={**self.answers, **one}) for one in things if isinstance(one, dict)
        )


def _typed(question: Question, said: ExampleAnswer | None) -> Typed:
    if said is None:
        return {}
    if isinstance(said, dict):
        return {f"{question.key}-{part}": (words,) for part, words in said.items()}
    if isinstance(said, list):
        return {question.key: tuple(one for one in said if isinstance(one, str))}
    return {kind_of(question).fields(question)[0]: (said,)}


def load_examples(folder: Path) -> tuple[Example, ...]:
    """The examples of a service's folder, by file name. Raises DefinitionProblem."""
    return tuple(load_example(path) for path in sorted((folder / "examples").glob("*.toml")))


def load_example(path: Path) -> Example:
    """One example file. Raises DefinitionProblem."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DefinitionProblem([f"{path}: {error}"]) from error
    lines = [f"{path}: {line}" for line in _problems(raw)]
    if lines:
        raise DefinitionProblem(lines)
    person = raw.get("person", {})
    return Example(
        name=path.stem,
        expect=raw["expect"],
        on=raw["on"],
        about=person.get("about", ""),
        answers=cast("dict[str, ExampleAnswer]", raw["answers"]),
        path=path,
        registries=raw.get("registries", {}),
    )


def _problems(raw: dict[str, Any]) -> list[str]:
    lines = [f"“{key}” is not part of an example" for key in raw.keys() - _PARTS]
    if str(raw.get("expect", "")).partition(":")[0] not in _ENDINGS:
        lines.append("begin with expect = “submitted”, “exit:<exit-key>” or “error:<question-key>”")
    if type(raw.get("on")) is not date:
        lines.append("say the day of the test, like on = 2026-11-01")
    if not isinstance(raw.get("answers"), dict):
        return [*lines, "put what the person types under [answers]"]
    return [
        *lines,
        *(
            f"“{key}”: write words, a list or parts"
            for key, said in raw["answers"].items()
            if not _is_typed(said)
        ),
    ]


_PARTS = frozenset({"expect", "on", "person", "answers", "registries"})


def _is_typed(said: object) -> bool:
    if isinstance(said, list) and said and all(isinstance(one, dict) for one in said):
        return all(_is_typed(part) for one in said for part in one.values())
    if isinstance(said, dict):
        return all(isinstance(words, str) for words in said.values())
    return isinstance(said, str) or (isinstance(said, list) and all(isinstance(item, str) for item in said))
