"""The accounts that were put right since the stand-in began, kept on disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from portal.exchange.ledger import Ledger, stamp

_SCHEMA = """
CREATE TABLE IF NOT EXISTS wallet_changes (
    serial INTEGER PRIMARY KEY,
    nid TEXT NOT NULL,
    provider TEXT NOT NULL,
    number TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS wallet_changes_nid ON wallet_changes (nid);
"""


@dataclass(frozen=True, slots=True)
class Change:
    """From `at` on, the allowance of `nid` is paid into this account."""

    nid: str = field(repr=False)
    provider: str
    number: str = field(repr=False)
    at: datetime


class WalletBook:
    """Every change, in the order they came."""

    def __init__(self, path: Path) -> None:
        self._ledger = Ledger(path, _SCHEMA)

    def keep(self, change: Change) -> None:
        """Write a change down."""
        insert = "INSERT INTO wallet_changes (nid, provider, number, at) VALUES (?, ?, ?, ?)"
        with self._ledger.writing() as book:
            book.execute(insert, (change.nid, change.provider, change.number, stamp(change.at)))

    def last(self, nid: str) -> Change | None:
        """The last change for this person; None when there was none."""
        newest = "SELECT * FROM wallet_changes WHERE nid = ? ORDER BY serial DESC LIMIT 1"
        with self._ledger.reading() as book:
            row = book.execute(newest, (nid,)).fetchone()
        if row is None:
            return None
        return Change(row["nid"], row["provider"], row["number"], datetime.fromisoformat(row["at"]))
