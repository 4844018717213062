"""What is here and what is missing, each with what to do about it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.settings import ROOT, Settings

ROOM_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `advice` says what to do when it is not well."""

    name: str
    is_well: bool
    advice: str
    is_needed: bool = True

    def line(self) -> str:
        """The finding as a line for a terminal."""
        if self.is_well:
            return f"ok       {self.name}"
        return f"{'MISSING' if self.is_needed else 'without':<8} {self.name}: {self.advice}"


def findings(settings: Settings) -> tuple[Finding, ...]:
    """Everything looked at, needed things first."""
    return (*_needed(settings), *_wished(settings))


def _needed(settings: Settings) -> Iterator[Finding]:
    running = ".".join(map(str, sys.version_info[:3]))
    yield Finding(f"Python {running}", sys.version_info >= (3, 12), "install Python 3.12 or newer")
    for name in ("assets.json", "places.json", "fonts", "locales"):
        yield Finding(f"build/{name}", (settings.build / name).exists(), "type `make build`")
    yield Finding("room on the disk", _free_bytes(settings.data) > ROOM_BYTES, "make room")
    yield Finding("the database answers", _has_tables(settings), "type `python -m portal migrate`")


def _wished(settings: Settings) -> Iterator[Finding]:
    htmx = ROOT / "node_modules" / "htmx.org"
    yield Finding("enhancement from npm", htmx.is_dir(), "install Node.js 20 or newer, then `make`", False)
    demo = settings.data / "demo.txt"
    yield Finding("demo people", demo.is_file(), "type `python -m portal demo`", False)
    for command, package in (("chromium", "chromium"), ("chromedriver", "chromium-driver")):
        is_here = shutil.which(command) is not None
        yield Finding(f"{command} for tests", is_here, f"`apt-get install {package}`", False)


def _free_bytes(folder: Path) -> int:
    here = folder
    while not here.exists():
        here = here.parent
    return shutil.disk_usage(here).free


def _has_tables(settings: Settings) -> bool:
    from sqlalchemy import inspect
    from sqlalchemy.exc import SQLAlchemyError

    from portal.store.database import Database

    if not settings.data.is_dir():
        return False
    database = Database(settings)
    try:
        with database.read() as db:
            return inspect(db.connection()).has_table("drafts")
    except SQLAlchemyError:
        return False
    finally:
        database.close()
