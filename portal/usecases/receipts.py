"""Show a receipt to whoever may see it, and tell anybody whether one is real."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

from portal.forms.answers import Answers
from portal.forms.definition import Service
from portal.security.blind import is_same
from portal.security.signing import verify as is_signed
from portal.security.tokens import clean_reference, hash_token
from portal.store import grants, submissions
from portal.store.database import Session
from portal.store.submissions import Office, Submission
from portal.usecases.catalogue import load_version
from portal.usecases.sent_body import SentAnswer, read


@dataclass(frozen=True, slots=True)
class Kept:
    """A submission with the service version it was made with, and every answer in words."""

    submission: Submission
    service: Service
    answers: tuple[SentAnswer, ...] = field(repr=False)
    mobile: str | None = field(repr=False)

    @property
    def given(self) -> Answers:
        """The answers as a journey takes them, to show them the way check-answers did."""
        return Answers({sent.question: sent.answer for sent in self.answers if sent.item is None})


@dataclass(frozen=True, slots=True)
class Verified:
    """A real receipt: nothing in it says whose."""

    reference: str
    service: Service
    office: Office
    received_at: datetime


def load(db: Session, reference: str, holder: str, now: datetime) -> Kept:
    """The receipt, for the browser that sent it or was granted a look; else `NotFound`."""
    holder_hash = hash_token(holder)
    granted = grants.granted(db, holder_hash, now)
    submission = submissions.load_visible(db, clean_reference(reference), holder_hash, granted)
    body = read(submission.body)
    return Kept(submission, load_version(db, submission.version_hash), body.answers, body.mobile)


def verify(db: Session, reference: str, signature: str) -> Verified | None:
    """What a genuine receipt may tell anybody; None when the pair is not one the portal made."""
    found = submissions.by_reference(db, clean_reference(reference))
    if found is None:
        return None
    payload, made = found.receipt.payload, found.receipt.signature
    if not is_same(made.value, signature.strip()) or not is_signed(db.keyring, payload.encode(), made):
        return None
    if json.loads(payload)["digest"] != found.digest:
        return None
    service = load_version(db, found.version_hash)
    return Verified(found.reference, service, found.office, found.received_at)
