"""Throw away what has served its purpose: dead codes, old messages, full buckets, forgotten drafts."""

from datetime import datetime, timedelta

from portal.store import drafts, limits, phone_codes, sent_messages
from portal.store.database import Session

_CODES_KEPT = timedelta(hours=1)
_MESSAGES_KEPT = timedelta(days=7)
DRAFTS_KEPT = timedelta(days=60)
"""As the page "Who will see your information" promises."""
_AT_ONCE = 200


def sweep(db: Session, now: datetime) -> None:
    """Drop what nobody needs any more; applications are never touched."""
    phone_codes.sweep(db, now - _CODES_KEPT)
    sent_messages.sweep(db, now - _MESSAGES_KEPT)
    limits.sweep(db, now)
    drafts.forget(db, now - DRAFTS_KEPT, now, _AT_ONCE)
