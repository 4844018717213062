"""One door to two databases: durable, one writer at a time, aware times in and out."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DatabaseError, IntegrityError, StatementError
from sqlmodel import select

from portal.settings import ROOT, Settings
from portal.store import heartbeats
from portal.store.database import Database, Session, clock
from portal.store.heartbeats import HeartbeatRow
from portal.store.holidays import HolidayRow, load_holidays
from portal.store.migrating import migrate
from portal.store.refused import Refused
from portal.store.service_versions import LiveServiceRow
from portal.store.submissions import SubmissionRow
from tests.looping import finish

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)


class Forgotten(Refused):
    """Keeps nothing."""


class Counted(Refused):
    """Keeps what was written."""

    keeps_facts = True


def _beat_and_raise(database: Database, what: type[Exception]) -> None:
    with database.write() as db:
        heartbeats.beat(db, "worker", "one", NOON)
        db.flush()
        raise what


def _seen(database: Database) -> list[str]:
    with database.read() as db:
        return sorted(db.exec(select(HeartbeatRow.id)))


def test_what_was_written_is_there_for_the_next_reader(database: Database) -> None:
    with database.write() as db:
        heartbeats.beat(db, "worker", "one", NOON)
    assert _seen(database) == ["one"]


def test_a_refusal_undoes_what_was_written_before_it(database: Database) -> None:
    with pytest.raises(Forgotten):
        _beat_and_raise(database, Forgotten)
    assert _seen(database) == []


def test_a_refusal_that_carries_facts_keeps_them(database: Database) -> None:
    with pytest.raises(Counted):
        _beat_and_raise(database, Counted)
    assert _seen(database) == ["one"]


def test_a_mistake_undoes_everything(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _beat_and_raise(database, ZeroDivisionError)
    assert _seen(database) == []


def test_a_look_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseError), database.read() as db:
        db.execute(text("DELETE FROM heartbeats"))
    assert _seen(database) == []


def test_a_row_can_be_used_after_its_transaction(database: Database) -> None:
    with database.write() as db:
        row = HeartbeatRow(id="one", name="worker", at=NOON)
        db.add(row)
    assert row.at == NOON


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(StatementError, match="timezone"), database.write() as db:
        heartbeats.beat(db, "worker", "one", naive)


def test_times_come_back_aware_in_utc_to_the_microsecond(database: Database) -> None:
    in_dhaka = NOON.astimezone(timezone(timedelta(hours=6)))
    with database.write() as db:
        heartbeats.beat(db, "worker", "one", in_dhaka)
    with database.read() as db:
        last = heartbeats.last_beat(db, "worker")
        [row] = db.exec(select(HeartbeatRow))
    assert last == row.at == NOON
    assert row.at.utcoffset() == timedelta(0)


def test_a_row_that_points_nowhere_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as db:
        db.add(LiveServiceRow(key="a", hash="none", changed_at=NOON))


def test_an_error_of_the_database_quotes_no_values(database: Database) -> None:
    for_rahima = insert(HeartbeatRow).values(id="one", name="রহিমা খাতুন", at=NOON)
    with database.write() as db:
        db.execute(for_rahima)
    with pytest.raises(IntegrityError) as failed, database.write() as db:
        db.execute(for_rahima)
    assert "রহিমা" not in str(failed.value)


def test_the_database_tells_the_time(database: Database) -> None:
    before = datetime.now(UTC)
    with database.read() as db:
        told = clock(db)
    assert abs(told - before) < timedelta(seconds=5)
    assert told.utcoffset() == timedelta(0)


def test_eight_threads_counting_at_once_lose_nothing(database: Database) -> None:
    def count(name: int) -> None:
        for turn in range(10):
            with database.write() as db:
                db.add(HolidayRow(day=date(2026, 1, 1) + timedelta(days=name * 10 + turn), bn="", en=""))

    threads = [threading.Thread(target=count, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as db:
        assert len(load_holidays(db)) == 80


def test_work_off_the_event_loop_is_one_transaction(database: Database) -> None:
    def beat_then_fail(db: Session, who: str, *, fails: bool) -> str:
        heartbeats.beat(db, "worker", who, NOON)
        if fails:
            raise Forgotten
        return who

    async def both() -> str:
        with pytest.raises(Forgotten):
            await database.run(beat_then_fail, "one", fails=True)
        return await database.run(beat_then_fail, "two", fails=False)

    assert finish(both()) == "two"
    assert _seen(database) == ["two"]


def test_a_look_off_the_event_loop_sees_what_was_written(database: Database) -> None:
    with database.write() as db:
        heartbeats.beat(db, "worker", "one", NOON)
    assert finish(database.look(heartbeats.last_beat, "worker")) == NOON


def test_the_embedded_database_is_durable_and_private(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "var")
    migrate(settings)
    database = Database(settings)
    with database.write() as db:
        modes = [db.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")]
        checks = db.execute(text("PRAGMA foreign_keys")).scalar()
    database.close()
    assert (modes, checks) == (["wal", 2], 1)
    assert settings.data.stat().st_mode & 0o077 == 0


_COUNT_AND_DIE = """
import os, sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from portal.settings import Settings
from portal.store.database import Database
from portal.store.holidays import HolidayRow
database = Database(Settings(data=Path(sys.argv[1])))
for number in range(10_000):
    with database.write() as db:
        db.add(HolidayRow(day=date(2026, 1, 1) + timedelta(days=number), bn="", en=""))
    print(number, flush=True)
"""


@pytest.mark.faults
def test_whatever_was_said_to_be_written_is_there_after_kill_minus_nine(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "var")
    migrate(settings)
    command = [sys.executable, "-c", _COUNT_AND_DIE, str(settings.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as dying:
        assert dying.stdout is not None
        promised = [dying.stdout.readline() for _ in range(40)]
        dying.kill()
        promised += dying.stdout.readlines()
    database = Database(settings)
    with database.read() as db:
        assert len(load_holidays(db)) >= len(promised)
    database.close()


def test_two_processes_may_migrate_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from portal.settings import Settings\n"
        "from portal.store.migrating import migrate\n"
        "migrate(Settings(data=Path(sys.argv[1])))"
    )
    folder = str(tmp_path / "var")
    starting = [
        subprocess.Popen([sys.executable, "-c", program, folder], stderr=subprocess.PIPE, text=True, cwd=ROOT)
        for _ in range(3)
    ]
    said = [program_run.communicate(timeout=60)[1] for program_run in starting]
    assert [program_run.returncode for program_run in starting] == [0, 0, 0], said


def test_every_column_that_may_hold_words_of_a_person_is_sealed() -> None:
    open_columns = set(SubmissionRow.__table__.columns.keys())  # type: ignore[attr-defined]
    assert not open_columns & {"nid", "mobile", "name", "answers", "address", "dob", "body"}
