"""Sending a finished draft: once, whole, to the right office, with a receipt that can be proven."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import SQLModel, func, select

from portal.security import tokens
from portal.security.signing import verify
from portal.security.tokens import is_reference, new_id
from portal.store import submissions
from portal.store.audit import AuditRow
from portal.store.database import Session
from portal.store.deliveries import DeliveryRow
from portal.store.drafts import Draft
from portal.store.events import EventRow
from portal.store.holidays import HolidayRow
from portal.store.sent_messages import SentMessageRow
from portal.store.submissions import Submission, SubmissionRow
from portal.usecases import submit as submit_module
from portal.usecases.refusals import NotFound, NotReady, NotSignedIn, StaleDraft
from portal.usecases.sent_body import read
from tests.usecases.letter import NOW, UNION, letter, publish_letter
from tests.usecases.person import ANSWERS, Person


def _count(db: Session, table: type[SQLModel], *where: bool) -> int:
    return db.exec(select(func.count()).select_from(table).where(*where)).one()


def _rows(person: Person) -> dict[str, int]:
    with person.database.read() as db:
        return {
            "submissions": _count(db, SubmissionRow),
            "events": _count(db, EventRow),
            "deliveries": _count(db, DeliveryRow),
            "audit": _count(db, AuditRow, AuditRow.action == "application.sent"),
            "told": _count(db, SentMessageRow, SentMessageRow.kind == "received"),
        }


_ONE_OF_EACH = {"submissions": 1, "events": 1, "deliveries": 1, "audit": 1, "told": 1}
_NONE = dict.fromkeys(_ONE_OF_EACH, 0)


def test_a_finished_application_gets_a_reference_and_goes_on_its_way(person: Person) -> None:
    sent = person.applies()
    assert is_reference(sent.reference)
    assert (sent.state, sent.version, sent.language, sent.assisted) == ("received", 1, "bn", False)
    assert _rows(person) == _ONE_OF_EACH


def test_it_goes_to_the_office_of_the_persons_union(person: Person) -> None:
    office = person.applies().office
    assert (office.agency, office.level, office.place) == ("lgd", "union", UNION)


def test_the_draft_knows_what_it_became(person: Person) -> None:
    draft = person.fills_in()
    sent = person.sends(draft)
    assert person.reads(draft).submitted_reference == sent.reference


def test_pressing_send_twice_sends_once(person: Person) -> None:
    draft = person.fills_in()
    assert person.sends(draft) == person.sends(person.reads(draft))
    assert _rows(person) == _ONE_OF_EACH


def test_two_threads_sending_at_once_send_once(person: Person) -> None:
    draft = person.fills_in()
    sent: list[str] = []
    threads = [threading.Thread(target=lambda: sent.append(person.sends(draft).reference)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == 6
    assert len(set(sent)) == 1
    assert _rows(person) == _ONE_OF_EACH


def test_the_same_submission_id_gives_the_first_receipt_again(person: Person) -> None:
    draft, submission_id = person.fills_in(), new_id()
    assert person.sends(draft, submission_id) == person.sends(draft, submission_id)
    assert person.sends(draft, submission_id).id == submission_id


def test_somebody_elses_submission_id_opens_nothing(person: Person, someone_else: Person) -> None:
    taken = person.applies()
    draft = someone_else.fills_in()
    with pytest.raises(NotFound):
        someone_else.sends(draft, taken.id)


@pytest.mark.parametrize("wish", ["1", "x" * 65, "' OR 1=1 --      ", "বাংলা বাংলা বাংলা"])
def test_a_submission_id_of_no_known_shape_is_refused(person: Person, wish: str) -> None:
    with pytest.raises(NotFound):
        person.sends(person.fills_in(), wish)


def test_an_unfinished_application_cannot_be_sent(person: Person) -> None:
    draft = person.fills_in({key: value for key, value in ANSWERS.items() if key != "married"})
    with pytest.raises(NotReady):
        person.sends(draft)
    assert _rows(person) == _NONE


def test_nobody_is_sent_past_an_exit(person: Person) -> None:
    with pytest.raises(NotReady):
        person.sends(person.fills_in({**ANSWERS, "adult": "no"}))


def test_without_a_phone_code_it_cannot_be_sent(person: Person) -> None:
    draft = person.starts()
    for key, value in ANSWERS.items():
        draft = person.answers(draft, {key: value})
    with pytest.raises(NotSignedIn):
        person.sends(draft)
    assert person.sends(person.signs_in(draft)).assurance == 1


def test_a_service_that_wants_no_phone_takes_it_without(person: Person) -> None:
    with person.database.write() as db:
        publish_letter(db, NOW, letter(assurance=0))
    draft = person.starts()
    for key, value in ANSWERS.items():
        draft = person.answers(draft, {key: value})
    sent = person.sends(draft)
    assert (sent.assurance, sent.mobile_index) == (0, None)
    assert _rows(person)["told"] == 0


def test_answers_changed_in_another_window_are_looked_at_again_first(person: Person) -> None:
    draft = person.fills_in()
    person.answers(draft, {"name_en": "Rahima Begum"})
    with pytest.raises(StaleDraft):
        person.sends(draft)
    with pytest.raises(StaleDraft):
        person.sends(person.reads(draft), revision=draft.revision)
    assert person.sends(person.reads(draft)).state == "received"


def test_what_came_from_elsewhere_since_the_check_is_no_reason_to_look_again(person: Person) -> None:
    draft = person.starts()
    for key, value in ANSWERS.items():
        draft = person.answers(draft, {key: value})
    checked = draft.revision
    proven = person.signs_in(draft)
    assert proven.revision > checked
    assert person.sends(proven, revision=checked).state == "received"


def test_somebody_else_cannot_send_it(person: Person, someone_else: Person) -> None:
    draft = person.fills_in()
    with pytest.raises(NotFound):
        someone_else.sends(_stolen(draft))


def _stolen(draft: Draft) -> Draft:
    return replace(draft, holder_hash=tokens.hash_token("somebody else"))


def test_answers_off_the_route_are_left_behind(person: Person) -> None:
    draft = person.fills_in({**ANSWERS, "married": "yes", "husband": "আবদুল করিম"})
    draft = person.answers(draft, {"married": "no"})
    body = read(person.sends(draft).body)
    assert "husband" not in [sent.question for sent in body.answers]


def test_every_answer_is_kept_in_words_of_both_languages(person: Person) -> None:
    body = read(person.applies().body)
    answers = {sent.question: sent for sent in body.answers}
    assert list(answers) == list(ANSWERS)
    married, home = answers["married"].words, answers["home"].words
    assert married is not None
    assert (married.words("bn"), married.words("en")) == ("না", "No")
    assert home is not None
    assert "ঢাকা" in home.words("bn")
    assert "Dhaka" in home.words("en")
    assert body.mobile == person.mobile


def test_an_optional_answer_that_was_skipped_is_sent_as_skipped(person: Person) -> None:
    body = read(person.sends(person.fills_in({**ANSWERS, "phone": ""})).body)
    assert body.answers[-1].question == "phone"
    assert body.answers[-1].words is None


def test_the_digest_is_of_what_was_stored_and_cannot_be_guessed_from_the_answers(person: Person) -> None:
    sent = person.applies()
    with person.database.read() as db:
        stored = submissions.by_id(db, sent.id)
    assert stored is not None
    assert hashlib.sha256(stored.body).hexdigest() == sent.digest == stored.digest
    assert len(json.loads(stored.body)["salt"]) == 32


def test_the_receipt_is_signed_and_says_nothing_about_the_person(person: Person) -> None:
    sent = person.applies()
    assert verify(person.database.keyring, sent.receipt.payload.encode(), sent.receipt.signature)
    said = json.loads(sent.receipt.payload)
    assert said["reference"] == sent.reference
    assert said["digest"] == sent.digest
    assert not {"Rahima", "0012345601", person.mobile} & set(sent.receipt.payload.replace('"', " ").split())


@pytest.mark.parametrize(
    ("value", "unit", "due"),
    [
        (3, "working_days", date(2026, 11, 25)),
        (5, "working_days", date(2026, 11, 29)),
        (10, "days", date(2026, 12, 2)),
        (3, "months", date(2027, 2, 22)),
        (0, "days", date(2026, 11, 22)),
    ],
)
def test_the_day_the_answer_is_due_counts_working_days_of_bangladesh(
    person: Person, value: int, unit: str, due: date
) -> None:
    with person.database.write() as db:
        publish_letter(db, NOW, letter(days=value, unit=unit))
    assert person.applies().due_on == due


def test_a_holiday_puts_the_day_off(person: Person) -> None:
    with person.database.write() as db:
        db.add(HolidayRow(day=date(2026, 11, 24), bn="ছুটি", en="Holiday"))
    assert person.applies().due_on == date(2026, 11, 26)


def test_the_day_of_arrival_is_the_day_in_dhaka(person: Person) -> None:
    person.now = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)  # already Monday the 23rd in Dhaka
    assert person.applies().due_on == date(2026, 11, 26)


def test_a_month_that_is_too_short_ends_on_its_last_day(person: Person) -> None:
    with person.database.write() as db:
        publish_letter(db, NOW, letter(days=1, unit="months"))
    person.now = datetime(2027, 1, 31, 4, 0, tzinfo=UTC)
    assert person.applies().due_on == date(2027, 2, 28)


def test_a_reference_that_is_taken_is_thrown_again(
    person: Person, someone_else: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = person.applies()
    thrown = iter([first.reference, first.reference, "BD-2222-2222"])
    monkeypatch.setattr(submit_module, "new_reference", lambda: next(thrown))
    assert someone_else.applies().reference == "BD-2222-2222"
    assert _rows(person)["submissions"] == 2


def test_a_reference_taken_between_look_and_insert_is_thrown_again(
    person: Person, someone_else: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = person.applies()
    thrown = iter([first.reference, "BD-2222-2222"])
    monkeypatch.setattr(submit_module, "new_reference", lambda: next(thrown))
    monkeypatch.setattr(submissions, "is_known", lambda *_: False)
    second = someone_else.applies()
    assert second.reference == "BD-2222-2222"
    assert _rows(person) == {"submissions": 2, "events": 2, "deliveries": 2, "audit": 2, "told": 2}


def test_a_submission_shows_nothing_of_its_person_in_a_log(person: Person) -> None:
    shown = repr(person.applies())
    assert "Rahima" not in shown
    assert "0012345601" not in shown


def test_it_can_be_opened_exactly_as_it_was_sent(person: Person) -> None:
    sent = person.applies()
    with person.database.read() as db:
        stored = submissions.by_reference(db, sent.reference)
    assert stored == sent
    assert isinstance(stored, Submission)
