"""The intake's case book: one SQLite file, one row a case, safe against being killed at any moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

State = Literal["received", "in_review", "needs_information", "approved", "refused"]
FINAL: frozenset[str] = frozenset({"approved", "refused"})

_SCHEMA = """
CREATE TABLE IF NOT EXISTS cases (
    serial INTEGER PRIMARY KEY,
    submission_id TEXT NOT NULL UNIQUE,
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
    decided_at TEXT,
    document_number TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS cases_reference ON cases (reference);
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


@dataclass(frozen=True, slots=True)
class Case:
    """One case as it stands."""

    submission_id: str
    case_number: str
    reference: str
    office: str
    document: str = field(repr=False)
    received_at: datetime
    state: State
    reason: str
    note: str
    decided_at: datetime | None
    document_number: str | None

    @property
    def is_final(self) -> bool:
        """True when nothing more can be decided."""
        return self.state in FINAL


class CaseBook:
    """Cases on disk. Left alone, a case is opened after a third of `patience` and approved at its end."""

    def __init__(self, path: Path, patience: timedelta) -> None:
        self._path = path
        self._patience = patience
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as book:
            book.execute("PRAGMA journal_mode = WAL")
            book.executescript(_SCHEMA)

    def _connect(self) -> sqlite3.Connection:
        book = sqlite3.connect(self._path, timeout=5, isolation_level=None)
        book.row_factory = sqlite3.Row
        book.execute("PRAGMA synchronous = FULL")
        return book

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, committed at the end and rolled back on any error."""
        with closing(self._connect()) as book:
            book.execute("BEGIN IMMEDIATE")
            try:
                yield book
            except BaseException:
                book.execute("ROLLBACK")
                raise
            book.execute("COMMIT")

    def take(self, arrival: Arrival, now: datetime) -> tuple[Case, bool]:
        """The case for this submission and whether it is new; raises `DifferentContent`."""
        with self._writing() as book:
            row = _find(book, "submission_id", arrival.submission_id)
            if row is not None:
                if row["digest"] != arrival.digest:
                    raise DifferentContent
                return _case(row, now), False
            serial = book.execute("SELECT COALESCE(MAX(serial), 0) + 1 FROM cases").fetchone()[0]
            book.execute(
                "INSERT INTO cases (serial, submission_id, case_number, reference, office, digest, document,"
                " received_at, patience) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    serial,
                    arrival.submission_id,
                    f"UP-{arrival.office[-4:]}-{now.year}-{serial:05d}",
                    arrival.reference,
                    arrival.office,
                    arrival.digest,
                    arrival.document,
                    _stamp(now),
                    # Kept with the case: a restart with another patience must not undo what was approved.
                    self._patience.total_seconds(),
                ),
            )
            row = _find(book, "submission_id", arrival.submission_id)
            return _case(_require(row), now), True

    def by_submission(self, submission_id: str, now: datetime) -> Case:
        """The case of a submission; raises `UnknownCase`."""
        return self._load("submission_id", submission_id, now)

    def by_reference(self, reference: str, now: datetime) -> Case:
        """The latest case with this reference; raises `UnknownCase`."""
        return self._load("reference", reference, now)

    def recent(self, now: datetime, at_most: int = 50) -> list[Case]:
        """The newest cases first."""
        with closing(self._connect()) as book:
            rows = book.execute("SELECT * FROM cases ORDER BY serial DESC LIMIT ?", (at_most,)).fetchall()
            return [_case(row, now) for row in rows]

    def decide(self, reference: str, decision: Decision, now: datetime) -> Case:
        """Write a decision down; raises `UnknownCase` or `AlreadyDecided`."""
        with self._writing() as book:
            row = _require(_find(book, "reference", reference))
            case = _case(row, now)
            if case.is_final:
                raise AlreadyDecided
            number = _document_number(row, now) if decision.state == "approved" else None
            book.execute(
                "UPDATE cases SET state = ?, reason = ?, note = ?, decided_at = ?, document_number = ?"
                " WHERE serial = ?",
                (decision.state, decision.reason, decision.note, _stamp(now), number, row["serial"]),
            )
            return _case(_require(_find(book, "reference", reference)), now)

    def _load(self, column: str, value: str, now: datetime) -> Case:
        with closing(self._connect()) as book:
            return _case(_require(_find(book, column, value)), now)


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
            decided_at = _stamp(received_at + patience)
            number = _document_number(row, received_at + patience)
    return Case(
        submission_id=row["submission_id"],
        case_number=row["case_number"],
        reference=row["reference"],
        office=row["office"],
        document=row["document"],
        received_at=received_at,
        state=state,
        reason=row["reason"],
        note=row["note"],
        decided_at=datetime.fromisoformat(decided_at) if decided_at else None,
        document_number=number,
    )


def _find(book: sqlite3.Connection, column: str, value: str) -> sqlite3.Row | None:
    statement = {
        "submission_id": "SELECT * FROM cases WHERE submission_id = ?",
        "reference": "SELECT * FROM cases WHERE reference = ? ORDER BY serial DESC LIMIT 1",
    }[column]
    row: sqlite3.Row | None = book.execute(statement, (value,)).fetchone()
    return row


def _require(row: sqlite3.Row | None) -> sqlite3.Row:
    if row is None:
        raise UnknownCase
    return row


def _document_number(row: sqlite3.Row, day: datetime) -> str:
    return f"{row['office'][-4:]}/{day.year}/{row['serial']:05d}"


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
