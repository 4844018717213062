"""The intake's case book: one SQLite file, one row a case, safe against being killed at any moment."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from portal.exchange.desks import DESK_BY_KEY
from portal.exchange.ledger import Ledger, stamp

State = Literal["received", "in_review", "needs_information", "waiting_for_allocation", "approved", "refused"]
FINAL: frozenset[str] = frozenset({"approved", "refused"})

_SCHEMA = """
CREATE TABLE IF NOT EXISTS intake_cases (
    serial INTEGER PRIMARY KEY,
    intake TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    case_number TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL,
    office TEXT NOT NULL,
    digest TEXT NOT NULL,
    document TEXT NOT NULL,
    received_at TEXT NOT NULL,
    patience REAL NOT NULL,
    state TEXT,
    reason TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    questions TEXT NOT NULL DEFAULT '[]',
    decided_at TEXT,
    document_number TEXT,
    UNIQUE (intake, submission_id)
) STRICT;
CREATE INDEX IF NOT EXISTS intake_cases_reference ON intake_cases (reference);
"""


class DifferentContent(Exception):
    """This submission id came before, with other answers."""


class UnknownCase(LookupError):
    """No case with this reference or submission id."""


class AlreadyDecided(Exception):
    """Approved or refused cases stay that way."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A handover as it came in; `document` is its JSON."""

    intake: str
    """Key of the desk it came to."""
    submission_id: str
    reference: str
    office: str
    digest: str
    document: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody at the office did; words are for the applicant, in one language."""

    state: State
    reason: str = ""
    note: str = ""
    questions: tuple[str, ...] = ()
    """Keys of the questions to answer again; empty unless more information is asked for."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case as it stands."""

    intake: str
    submission_id: str
    case_number: str
    reference: str
    office: str
    document: str = field(repr=False)
    received_at: datetime
    state: State
    reason: str
    note: str
    questions: tuple[str, ...]
    decided_at: datetime | None
    document_number: str | None

    @property
    def is_final(self) -> bool:
        """True when nothing more can be decided."""
        return self.state in FINAL


class CaseBook:
    """Cases on disk. Left alone, a case is opened after a third of `patience` and approved at its end."""

    def __init__(self, path: Path, patience: timedelta) -> None:
        self._ledger = Ledger(path, _SCHEMA)
        self._patience = patience

    def take(self, arrival: Arrival, now: datetime) -> tuple[Case, bool]:
        """The case for this submission and whether it is new; raises `DifferentContent`."""
        with self._ledger.writing() as book:
            row = _find(book, arrival.intake, arrival.submission_id)
            if row is not None:
                if row["digest"] != arrival.digest:
                    raise DifferentContent
                return _case(row, now), False
            serial = book.execute("SELECT COALESCE(MAX(serial), 0) + 1 FROM intake_cases").fetchone()[0]
            book.execute(
                "INSERT INTO intake_cases (serial, intake, submission_id, case_number, reference, office,"
                " digest, document, received_at, patience) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    serial,
                    arrival.intake,
                    arrival.submission_id,
                    _case_number(arrival, now, serial),
                    arrival.reference,
                    arrival.office,
                    arrival.digest,
                    arrival.document,
                    stamp(now),
                    # Kept with the case: a restart with another patience must not undo what was approved.
                    self._patience.total_seconds(),
                ),
            )
            row = _find(book, arrival.intake, arrival.submission_id)
            return _case(_require(row), now), True

    def by_submission(self, intake: str, submission_id: str, now: datetime) -> Case:
        """The case of a submission at one desk; raises `UnknownCase`."""
        with self._ledger.reading() as book:
            return _case(_require(_find(book, intake, submission_id)), now)

    def by_reference(self, reference: str, now: datetime) -> Case:
        """The latest case with this reference; raises `UnknownCase`."""
        with self._ledger.reading() as book:
            return _case(_require(_latest(book, reference)), now)

    def recent(self, now: datetime, at_most: int = 50) -> list[Case]:
        """The newest cases first."""
        newest = "SELECT * FROM intake_cases ORDER BY serial DESC LIMIT ?"
        with self._ledger.reading() as book:
            return [_case(row, now) for row in book.execute(newest, (at_most,))]

    def approved(self, intake: str, now: datetime) -> list[Case]:
        """Every case one desk has approved, the newest first."""
        newest = "SELECT * FROM intake_cases WHERE intake = ? ORDER BY serial DESC"
        with self._ledger.reading() as book:
            cases = [_case(row, now) for row in book.execute(newest, (intake,))]
        return [case for case in cases if case.state == "approved"]

    def decide(self, reference: str, decision: Decision, now: datetime) -> Case:
        """Write a decision down; raises `UnknownCase` or `AlreadyDecided`."""
        with self._ledger.writing() as book:
            row = _require(_latest(book, reference))
            if _case(row, now).is_final:
                raise AlreadyDecided
            number = _document_number(row, now) if decision.state == "approved" else None
            book.execute(
                "UPDATE intake_cases SET state = ?, reason = ?, note = ?, questions = ?, decided_at = ?,"
                " document_number = ? WHERE serial = ?",
                (
                    decision.state,
                    decision.reason,
                    decision.note,
                    json.dumps(decision.questions),
                    stamp(now),
                    number,
                    row["serial"],
                ),
            )
            return _case(_require(_latest(book, reference)), now)


def _case(row: sqlite3.Row, now: datetime) -> Case:
    received_at = datetime.fromisoformat(row["received_at"])
    state, decided_at, number = row["state"], row["decided_at"], row["document_number"]
    if state is None:
        # Nobody acted: the time since it came says where it stands, the same at every reading.
        patience = timedelta(seconds=row["patience"])
        waited = now - received_at
        state = "in_review" if waited * 3 >= patience else "received"
        if waited >= patience:
            state = "approved"
            decided_at = stamp(received_at + patience)
            number = _document_number(row, received_at + patience)
    return Case(
        intake=row["intake"],
        submission_id=row["submission_id"],
        case_number=row["case_number"],
        reference=row["reference"],
        office=row["office"],
        document=row["document"],
        received_at=received_at,
        state=state,
        reason=row["reason"],
        note=row["note"],
        questions=tuple(json.loads(row["questions"])),
        decided_at=datetime.fromisoformat(decided_at) if decided_at else None,
        document_number=number,
    )


def _find(book: sqlite3.Connection, intake: str, submission_id: str) -> sqlite3.Row | None:
    statement = "SELECT * FROM intake_cases WHERE intake = ? AND submission_id = ?"
    row: sqlite3.Row | None = book.execute(statement, (intake, submission_id)).fetchone()
    return row


def _latest(book: sqlite3.Connection, reference: str) -> sqlite3.Row | None:
    statement = "SELECT * FROM intake_cases WHERE reference = ? ORDER BY serial DESC LIMIT 1"
    row: sqlite3.Row | None = book.execute(statement, (reference,)).fetchone()
    return row


def _require(row: sqlite3.Row | None) -> sqlite3.Row:
    if row is None:
        raise UnknownCase
    return row


def _case_number(arrival: Arrival, now: datetime, serial: int) -> str:
    return f"{DESK_BY_KEY[arrival.intake].prefix}-{_office(arrival.office)}-{now.year}-{serial:05d}"


def _document_number(row: sqlite3.Row, day: datetime) -> str:
    return f"{_office(row['office'])}/{day.year}/{row['serial']:05d}"


def _office(code: str) -> str:
    """The last part of a place code: `4232` of a union, `460` of an upazila."""
    return code.rpartition("-")[2]
