"""Take tokens before doing something that can be done too often."""

from collections.abc import Mapping
from datetime import datetime

from portal.store import limits
from portal.store.database import Session
from portal.store.limits import Limit
from portal.usecases.refusals import TooMany


def require_tokens(db: Session, wanted: Mapping[Limit, str], now: datetime) -> None:
    """Take one token of each limit for the person it is kept for; raises `TooMany` with the longest wait.

    A limit kept for nobody (an empty string) is not counted.
    """
    waits = [limits.take(db, limit, who, now) for limit, who in wanted.items() if who]
    short = [wait for wait in waits if wait is not None]
    if short:
        raise TooMany(max(short))
