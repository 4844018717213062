"""Somebody who uses the portal, as the use cases see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from portal.forms.answers import Value
from portal.forms.journey import Journey
from portal.i18n.locale import Locale
from portal.interop.asking import Ask, Found, NoMatch, Provenance, Unavailable
from portal.interop.asking import Value as Said
from portal.security.tokens import new_token
from portal.store import drafts
from portal.store.database import Database
from portal.store.drafts import Draft
from portal.store.submissions import Submission
from portal.usecases import messages, prefill, sign_in
from portal.usecases.answer import answer
from portal.usecases.catalogue import load_version
from portal.usecases.start import start
from portal.usecases.submit import Sending, submit
from portal.usecases.visitor import Visitor
from tests.usecases.letter import NOW, UNION, around

LOCALES = {"bn": Locale("bn"), "en": Locale("en")}
HOME: dict[str, str] = {
    "division": "30",
    "district": "3026",
    "upazila": "3026-365",
    "union": UNION,
    "landmark": "বটতলার পাশে",
}
ANSWERS: Mapping[str, Value] = {
    "adult": "yes",
    "nid": "0012345601",
    "dob": "1963-10-24",
    "consent_nid": "yes",
    "name_bn": "মোছাঃ রহিমা খাতুন",
    "name_en": "Rahima Khatun",
    "home": HOME,
    "married": "no",
    "phone": "01712345601",
}
RECORD: Mapping[str, Said] = {
    "name_bn": "মোছাঃ রহিমা খাতুন",
    "name_en": "Rahima Khatun",
    "address": HOME,
    "ward": "5",
}


@dataclass
class Person:
    """One person with one browser and one phone, at one moment that `wait` moves on."""

    database: Database
    mobile: str = "01712345601"
    locale: str = "bn"
    holder: str = field(default_factory=new_token, repr=False)
    client: str = "203.0.113.7"
    now: datetime = NOW

    @property
    def visitor(self) -> Visitor:
        return Visitor(self.holder, self.locale, self.client)

    def wait(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)

    def starts(self) -> Draft:
        with self.database.write() as db:
            return start(db, "residence-letter", self.visitor, self.now)

    def reads(self, draft: Draft) -> Draft:
        with self.database.read() as db:
            return drafts.load(db, draft.id, self.holder)

    def answers(self, draft: Draft, new: Mapping[str, Value], revision: int | None = None) -> Draft:
        with self.database.write() as db:
            return answer(db, replace(draft, locale=self.locale), new, self.now, revision)

    def asks_for_a_code(self, draft: Draft) -> sign_in.CodeSent:
        self.wait(milliseconds=1)  # two messages never come at the very same moment
        with self.database.write() as db:
            return sign_in.send_code(db, draft, self.mobile, self.visitor, self.now)

    def reads_the_code(self) -> str:
        with self.database.read() as db:
            found = [one for one in messages.recent(db) if one.mobile == self.mobile and one.code]
        assert found[0].code is not None
        return found[0].code

    def types_the_code(self, draft: Draft, code: str) -> Draft:
        with self.database.write() as db:
            return sign_in.check_code(db, draft, code, self.now)

    def signs_in(self, draft: Draft) -> Draft:
        self.asks_for_a_code(draft)
        return self.types_the_code(draft, self.reads_the_code())

    def is_asked_about(self, draft: Draft) -> Ask | None:
        with self.database.write() as db:
            return prefill.plan(db, draft, "nid", self.now)

    def hears(self, ask: Ask, outcome: Found | NoMatch | Unavailable) -> Draft:
        with self.database.write() as db:
            return prefill.keep(db, ask.issue, outcome, around(), self.now)

    def journey(self, draft: Draft) -> Journey:
        with self.database.read() as db:
            return Journey(load_version(db, draft.version_hash), draft.answers, around())

    def fills_in(self, answers: Mapping[str, Value] = ANSWERS) -> Draft:
        """A draft with a proven phone and every answer, no registry asked."""
        draft = self.signs_in(self.starts())
        for key, value in answers.items():
            draft = self.answers(draft, {key: value})
        return draft

    def sends(self, draft: Draft, submission_id: str = "", revision: int | None = None) -> Submission:
        sending = Sending(self.journey(draft), LOCALES, self.locale, revision, submission_id)
        with self.database.write() as db:
            return submit(db, draft, sending, self.now)

    def applies(self) -> Submission:
        return self.sends(self.fills_in())


def found(at: datetime = NOW, **changes: Said) -> Found:
    """What the registry of national IDs says about Rahima."""
    return Found({**RECORD, **changes}, provenance(at))


def provenance(at: datetime = NOW) -> Provenance:
    """The trace of one exchange."""
    return Provenance("nid/verify", "message-1", "request-1", "hash-1", at.astimezone(UTC))
