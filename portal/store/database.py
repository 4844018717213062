"""One door to SQLite or PostgreSQL: short transactions, durable when they return."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Concatenate, Protocol

import sqlmodel
from anyio import CapacityLimiter, to_thread
from sqlalchemy import Connection, Engine, create_engine, event, literal_column, make_url, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlmodel.sql.sqltypes import UTCDateTime

from portal.security.envelope import Keyring
from portal.settings import Settings
from portal.store.refused import Refused

Unreachable = OperationalError
"""What every verb raises when the database cannot be reached or written; nothing was kept."""
BUSY_SECONDS = 10
_READERS = 8


class _Cursor(Protocol):
    def execute(self, statement: str, /) -> object: ...

    def close(self) -> None: ...


class _DriverConnection(Protocol):
    """What the connect hook needs of a driver's connection."""

    isolation_level: str | None

    def cursor(self) -> _Cursor: ...


class Session(sqlmodel.Session):
    """A session that carries the keyring, so that a use case needs one argument, not two."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        super().__init__(engine, expire_on_commit=False, autoflush=True)
        self.keyring = keyring


class Database:
    """The portal's database. Use cases get a `Session` from `write`, `read`, `run` or `look`."""

    def __init__(self, settings: Settings, keyring: Keyring | None = None) -> None:
        """Connects lazily; creates the folder of an embedded database, open to its owner only."""
        self.keyring = keyring or Keyring.load(settings)
        self.url = database_url(settings)
        self.is_embedded = make_url(self.url).get_backend_name() == "sqlite"
        self._writer, self._reader = _sqlite(self.url) if self.is_embedded else _postgresql(self.url)
        self._threads = CapacityLimiter(_READERS * 2)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One write transaction, durable on leaving; undone when anything but a keeping `Refused` escapes."""
        with Session(self._writer, self.keyring) as session:
            try:
                yield session
            except Refused as refusal:
                if refusal.keeps_facts:
                    session.commit()
                raise
            session.commit()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent look; a write in it fails."""
        with Session(self._reader, self.keyring) as session:
            yield session

    async def run[**P, R](
        self, verb: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """`verb(session, …)` in a thread and in one write transaction: no SQL on the event loop."""

        def work() -> R:
            with self.write() as session:
                return verb(session, *args, **kwargs)

        return await to_thread.run_sync(work, limiter=self._threads)

    async def look[**P, R](
        self, verb: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """`verb(session, …)` in a thread, reading only."""

        def work() -> R:
            with self.read() as session:
                return verb(session, *args, **kwargs)

        return await to_thread.run_sync(work, limiter=self._threads)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A bare connection in one write transaction, for migrations."""
        with self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self._writer.dispose()
        self._reader.dispose()


def database_url(settings: Settings) -> str:
    """The address of the database: PostgreSQL through psycopg 3, or SQLite in the portal's folder."""
    if not settings.database_url:
        return f"sqlite:///{settings.data / 'portal.sqlite'}"
    url = make_url(settings.database_url)
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def clock(db: Session) -> datetime:
    """The database's own time: leases are kept by one clock, whatever the workers' clocks say."""
    is_embedded = db.get_bind().dialect.name == "sqlite"
    spelling = "strftime('%Y-%m-%d %H:%M:%f000', 'now')" if is_embedded else "clock_timestamp()"
    moment: datetime = db.execute(select(literal_column(spelling, UTCDateTime()))).scalar_one()
    return moment


def _sqlite(url: str) -> tuple[Engine, Engine]:
    """One connection that writes, so that this process's writers queue and do not poll; many that read."""
    path = make_url(url).database
    if path and path != ":memory:":
        _private_folder(path)
    writer = _sqlite_engine(url, begin="BEGIN IMMEDIATE", connections=1)
    reader = _sqlite_engine(url, begin="BEGIN", connections=_READERS)
    event.listen(reader, "connect", _refuse_writes)
    return writer, reader


def _private_folder(path: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)


def _sqlite_engine(url: str, begin: str, connections: int) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,
        # Legacy control with no isolation level: the driver begins nothing, the hook below does.
        connect_args={"timeout": BUSY_SECONDS, "autocommit": sqlite3.LEGACY_TRANSACTION_CONTROL},
    )
    event.listen(engine, "connect", _prepare)

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", start)
    return engine


def _prepare(driver: _DriverConnection, _entry: ConnectionPoolEntry) -> None:
    driver.isolation_level = None
    _pragmas(driver, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=FAST")


def _refuse_writes(driver: _DriverConnection, _entry: ConnectionPoolEntry) -> None:
    _pragmas(driver, "query_only=ON")


def _pragmas(driver: _DriverConnection, *pragmas: str) -> None:
    cursor = driver.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _postgresql(url: str) -> tuple[Engine, Engine]:
    writer = create_engine(
        url, pool_size=_READERS, max_overflow=_READERS, pool_pre_ping=True, hide_parameters=True
    )
    return writer, writer.execution_options(postgresql_readonly=True)
