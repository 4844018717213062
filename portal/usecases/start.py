"""Start an application: an empty draft that belongs to this browser."""

from datetime import date, datetime, timedelta

from portal.forms.definition import Service
from portal.i18n.locale import today
from portal.store import drafts
from portal.store.database import Session
from portal.store.drafts import Draft
from portal.store.limits import Limit
from portal.usecases.catalogue import load_live
from portal.usecases.limiting import require_tokens
from portal.usecases.refusals import NotOpen
from portal.usecases.visitor import Visitor

# A digital centre, or a whole village behind one mobile gateway, starts many drafts from one address.
_PER_CLIENT = Limit("start by client", 300, timedelta(minutes=10))
_PER_HOLDER = Limit("start by holder", 30, timedelta(minutes=10))


def may_start(service: Service, day: date, *, is_demo: bool) -> bool:
    """Whether an application may be begun on `day`; a demo keeps windows open, but nothing that is closed."""
    if service.hard_close is not None and service.hard_close.on <= day:
        return False
    return is_demo or service.is_open_on(day)


def start(db: Session, service_key: str, visitor: Visitor, now: datetime, *, is_demo: bool = False) -> Draft:
    """A draft of the live version: the one just begun when the button is pressed twice, else a new one.

    Raises `NotFound` for an unknown service, `NotOpen` outside its windows, `TooMany` for a flood.
    """
    live = load_live(db, service_key)
    if not may_start(live.service, today(now), is_demo=is_demo):
        raise NotOpen
    beginning = drafts.Beginning(service_key, live.hash, visitor.locale, visitor.holder)
    begun = drafts.untouched(db, beginning)
    if begun is not None:
        return begun
    require_tokens(db, {_PER_HOLDER: visitor.holder, _PER_CLIENT: visitor.client}, now)
    return drafts.create(db, beginning, now)
