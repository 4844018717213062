"""Say that the worker lives, and ask whether it does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.store import deliveries, heartbeats
from portal.store.database import Session
from portal.store.deliveries import DeliveryState

WORKER = "worker"
PATIENCE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Health:
    """How the part of the portal that nobody visits is doing."""

    worker_seen_at: datetime | None
    is_worker_alive: bool
    deliveries: dict[DeliveryState, int]
    """How many applications are in each state of the outbox."""


def beat(db: Session, who: str, now: datetime) -> None:
    """The worker called `who` is alive at `now`."""
    heartbeats.beat(db, WORKER, who, now)


def health(db: Session, now: datetime) -> Health:
    """What `/readyz` and the status page tell."""
    seen = heartbeats.last_beat(db, WORKER)
    is_alive = seen is not None and now - seen < PATIENCE
    return Health(seen, is_alive, deliveries.count_by_state(db))
