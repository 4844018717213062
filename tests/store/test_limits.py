"""Buckets of tokens hold, whoever takes them and however many at once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st
from sqlmodel import select

from portal.store.database import Database
from portal.store.limits import Limit, LimitRow, take

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FIVE = Limit("codes", 5, timedelta(hours=1))


def _take(database: Database, limit: Limit, who: str, now: datetime) -> timedelta | None:
    with database.write() as db:
        return take(db, limit, who, now)


def test_five_are_given_and_the_sixth_is_told_how_long_to_wait(database: Database) -> None:
    assert [_take(database, FIVE, "a", NOON) for _ in range(5)] == [None] * 5
    assert _take(database, FIVE, "a", NOON + timedelta(minutes=20)) == timedelta(minutes=40)
    assert _take(database, FIVE, "a", NOON + timedelta(hours=1)) is None


def test_everybody_has_a_bucket_of_their_own_for_each_purpose(database: Database) -> None:
    for _ in range(5):
        _take(database, FIVE, "a", NOON)
    assert _take(database, FIVE, "b", NOON) is None
    assert _take(database, Limit("other", 5, FIVE.window), "a", NOON) is None
    assert _take(database, FIVE, "a", NOON) is not None


def test_a_bucket_does_not_say_whose_it_is(database: Database) -> None:
    _take(database, FIVE, "01712345678", NOON)
    with database.read() as db:
        [row] = db.exec(select(LimitRow))
    assert "01712345678" not in row.key
    assert len(row.key) == 64


def test_twenty_threads_share_five_tokens(database: Database) -> None:
    taken: list[timedelta | None] = []
    threads = [
        threading.Thread(target=lambda: taken.append(_take(database, FIVE, "a", NOON))) for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken.count(None) == 5


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 3000), min_size=1, max_size=25), st.uuids())
def test_never_more_than_the_limit_within_a_window_from_its_first_token(
    database: Database, pauses: list[int], who: object
) -> None:
    now, given_at = NOON, []
    for pause in pauses:
        now += timedelta(seconds=pause)
        if _take(database, FIVE, str(who), now) is None:
            given_at.append(now)
    window: list[datetime] = []
    for moment in given_at:
        if not window or moment >= window[0] + FIVE.window:
            window = []
        window.append(moment)
        assert len(window) <= FIVE.tokens
