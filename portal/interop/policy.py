"""When to try again and how long to wait, with the clock and the dice handed in."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

RETRYABLE_METHODS = frozenset({"GET", "HEAD", "PUT"})


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The world as the broker sees it; tests hand in another one."""

    now: Callable[[], datetime] = _now
    chance: Callable[[], float] = field(default=random.SystemRandom().random)
    """A number in [0, 1)."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    new_id: Callable[[], str] = _new_id


@dataclass(frozen=True, slots=True)
class Retry:
    """At most `again` further attempts, full jitter: a wait anywhere from nothing to a doubling ceiling."""

    again: int = 2
    first: float = 0.25
    """Ceiling of the first wait, in seconds."""

    def allows(self, method: str, kind: str, attempt: int) -> bool:
        """True when attempt `attempt` (from 1), having failed with `kind`, may be followed by another."""
        return method in RETRYABLE_METHODS and kind == "transient" and attempt <= self.again

    def wait(self, attempt: int, chance: float) -> float:
        """Seconds to wait after attempt number `attempt`."""
        ceiling: float = self.first * 2 ** (attempt - 1)
        return chance * ceiling
