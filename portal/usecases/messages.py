"""The sentences sent to phones. They never name the service: phones are shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.i18n.messages import Message, lazy
from portal.store import sent_messages
from portal.store.database import Session
from portal.store.sent_messages import MessageKind, ShortMessage

_SENTENCES: Mapping[MessageKind, Callable[[Mapping[str, str]], Message]] = {
    "code": lambda params: lazy(
        "{code} is your code. It works for {minutes} minutes. Tell it to nobody.",
        code=params["code"],
        minutes=5,
    ),
    "received": lambda params: lazy(
        "We have your application. Its number is {reference}. Keep it.", reference=params["reference"]
    ),
    "news": lambda params: lazy(
        "There is news about your application {reference}. Look it up with this number.",
        reference=params["reference"],
    ),
}

# Tries at ten seconds, forty, ninety …: a code is useless after five minutes, news is not after a day.
_ATTEMPTS: Mapping[MessageKind, int] = {"code": 4, "received": 30, "news": 30}


@dataclass(frozen=True, slots=True)
class SentMessage:
    """One message as the developer's page shows it; `message` is said in `language`."""

    kind: MessageKind
    mobile: str = field(repr=False)
    language: str
    message: Message = field(repr=False)
    at: datetime
    code: str | None = field(repr=False)
    """The one-time code inside, in ASCII digits."""
    state: str


def sentence(message: ShortMessage) -> Message:
    """What `message` says; said in its own language by whoever sends or shows it."""
    return _SENTENCES[message.kind](message.params)


def recent(db: Session, limit: int = 50) -> tuple[SentMessage, ...]:
    """The newest messages first, for development's `/_messages` only."""
    return tuple(_shown(message) for message in sent_messages.recent(db, limit))


def _shown(message: ShortMessage) -> SentMessage:
    if message.created_at is None:
        raise ValueError("a message that was never stored cannot be shown")
    return SentMessage(
        kind=message.kind,
        mobile=message.mobile,
        language=message.language,
        message=sentence(message),
        at=message.created_at,
        code=message.params.get("code"),
        state=message.state,
    )


def told(db: Session, message: ShortMessage, was_sent: bool, now: datetime) -> None:
    """The gateway took a message, or it is tried again later; a code nobody can use any more is let go."""
    if was_sent:
        sent_messages.settle(db, message.id, "sent", now)
        return
    if message.attempts >= _ATTEMPTS[message.kind]:
        sent_messages.settle(db, message.id, "dead", now)
        return
    sent_messages.put_off(db, message.id, now + timedelta(seconds=10 * message.attempts**2))
