"""Applications reach their office, once, however often the way there breaks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from portal.interop.asking import Kind, Unavailable
from portal.interop.handover import Accepted, CaseState, CaseStatus, UnknownCase
from portal.store import deliveries
from portal.store.submissions import Submission, SubmissionRow
from portal.usecases import deliver, messages, track
from portal.usecases.deliver import BACKOFF, Delivery, Enquiry, Pace
from portal.usecases.refusals import NotFound
from tests.usecases.person import Person, provenance

PACE = Pace()


def _claims(person: Person, worker: str = "worker-1") -> Delivery | None:
    with person.database.write() as db:
        return deliver.claim(db, person.now, worker)


def _must_claim(person: Person, worker: str = "worker-1") -> Delivery:
    claimed = _claims(person, worker)
    assert claimed is not None
    return claimed


def _accepts(person: Person, delivery: Delivery) -> None:
    accepted = Accepted("UP-2026-1", person.now, is_repeat=False, provenance=provenance())
    with person.database.write() as db:
        deliver.handed_over(db, delivery, accepted, PACE, person.now)


def _fails(person: Person, delivery: Delivery, kind: Kind = "transient", *, ambiguous: bool = False) -> None:
    why = Unavailable("server.clientproxy.network_error", kind, "support-1", ambiguous=ambiguous)
    with person.database.write() as db:
        deliver.failed(db, delivery, why, PACE, person.now)


def _asks_office(person: Person) -> Enquiry | None:
    with person.database.write() as db:
        return deliver.claim_enquiry(db, person.now, "worker-1")


def _hears(person: Person, state: CaseState, reason: dict[str, str] | None = None) -> None:
    person.wait(hours=1)
    enquiry = _asks_office(person)
    assert enquiry is not None
    decided_at = person.now if state in ("approved", "refused") else None
    answer = CaseStatus(state, reason, "", decided_at, "DOC-1" if state == "approved" else None, provenance())
    with person.database.write() as db:
        deliver.heard(db, enquiry, answer, PACE, person.now)


def _follows(person: Person, sent: Submission) -> track.Tracking:
    with person.database.read() as db:
        return track.load(db, sent.reference, person.holder, person.now)


def _delivered(person: Person) -> Submission:
    sent = person.applies()
    _accepts(person, _must_claim(person))
    return sent


def test_an_application_is_due_at_once_with_everything_the_office_needs(person: Person) -> None:
    sent = person.applies()
    delivery = _must_claim(person)
    handover = delivery.handover
    assert (handover.submission_id, handover.reference) == (sent.id, sent.reference)
    assert (handover.service, handover.service_key) == ("union-intake/applications", "residence-letter")
    assert handover.office == sent.office.place
    answers = {answer.question: answer for answer in handover.answers}
    assert answers["married"].words["bn"] == "না"
    assert answers["nid"].value == "0012345601"
    assert not delivery.ask_first
    assert "0012345601" not in repr(delivery)


def test_what_one_worker_holds_no_other_gets(person: Person) -> None:
    person.applies()
    assert _claims(person, "worker-1") is not None
    assert _claims(person, "worker-2") is None


def test_an_accepted_application_is_delivered_and_says_so(person: Person) -> None:
    sent = _delivered(person)
    seen = _follows(person, sent)
    assert [one.kind for one in seen.events] == ["received", "delivered"]
    assert seen.submission.case_number == "UP-2026-1"
    assert seen.reached_office
    assert [one.state for one in seen.deliveries] == ["done"]
    assert _claims(person) is None


def test_tries_come_at_once_and_then_ever_later(person: Person) -> None:
    sent = person.applies()
    for wait in BACKOFF:
        _fails(person, _must_claim(person))
        if wait:
            assert _claims(person) is None
        assert _follows(person, sent).deliveries[0].next_at == person.now + wait
        person.now += wait
    assert _must_claim(person).lease.attempt == len(BACKOFF) + 1


def test_an_office_nobody_reached_for_days_is_left_to_somebody_and_can_be_sent_again(person: Person) -> None:
    sent = person.applies()
    for _ in range(deliver.ATTEMPTS):
        _fails(person, _must_claim(person))
        person.wait(hours=2)
    assert _follows(person, sent).deliveries[0].state == "dead"
    assert _claims(person) is None
    with person.database.write() as db:
        assert deliveries.release(db, person.now) == 1
    _accepts(person, _must_claim(person))
    assert _follows(person, sent).reached_office


@pytest.mark.parametrize("kind", ["configuration", "ours", "integrity"])
def test_a_fault_somebody_must_mend_puts_it_aside_but_not_for_ever(person: Person, kind: Kind) -> None:
    sent = person.applies()
    _fails(person, _must_claim(person), kind)
    assert _follows(person, sent).deliveries[0].state == "parked"
    assert _claims(person) is None
    person.wait(hours=1)
    _accepts(person, _must_claim(person))
    assert _follows(person, sent).reached_office


def test_after_an_attempt_nobody_heard_the_end_of_the_office_is_asked_first(person: Person) -> None:
    person.applies()
    _fails(person, _must_claim(person), ambiguous=True)
    assert _must_claim(person).ask_first


def test_the_work_of_a_worker_that_died_is_taken_over_and_asked_about(person: Person) -> None:
    person.applies()
    _must_claim(person, "worker-1")
    person.wait(seconds=39)
    assert _claims(person, "worker-2") is None
    person.wait(seconds=1)
    taken_over = _must_claim(person, "worker-2")
    assert taken_over.ask_first
    assert taken_over.lease.attempt == 2


def test_a_worker_whose_lease_ran_out_may_no_longer_finish(person: Person) -> None:
    sent = person.applies()
    lost = _must_claim(person, "worker-1")
    person.wait(minutes=1)
    kept = _must_claim(person, "worker-2")
    with pytest.raises(NotFound):
        _accepts(person, lost)
    assert not _follows(person, sent).reached_office
    _accepts(person, kept)
    assert [one.kind for one in _follows(person, sent).events] == ["received", "delivered"]


def test_a_status_instead_of_a_receipt_also_proves_that_it_arrived(person: Person) -> None:
    sent = person.applies()
    status = CaseStatus("in_review", None, "", None, None, provenance())
    delivery = _must_claim(person)
    with person.database.write() as db:
        deliver.handed_over(db, delivery, status, PACE, person.now)
    assert _follows(person, sent).reached_office


def test_two_applications_are_delivered_oldest_first(person: Person, someone_else: Person) -> None:
    first = person.applies()
    someone_else.wait(seconds=1)
    second = someone_else.applies()
    person.wait(minutes=1)
    assert _must_claim(person).handover.reference == first.reference
    assert _must_claim(person).handover.reference == second.reference


def test_one_that_cannot_be_opened_stands_in_nobodys_way(person: Person, someone_else: Person) -> None:
    spoilt = person.applies()
    someone_else.wait(seconds=1)
    good = someone_else.applies()
    with person.database.write() as db:
        change = update(SubmissionRow).where(col(SubmissionRow.id) == spoilt.id).values(sealed=b"spoilt")
        db.execute(change)
    person.wait(minutes=1)
    assert _must_claim(person).handover.reference == good.reference
    assert _claims(person) is None
    with person.database.read() as db:
        [row] = deliveries.of_submission(db, spoilt.id)
    assert (row.state, row.last_code) == ("dead", "portal.unsealable")


def test_one_that_ends_its_worker_every_time_is_given_up_in_the_end(person: Person) -> None:
    sent = person.applies()
    for _ in range(deliver.ATTEMPTS):
        _must_claim(person)
        person.wait(minutes=1)
    assert _claims(person) is None
    assert _follows(person, sent).deliveries[0].state == "dead"


def test_news_of_the_office_becomes_an_event_and_a_message(person: Person) -> None:
    sent = _delivered(person)
    _hears(person, "in_review")
    _hears(person, "approved", {"bn": "সনদ তৈরি", "en": "Your letter is ready"})
    seen = _follows(person, sent)
    assert [one.kind for one in seen.events] == ["received", "delivered", "in_review", "approved"]
    last = seen.events[-1]
    assert (last.source, last.document_number) == ("office", "DOC-1")
    assert last.words["en"] == "Your letter is ready"
    assert (seen.state, seen.submission.decided_at) == ("approved", person.now)
    with person.database.read() as db:
        told = [one.kind for one in messages.recent(db)]
    assert sorted(told) == ["code", "news", "received"]


def test_the_same_news_twice_is_told_once(person: Person) -> None:
    sent = _delivered(person)
    _hears(person, "in_review")
    _hears(person, "in_review")
    assert [one.kind for one in _follows(person, sent).events] == ["received", "delivered", "in_review"]


def test_a_decided_case_is_asked_about_no_more(person: Person) -> None:
    _delivered(person)
    _hears(person, "refused", {"bn": "হোল্ডিং ট্যাক্স বাকি"})
    person.wait(days=30)
    assert _asks_office(person) is None


def test_an_office_that_wants_something_is_asked_again_afterwards(person: Person) -> None:
    sent = _delivered(person)
    _hears(person, "needs_information", {"bn": "ছবি দিন", "en": "Bring a photo"})
    assert _follows(person, sent).state == "needs_information"
    _hears(person, "in_review")
    _hears(person, "approved")
    assert _follows(person, sent).state == "approved"


def test_an_undecided_case_is_asked_about_ever_less_often(person: Person) -> None:
    _delivered(person)
    waits: list[timedelta] = []
    for _ in range(14):
        before = person.now
        while (enquiry := _asks_office(person)) is None:
            person.wait(seconds=30)
        waits.append(person.now - before)
        answer = CaseStatus("received", None, "", None, None, provenance())
        with person.database.write() as db:
            deliver.heard(db, enquiry, answer, PACE, person.now)
    assert waits == sorted(waits)
    assert waits[0] == PACE.first
    assert waits[-1] == PACE.longest


def test_an_office_that_does_not_answer_is_asked_later(person: Person) -> None:
    sent = _delivered(person)
    person.wait(minutes=2)
    enquiry = _asks_office(person)
    assert enquiry is not None
    assert _asks_office(person) is None
    with person.database.write() as db:
        deliver.heard(db, enquiry, Unavailable("portal.timeout", "transient", "s"), PACE, person.now)
    assert _asks_office(person) is None
    _hears(person, "approved")
    assert _follows(person, sent).state == "approved"


def test_an_office_that_lost_a_delivered_application_gets_it_once_more(person: Person) -> None:
    sent = _delivered(person)
    person.wait(minutes=2)
    enquiry = _asks_office(person)
    assert enquiry is not None
    with person.database.write() as db:
        deliver.heard(db, enquiry, UnknownCase(provenance()), PACE, person.now)
    again = _must_claim(person)
    assert again.handover.submission_id == sent.id
    _accepts(person, again)
    assert [one.kind for one in _follows(person, sent).events] == ["received", "delivered"]


def test_a_look_tells_whether_anything_is_due(person: Person) -> None:
    with person.database.read() as db:
        assert not deliveries.is_any_due(db, person.now)
        assert not deliveries.is_any_asking(db, person.now)
    person.applies()
    with person.database.read() as db:
        assert deliveries.is_any_due(db, person.now)
        assert deliveries.count_by_state(db) == {"ready": 1}
    _accepts(person, _must_claim(person))
    with person.database.read() as db:
        assert deliveries.is_any_asking(db, person.now + PACE.first)
        assert not deliveries.is_any_asking(db, person.now)


def test_nobody_says_delivered_before_the_office_has_it(person: Person) -> None:
    sent = person.applies()
    _must_claim(person)
    seen = _follows(person, sent)
    assert not seen.reached_office
    assert [one.state for one in seen.deliveries] == ["leased"]
