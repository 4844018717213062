"""Start an application: an empty draft that belongs to this browser."""

from datetime import datetime, timedelta

from portal.store import drafts
from portal.store.database import Session
from portal.store.drafts import Draft
from portal.store.limits import Limit
from portal.usecases.catalogue import load_live
from portal.usecases.limiting import require_tokens
from portal.usecases.visitor import Visitor

# A digital centre, or a whole village behind one mobile gateway, starts many drafts from one address.
_PER_CLIENT = Limit("start by client", 300, timedelta(minutes=10))
_PER_HOLDER = Limit("start by holder", 30, timedelta(minutes=10))


def start(db: Session, service_key: str, visitor: Visitor, now: datetime) -> Draft:
    """A draft of the live version: the one just begun when the button is pressed twice, else a new one.

    Raises `NotFound` for an unknown service, `TooMany` for a flood.
    """
    live = load_live(db, service_key)
    beginning = drafts.Beginning(service_key, live.hash, visitor.locale, visitor.holder)
    begun = drafts.untouched(db, beginning)
    if begun is not None:
        return begun
    require_tokens(db, {_PER_HOLDER: visitor.holder, _PER_CLIENT: visitor.client}, now)
    return drafts.create(db, beginning, now)
