"""One SQLite file that survives being killed at any moment; every book of the stand-in is kept in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path


class Ledger:
    """A file with some tables; every use opens and closes it, so any thread may."""

    def __init__(self, path: Path, schema: str) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as book:
            book.execute("PRAGMA journal_mode = WAL")
            book.executescript(schema)

    def _connect(self) -> sqlite3.Connection:
        book = sqlite3.connect(self._path, timeout=5, isolation_level=None)
        book.row_factory = sqlite3.Row
        book.execute("PRAGMA synchronous = FULL")
        return book

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to look with."""
        with closing(self._connect()) as book:
            yield book

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, committed at the end and rolled back on any error."""
        with closing(self._connect()) as book:
            book.execute("BEGIN IMMEDIATE")
            try:
                yield book
            except BaseException:
                book.execute("ROLLBACK")
                raise
            book.execute("COMMIT")


def stamp(moment: datetime) -> str:
    """A moment as the tables keep it."""
    return moment.isoformat(timespec="microseconds")
