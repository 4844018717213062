"""A small service with everything the use cases care about: a registry, a rule, an exit and an office."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from portal.forms.definition import Service
from portal.forms.load import canonical, digest
from portal.forms.questions import Around
from portal.interop.agreements import load_agreements
from portal.places import Places
from portal.store import agreements, service_versions
from portal.store.database import Session
from portal.usecases.publish import agreement_row

NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)  # Sunday, 10:30 in Dhaka
TODAY = date(2026, 11, 22)
UNION = "3026-365-3271"
SOURCE = {"source_url": "https://example.gov.bd/letter", "verified_on": "2026-11-22"}


@cache
def places() -> Places:
    """The real places of the country."""
    return Places.load(Path(__file__).resolve().parents[2] / "build" / "places.json")


def around() -> Around:
    """Today, among those places."""
    return Around(TODAY, places())


def words(bn: str, en: str) -> dict[str, str]:
    """A text in both languages."""
    return {"bn": bn, "en": en}


def _question(key: str, kind: str, label: dict[str, str], **more: object) -> dict[str, object]:
    return {"key": key, "kind": kind, "label": label, "error": label, **more}


def _from_nid(field: str) -> dict[str, str]:
    return {"registry": "nid", "field": field}


_YES_NO = [
    {"code": "yes", "label": words("হ্যাঁ", "Yes")},
    {"code": "no", "label": words("না", "No")},
]


def _step(key: str, *questions: dict[str, object], **more: object) -> dict[str, object]:
    return {"key": key, "section": "you", "questions": list(questions), **more}


def _steps() -> list[dict[str, object]]:
    name_bn = _question("name_bn", "name", words("আপনার নাম কী?", "Your name in Bangla"), script="bn")
    name_en = _question("name_en", "name", words("ইংরেজিতে আপনার নাম", "Your name in English"), script="en")
    return [
        _step(
            "age", _question("adult", "choice", words("আপনি কি সাবালক?", "Are you an adult?"), options=_YES_NO)
        ),
        _step("nid", _question("nid", "nid", words("জাতীয় পরিচয়পত্র নম্বর", "National ID number"))),
        _step("dob", _question("dob", "date", words("জন্ম তারিখ", "Date of birth"), latest="today")),
        _step(
            "consent",
            _question("consent_nid", "choice", words("তথ্য আনব কি?", "May we fetch it?"), options=_YES_NO),
        ),
        _step(
            "name",
            {**name_bn, "from_registry": _from_nid("name_bn")},
            {**name_en, "from_registry": _from_nid("name_en")},
            title=words("আপনার নাম", "Your name"),
        ),
        _step(
            "home",
            _question("home", "address", words("ঠিকানা", "Address"), from_registry=_from_nid("address")),
        ),
        _step("married", _question("married", "choice", words("বিবাহিত?", "Married?"), options=_YES_NO)),
        _step(
            "husband",
            _question("husband", "text", words("স্বামী বা স্ত্রী", "Husband or wife")),
            show_if={"eq": ["$married", "yes"]},
        ),
        _step("phone", _question("phone", "mobile", words("ফোন", "Phone"), optional=True)),
    ]


def _registry() -> dict[str, object]:
    return {
        "key": "nid",
        "service": "nid/verify",
        "provider": words("নির্বাচন কমিশন", "Election Commission"),
        "purpose": "identity_verification",
        "purpose_words": words("পরিচয় মেলানো", "To check who you are"),
        "consent": "consent_nid",
        "match": {"nid": "nid", "date_of_birth": "dob"},
        "fields": ["name_bn", "name_en", "address"],
    }


def _exit() -> dict[str, object]:
    return {
        "key": "child",
        "when": {"eq": ["$adult", "no"]},
        "title": words("আপনি পারবেন না", "You cannot"),
        "body": words("বয়স কম", "Too young"),
        "next": words("অভিভাবক", "A guardian can"),
        "contest": words("৩৩৩", "Call 333"),
    }


def letter(assurance: int = 1, days: int = 3, unit: str = "working_days") -> Service:
    """The residence letter; a different promise makes a different version."""
    return Service.model_validate(
        {
            "schema": 1,
            "key": "residence-letter",
            "assurance": assurance,
            "title": words("বসবাসের প্রত্যয়ন", "Residence letter"),
            "summary": words("আপনি কোথায় থাকেন তার প্রমাণ", "Says where you live"),
            "who": words("সবাই", "Everyone"),
            "category": "certificates",
            "pictogram": "certificate",
            "search": words("প্রত্যয়নপত্র, বাড়ী", "prottoyon, proof of address"),
            "agency_words": words("ইউনিয়ন পরিষদ", "Union Parishad"),
            "office": {"agency": "lgd", "level": "union", "place": "home"},
            "time_limit": {"value": days, "unit": unit, **SOURCE},
            "sections": [{"key": "you", "title": words("আপনি", "You")}],
            "registries": [_registry()],
            "steps": _steps(),
            "exits": [_exit()],
            "declaration": words("সব সত্য", "All of it is true"),
            "outcome": {
                "deliver": [{"to": "union-intake", "service": "applications"}],
                "next": words("অফিস দেখবে", "The office looks at it"),
                "appeal": words("৩৩৩", "Call 333"),
            },
        }
    )


def publish_letter(db: Session, now: datetime, service: Service | None = None) -> Service:
    """Make a version live without a folder, with the agreement its registry rests on."""
    service = service or letter()
    service_versions.keep_version(db, service.key, digest(service), canonical(service), now)
    agreements.keep(db, agreement_row(load_agreements()["ec-identity"], now))
    return service
