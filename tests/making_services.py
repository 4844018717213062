"""Service folders made at test time: written as files, as an owner would, and published like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from portal.forms.export import toml_of

Raw = dict[str, Any]
DAY = date(2026, 11, 22)
SOURCE: Raw = {"source_url": "https://office.example", "verified_on": DAY}
KEY = "toy-service"


def words(said: str) -> Raw:
    """Words for both languages, each in its own letters."""
    return {"bn": f"কথা {_bangla(said)}", "en": said}


def _bangla(said: str) -> str:
    """Some Bangla letters that differ where `said` differs."""
    return "".join(chr(0x0995 + ord(sign) % 17) if sign.isalnum() else " " for sign in said)


def asked(kind: str, key: str, **more: object) -> Raw:
    """A question with all its words."""
    return {
        "key": key,
        "kind": kind,
        "label": words(f"What is {key}"),
        "summary": words(f"the {key}"),
        "error": words(f"Enter {key}"),
        **more,
    }


def page(key: str, *questions: Raw, **more: object) -> Raw:
    """A step of the one section."""
    return {"key": key, "section": "one", **({"questions": list(questions)} if questions else {}), **more}


def options(*codes: str) -> list[Raw]:
    """Options called by their codes."""
    return [{"code": code, "label": words(f"Option {code}")} for code in codes]


HOME = asked("address", "home", level="division")
HOME_TYPED = {"division": "30", "landmark": "বাজারের পাশে"}


def definition(steps: Sequence[Raw], **more: object) -> Raw:
    """A service of one section that asks those steps and then where the person lives."""
    return {
        "schema": 1,
        "key": KEY,
        "assurance": 0,
        "title": words("Toy service"),
        "summary": words("A toy."),
        "who": words("Anyone."),
        "category": "toys",
        "pictogram": "document",
        "agency_words": words("Toy office"),
        "office": {"agency": "lgd", "level": "division", "place": "home"},
        "fees": [{"amount": 0, **SOURCE}],
        "time_limit": {"value": 3, "unit": "working_days", **SOURCE},
        "sections": [{"key": "one", "title": words("Section one")}],
        "steps": [*steps, page("home", HOME)],
        "declaration": words("It is true."),
        "outcome": {
            "deliver": [{"to": "toy", "service": "applications"}],
            "next": words("We look."),
            "appeal": words("Call us."),
        },
        **more,
    }


def write_service(
    services: Path, raw: Raw, answers: Mapping[str, object] | None = None, *, expect: str = "submitted"
) -> Path:
    """The folder of that service with four people who type the same."""
    folder = services / str(raw["key"]).replace("-", "_")
    (folder / "examples").mkdir(parents=True, exist_ok=True)
    (folder / "service.toml").write_text(toml_of(raw), encoding="utf-8")
    example = {
        "expect": expect,
        "on": DAY,
        "person": {"about": "Somebody"},
        "answers": {"home": HOME_TYPED, **(answers or {})},
    }
    for name in ("one", "two", "three", "four"):
        (folder / "examples" / f"{name}.toml").write_text(toml_of(example), encoding="utf-8")
    return folder
