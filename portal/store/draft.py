"""A draft as the portal handles it, and the part of it that is sealed as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, cast

from portal.forms.answers import Answer, Answers, Value, read_value
from portal.security.sealing import Key

PrefillState = Literal["none", "pending", "done", "unavailable", "no_match"]
_PATIENCE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A value a registry gave, waiting to be confirmed. Kept out of repr."""

    value: Value = field(repr=False)
    registry: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Asking:
    """How asking one registry stands for a draft."""

    state: PrefillState = "none"
    started: datetime | None = None

    def is_waiting(self, now: datetime) -> bool:
        """True while the registry is being asked; an asking that died is given up after 20 seconds."""
        return self.state == "pending" and self.started is not None and now - self.started < _PATIENCE


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a question's answer was until `revision`; lets a late tab be merged instead of obeyed."""

    key: str
    revision: int
    answer: Answer | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """One person's unfinished application. Its repr holds nothing they said."""

    id: str
    service_key: str
    version_hash: str
    locale: str
    """The language the person last answered in."""
    created_at: datetime
    updated_at: datetime
    revision: int = 0
    answers: Answers = field(default_factory=Answers, repr=False)
    prefill: Mapping[str, Prefilled] = field(default_factory=dict, repr=False)
    """Values of registries by question key."""
    askings: Mapping[str, Asking] = field(default_factory=dict)
    """By registry; one that was never asked is not there."""
    mobile: str | None = field(default=None, repr=False)
    """The number a code was checked for, like 01712345678."""
    sign_in_skipped: bool = False
    submitted_reference: str | None = None
    replaced: tuple[Replaced, ...] = field(default=(), repr=False)
    holder_hash: str = field(default="", repr=False)
    vault: Key | None = field(default=None, repr=False)

    @property
    def is_signed_in(self) -> bool:
        """True once a phone code was checked."""
        return self.mobile is not None

    def asking(self, registry: str) -> Asking:
        """How asking that registry stands."""
        return self.askings.get(registry, Asking())

    def offered(self, key: str) -> Value | None:
        """What should stand in the controls of question `key`: the answer, else what a registry said."""
        if key in self.answers:
            return self.answers[key].value
        return self.prefill[key].value if key in self.prefill else None


@dataclass(frozen=True, slots=True)
class Said:
    """What is sealed of a draft."""

    answers: Answers = field(repr=False)
    prefill: Mapping[str, Prefilled] = field(repr=False)
    askings: Mapping[str, Asking]
    mobile: str | None = field(repr=False)
    replaced: tuple[Replaced, ...] = field(repr=False)


def written(draft: Draft) -> bytes:
    """Everything the person said, as JSON to be sealed."""
    return json.dumps(
        {
            "answers": draft.answers.to_json(),
            "prefill": {
                key: {"value": one.value, "registry": one.registry, "fetched_at": one.fetched_at.isoformat()}
                for key, one in draft.prefill.items()
            },
            "askings": {
                key: {"state": one.state, "started": one.started and one.started.isoformat()}
                for key, one in draft.askings.items()
            },
            "mobile": draft.mobile,
            "replaced": [
                {"key": one.key, "revision": one.revision, "answer": one.answer and one.answer.to_json()}
                for one in draft.replaced
            ],
        },
        ensure_ascii=False,
    ).encode()


def read(stored: bytes) -> Said:
    """What `written` wrote."""
    said = json.loads(stored)
    return Said(
        answers=Answers.from_json(said["answers"]),
        prefill={key: _prefilled(one) for key, one in said["prefill"].items()},
        askings={key: _asking(one) for key, one in said.get("askings", {}).items()},
        mobile=said["mobile"],
        replaced=tuple(_replaced(one) for one in said["replaced"]),
    )


def _asking(stored: Mapping[str, object]) -> Asking:
    started = stored["started"]
    state = cast("PrefillState", stored["state"])
    return Asking(state, datetime.fromisoformat(str(started)) if started else None)


def _replaced(stored: Mapping[str, object]) -> Replaced:
    answer = stored["answer"]
    return Replaced(
        key=str(stored["key"]),
        revision=cast("int", stored["revision"]),
        answer=Answer.from_json(answer) if isinstance(answer, dict) else None,
    )


def _prefilled(stored: Mapping[str, object]) -> Prefilled:
    return Prefilled(
        value=read_value(stored["value"]),
        registry=str(stored["registry"]),
        fetched_at=datetime.fromisoformat(str(stored["fetched_at"])),
    )
