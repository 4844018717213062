"""Prove that a phone is at hand: a six-digit code, bound to one browser and one draft."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from portal.i18n.digits import to_ascii
from portal.security.blind import blind_index
from portal.security.sealing import Cell, Key, open_sealed, seal
from portal.security.tokens import hash_token
from portal.store import audit, drafts, phone_codes, sent_messages
from portal.store.audit import Act
from portal.store.database import Session
from portal.store.drafts import Draft
from portal.store.limits import Limit
from portal.store.phone_codes import Asked, PhoneCodeRow
from portal.store.sent_messages import ShortMessage
from portal.usecases.limiting import require_tokens
from portal.usecases.refusals import AlreadySent, CodeExpired, CodeWrong
from portal.usecases.visitor import Visitor

# trust.md: five sends an hour for a number, whoever asks; wider ones keep a browser or an address in bounds.
PER_NUMBER = Limit("code by number", 5, timedelta(hours=1))
PER_HOLDER = Limit("code by holder", 10, timedelta(hours=1))
PER_CLIENT = Limit("code by client", 200, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class CodeSent:
    """A code is on its way, or looks as if it were."""

    mobile: str = field(repr=False)
    expires_at: datetime
    tries_left: int


def send_code(db: Session, draft: Draft, mobile: str, visitor: Visitor, now: datetime) -> CodeSent:
    """Send a code to `mobile` (like 01712345678) for this draft; raises `TooMany`, `AlreadySent`."""
    if draft.submitted_reference:
        raise AlreadySent(draft.submitted_reference)
    limit_sends(db, mobile, visitor, now)
    asked = Asked("draft", draft.id, hash_token(visitor.holder), mobile_index(db, mobile))
    made = phone_codes.issue(db, asked, now)
    phone_codes.keep_mobile(db, made.id, seal(_vault(draft), mobile.encode(), _cell(made.id)))
    sent_messages.put(db, ShortMessage(mobile, "code", visitor.locale, {"code": made.digits}), now)
    return CodeSent(mobile, made.expires_at, phone_codes.TRIES)


def pending(db: Session, draft: Draft, now: datetime) -> CodeSent | None:
    """The code this draft is waiting for; None when there is none to type."""
    row = phone_codes.current(db, "draft", draft.id, draft.holder_hash)
    if row is None or row.used_at or row.tries_left == 0 or row.expires_at <= now:
        return None
    return CodeSent(_mobile(draft, row), row.expires_at, row.tries_left)


def check_code(db: Session, draft: Draft, typed: str, now: datetime) -> Draft:
    """The draft with its mobile proven; raises `CodeWrong`, `CodeExpired`."""
    row = phone_codes.current(db, "draft", draft.id, draft.holder_hash)
    require_code(db, row, typed, now)
    if row is None:
        raise CodeExpired
    mobile = _mobile(draft, row)
    phone_codes.use(db, row.id, now)
    current = drafts.load_for_change(db, draft)
    audit.record(db, Act(f"holder:{draft.holder_hash}", "phone.proven", f"draft:{draft.id}"), now)
    proven = replace(current, mobile=mobile, sign_in_skipped=False, updated_at=now)
    return drafts.save(db, proven, current.revision)


def skip(db: Session, draft: Draft, now: datetime) -> Draft:
    """The person cannot get a code now: nothing is fetched for them until they can."""
    current = drafts.load_for_change(db, draft)
    if current.sign_in_skipped:
        return current
    return drafts.save(db, replace(current, sign_in_skipped=True, updated_at=now), current.revision)


def limit_sends(db: Session, mobile: str, visitor: Visitor, now: datetime) -> None:
    """Count one message to `mobile`; raises `TooMany`."""
    wanted = {PER_NUMBER: mobile, PER_HOLDER: visitor.holder, PER_CLIENT: visitor.client}
    require_tokens(db, wanted, now)


def mobile_index(db: Session, mobile: str) -> str:
    """The blind index numbers are found by."""
    return blind_index(db.keyring, "mobile", mobile)


def require_code(db: Session, row: PhoneCodeRow | None, typed: str, now: datetime) -> None:
    """Spend a try on `typed`; raises `CodeExpired` when none is left to spend, `CodeWrong` on a miss."""
    left = phone_codes.spend_try(db, row.id, now) if row else None
    if row is None or left is None:
        raise CodeExpired
    digits = "".join(character for character in to_ascii(typed) if character in "0123456789")
    if not phone_codes.fits(db, row, digits):
        raise CodeWrong(left)


def _mobile(draft: Draft, row: PhoneCodeRow) -> str:
    if row.sealed_mobile is None:
        raise CodeExpired
    return open_sealed(_vault(draft), row.sealed_mobile, _cell(row.id)).decode()


def _vault(draft: Draft) -> Key:
    if draft.vault is None:
        raise ValueError("this draft was not loaded from the store")
    return draft.vault


def _cell(code_id: str) -> Cell:
    return Cell("phone_codes", "sealed_mobile", code_id)
