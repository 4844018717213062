"""Following an application, receipts, and who may see what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from portal.store.phone_codes import PhoneCodeRow
from portal.store.submissions import Submission
from portal.usecases import receipts, track
from portal.usecases.refusals import CodeExpired, CodeWrong, NotFound, TooMany
from tests.usecases.person import Person


def _follows(person: Person, reference: str) -> track.Tracking:
    with person.database.read() as db:
        return track.load(db, reference, person.holder, person.now)


def _asks(person: Person, reference: str, mobile: str | None = None) -> None:
    with person.database.write() as db:
        track.ask_code(db, person.visitor, reference, mobile or person.mobile, person.now)


def _is_granted(person: Person, reference: str, code: str) -> str:
    with person.database.write() as db:
        return track.grant(db, person.visitor, reference, code, person.now)


def _elsewhere(person: Person) -> Person:
    """The same person a minute later, in another browser."""
    return Person(person.database, mobile=person.mobile, now=person.now + timedelta(minutes=1))


def _keeps(person: Person, reference: str) -> receipts.Kept:
    with person.database.read() as db:
        return receipts.load(db, reference, person.holder, person.now)


def test_the_browser_that_sent_it_follows_it(person: Person) -> None:
    sent = person.applies()
    seen = _follows(person, sent.reference)
    assert seen.state == "received"
    assert [one.kind for one in seen.events] == ["received"]
    assert [one.state for one in seen.deliveries] == ["ready"]
    assert not seen.reached_office
    assert seen.service.key == "residence-letter"


def test_the_reference_may_be_typed_any_way(person: Person) -> None:
    sent = person.applies()
    assert _follows(person, sent.reference.lower().replace("-", " ")).submission == sent


def test_somebody_else_sees_neither_state_nor_receipt(person: Person, someone_else: Person) -> None:
    sent = person.applies()
    with pytest.raises(NotFound):
        _follows(someone_else, sent.reference)
    with pytest.raises(NotFound):
        _keeps(someone_else, sent.reference)


def test_a_person_lists_what_this_browser_sent(person: Person, someone_else: Person) -> None:
    someone_else.applies()
    first = person.applies()
    person.wait(minutes=1)
    second = person.applies()
    with person.database.read() as db:
        mine = track.mine(db, person.holder, person.now)
    assert [one.reference for one in mine] == [second.reference, first.reference]
    assert mine[0].service.title.words("en") == "Residence letter"


def test_reference_mobile_and_code_open_it_in_another_browser(person: Person) -> None:
    sent = person.applies()
    elsewhere = _elsewhere(person)
    _asks(elsewhere, sent.reference.lower())
    assert _is_granted(elsewhere, sent.reference, elsewhere.reads_the_code()) == sent.reference
    assert _follows(elsewhere, sent.reference).submission == sent
    assert _keeps(elsewhere, sent.reference).submission == sent


def test_the_look_ends_after_half_an_hour(person: Person) -> None:
    sent = person.applies()
    elsewhere = _elsewhere(person)
    _asks(elsewhere, sent.reference)
    _is_granted(elsewhere, sent.reference, elsewhere.reads_the_code())
    elsewhere.wait(minutes=30)
    with pytest.raises(NotFound):
        _follows(elsewhere, sent.reference)


def test_a_look_at_one_application_opens_no_other(person: Person, someone_else: Person) -> None:
    mine, theirs = person.applies(), someone_else.applies()
    elsewhere = _elsewhere(person)
    _asks(elsewhere, mine.reference)
    _is_granted(elsewhere, mine.reference, elsewhere.reads_the_code())
    with pytest.raises(NotFound):
        _follows(elsewhere, theirs.reference)


@contextmanager
def _statements(person: Person) -> Iterator[list[str]]:
    """What the database was asked meanwhile, values left out."""
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    engine = person.database._writer
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_a_miss_looks_and_costs_the_same_as_a_hit(person: Person, someone_else: Person) -> None:
    sent = person.applies()
    with _statements(person) as for_a_hit:
        _asks(person, sent.reference)
    with _statements(person) as for_an_unknown_reference:
        _asks(someone_else, "BD-2222-2222", "01911111111")
    with _statements(person) as for_another_number:
        _asks(Person(person.database, now=person.now), sent.reference, "01922222222")
    assert for_a_hit == for_an_unknown_reference == for_another_number


def test_a_miss_sends_no_message_and_takes_no_code(person: Person, someone_else: Person) -> None:
    sent = person.applies()
    _asks(someone_else, sent.reference)
    with someone_else.database.read() as db:
        [made] = db.exec(select(PhoneCodeRow).where(PhoneCodeRow.purpose == "track"))
    assert made.opens is None
    with pytest.raises(IndexError):  # no message came
        someone_else.reads_the_code()
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(CodeWrong) as refused:
            _is_granted(someone_else, sent.reference, "123456")
        assert refused.value.tries_left == left
    with pytest.raises(CodeExpired):
        _is_granted(someone_else, sent.reference, "123456")


def test_looking_up_one_reference_again_and_again_is_stopped(person: Person) -> None:
    sent = person.applies()
    for last in range(10):
        stranger = Person(person.database, mobile=f"0191111111{last}", client=f"203.0.113.{last}")
        _asks(stranger, sent.reference)
    with pytest.raises(TooMany):
        _asks(Person(person.database, mobile="01922222222"), sent.reference)


def test_the_receipt_holds_every_answer_in_words(person: Person) -> None:
    sent = person.applies()
    kept = _keeps(person, sent.reference)
    answers = {one.question: one for one in kept.answers}
    assert answers["name_en"].words is not None
    assert answers["name_en"].words.words("en") == "Rahima Khatun"
    assert kept.mobile == person.mobile
    assert "Rahima" not in repr(kept)


def _checks(person: Person, sent: Submission, *, reference: str = "", signature: str = "") -> object:
    with person.database.read() as db:
        return receipts.verify(db, reference or sent.reference, signature or sent.receipt.signature.value)


def test_anybody_can_check_a_receipt_and_learns_nothing_of_the_person(person: Person) -> None:
    sent = person.applies()
    real = _checks(person, sent)
    assert isinstance(real, receipts.Verified)
    assert (real.reference, real.office, real.received_at) == (sent.reference, sent.office, sent.received_at)
    assert "Rahima" not in repr(real)


def test_a_receipt_with_another_number_or_signature_is_not_real(person: Person, someone_else: Person) -> None:
    sent, other = person.applies(), someone_else.applies()
    assert _checks(person, sent, reference=other.reference) is None
    assert _checks(person, sent, reference="BD-2222-2222") is None
    assert _checks(person, sent, signature="A" * 86) is None
    assert _checks(person, sent, signature="ছোট") is None
