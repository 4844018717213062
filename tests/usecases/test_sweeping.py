"""What has served its purpose goes; what people still need stays."""

from __future__ import annotations

import pytest
from sqlmodel import SQLModel, func, select

from portal.store.limits import LimitRow
from portal.store.phone_codes import PhoneCodeRow
from portal.store.sent_messages import SentMessageRow, take_due
from portal.usecases import messages, receipts
from portal.usecases.refusals import NotFound
from portal.usecases.sweep import sweep
from tests.usecases.person import Person


def _sweeps(person: Person, **after: float) -> None:
    person.wait(**after)
    with person.database.write() as db:
        sweep(db, person.now)


def _count(person: Person, table: type[SQLModel]) -> int:
    with person.database.read() as db:
        return db.exec(select(func.count()).select_from(table)).one()


def test_codes_messages_and_limits_go_when_nobody_needs_them(person: Person) -> None:
    person.applies()
    _sweeps(person, minutes=5)
    assert (_count(person, PhoneCodeRow), _count(person, SentMessageRow)) == (1, 2)
    assert _count(person, LimitRow) > 0
    _sweeps(person, hours=2)
    assert (_count(person, PhoneCodeRow), _count(person, SentMessageRow)) == (0, 2)
    assert _count(person, LimitRow) == 0
    _sweeps(person, days=8)
    assert _count(person, SentMessageRow) == 0


def test_a_draft_nobody_touched_for_sixty_days_can_never_be_read_again(person: Person) -> None:
    draft = person.answers(person.starts(), {"adult": "yes"})
    _sweeps(person, days=59)
    assert person.reads(draft).answers["adult"].value == "yes"
    _sweeps(person, days=2)
    with pytest.raises(NotFound):
        person.reads(draft)


def test_an_application_that_was_sent_stays(person: Person) -> None:
    sent = person.applies()
    _sweeps(person, days=400)
    with person.database.read() as db:
        assert receipts.load(db, sent.reference, person.holder, person.now).submission == sent


def test_a_code_no_gateway_takes_is_let_go_and_news_is_tried_for_long(person: Person) -> None:
    person.applies()
    tries = {"code": 0, "received": 0}
    for _ in range(300):
        with person.database.write() as db:
            due = take_due(db, person.now, lease=person.now - person.now)
            if due is not None:
                tries[due.kind] += 1
                messages.told(db, due, False, person.now)
        person.wait(minutes=15)
    assert tries == {"code": 4, "received": 30}
    with person.database.read() as db:
        assert {one.state for one in messages.recent(db)} == {"dead"}
