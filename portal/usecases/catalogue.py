"""Which services people can apply for, and any version anyone ever applied with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.forms.definition import Service
from portal.forms.load import load_json
from portal.store import service_versions
from portal.store.database import Session
from portal.store.refused import NotFound

# A version never changes, so what was read once is right for as long as the process lives.
_READ: dict[str, Service] = {}


@dataclass(frozen=True, slots=True)
class Published:
    """A service as new drafts start from it."""

    service: Service
    version: int
    hash: str
    published_at: datetime


def published(db: Session) -> tuple[Published, ...]:
    """Every service people can apply for now, by key."""
    return tuple(
        Published(load_version(db, version_hash), n, version_hash, at)
        for _, n, version_hash, at in service_versions.live_versions(db)
    )


def load_live(db: Session, service_key: str) -> Published:
    """The live version of one service; raises `NotFound`."""
    for found in published(db):
        if found.service.key == service_key:
            return found
    raise NotFound


def load_version(db: Session, version_hash: str) -> Service:
    """The service exactly as that version had it; raises `NotFound`."""
    if version_hash not in _READ:
        _READ[version_hash] = load_json(service_versions.require_version(db, version_hash).canonical)
    return _READ[version_hash]
