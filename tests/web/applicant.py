"""A person with a browser without scripts, who can be put anywhere in the pilot service at once."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx2

from tests.checked_client import CheckedClient
from tests.robot import code_sent_to
from tests.web.reading import path_of
from tests.web.served import SERVICE

Typed = Mapping[str, str | list[str]]

HOME: Typed = {
    "home-division": "40",
    "home-district": "4087",
    "home-upazila": "4087-184",
    "home-union": "4087-184-1667",
    "home-landmark": "তালবাড়িয়া, কালী মন্দিরের পূর্বে",
}
# Every step of the longest way through, in order, with what this person types there.
ANSWERS: Mapping[str, Typed] = {
    "residence": {"residence": "union"},
    "identity-document": {"identity_document": "nid"},
    "nid": {"nid": "0012345608"},
    "date-of-birth": {"dob-day": "9", "dob-month": "9", "dob-year": "1969"},
    "consent-nid": {"consent_nid": "no"},
    "certificate-language": {"certificate_language": "both"},
    "name-in-bangla": {"name_bn": "বিমল দাস"},
    "name-in-english": {"name_en": "Bimal Das"},
    "father": {"father": "নিখিল চন্দ্র দাস"},
    "father-in-english": {"father_en": "Nikhil Chandra Das"},
    "mother": {"mother": "সরলা রানী দাস"},
    "mother-in-english": {"mother_en": "Sarala Rani Das"},
    "home": HOME,
    "ward": {"ward": "4"},
    "purpose": {"purpose": ["land", "other"]},
    "other-purpose": {"purpose_other": "বিদ্যুতের সংযোগ"},
    "holding-tax": {"holding_tax": "paid"},
}
# A number is sent a few codes an hour, so everybody has their own.
_NUMBERS = itertools.count(1_712_000_000)


@dataclass
class Applicant:
    """One person, one browser, one draft."""

    browser: CheckedClient
    locale: str = "bn"
    draft: str = ""
    mobile: str = field(default_factory=lambda: f"0{next(_NUMBERS)}")

    def starts(self) -> Applicant:
        """Press the start button of the pilot service."""
        here = self.browser.submit(f"/{self.locale}/apply/{SERVICE}")
        assert here.status_code == 200, here.text
        self.draft = path_of(here).split("/")[3]
        return self

    def at(self, place: str) -> str:
        """The address of a step, or of `check`, `sign-in`, `exit/…`, in this person's draft."""
        return f"/{self.locale}/apply/{self.draft}/{place}"

    def opens(self, place: str) -> httpx2.Response:
        """Open a page of the draft by its address and follow wherever it leads."""
        return self.browser.get(self.at(place))

    def says(self, place: str, typed: Typed | None = None, **more: str | list[str]) -> httpx2.Response:
        """Send a step's form and follow to the page that comes."""
        return self.browser.submit(self.at(place), **{**(typed or {}), **more})

    def answers_until(self, step: str) -> Applicant:
        """Answer every question before `step`, without looking at the pages between."""
        for place, typed in ANSWERS.items():
            if place == step:
                return self
            answer = self.browser.post(self.at(place), data=dict(typed), follow_redirects=False)
            assert answer.status_code == 303, place
        return self

    def answers_all(self) -> Applicant:
        """Answer every question there is."""
        return self.answers_until("check")

    def signs_in(self) -> Applicant:
        """Prove the mobile with the code sent to it."""
        self.says("sign-in", mobile=self.mobile)
        self.says("sign-in", code=code_sent_to(self.browser, self.mobile))
        return self

    def is_ready(self) -> Applicant:
        """Everything but sending."""
        return self.signs_in().answers_all()

    def sends(self) -> str:
        """Send what check-answers shows; the reference."""
        here = self.says("check")
        assert "/receipts/" in path_of(here), path_of(here)
        return path_of(here).rpartition("/")[2]
