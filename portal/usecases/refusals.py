"""Everything a use case may refuse, as types; none of their texts holds personal values."""

from dataclasses import dataclass
from datetime import timedelta

from portal.store.refused import NotFound, Refused, StaleDraft

__all__ = [
    "AlreadySent",
    "CodeExpired",
    "CodeWrong",
    "NotFound",
    "NotOpen",
    "NotReady",
    "NotSignedIn",
    "Refused",
    "StaleDraft",
    "TooMany",
]


class NotOpen(Refused):
    """Applications for this service are not taken now."""


class NotReady(Refused):
    """A required question on this person's route has no valid answer."""


class NotSignedIn(Refused):
    """This service wants a phone code first."""


@dataclass(eq=False)
class AlreadySent(Refused):
    """The draft became an application: its answers no longer change."""

    reference: str


@dataclass(eq=False)
class TooMany(Refused):
    """Too often; worth trying again after `retry_after`. The taken tokens stay taken."""

    retry_after: timedelta
    keeps_facts = True


@dataclass(eq=False)
class CodeWrong(Refused):
    """Not the code that was sent. The try counts; at 0 left a new code is needed."""

    tries_left: int
    keeps_facts = True


class CodeExpired(Refused):
    """There is no code that could still be typed: too old, used, tried too often or never sent."""
