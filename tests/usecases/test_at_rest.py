"""What lies on the disk tells nobody anything, and cannot be moved or swapped unnoticed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import text, update
from sqlmodel import SQLModel, col, select

from portal.interop.asking import Unavailable
from portal.interop.handover import CaseStatus
from portal.security.sealing import Unsealable
from portal.store import vaults
from portal.store.database import Database
from portal.store.drafts import DraftRow
from portal.store.sent_messages import SentMessageRow
from portal.store.submissions import SubmissionRow
from portal.store.tables import TABLES
from portal.store.vaults import VaultRow
from portal.usecases import deliver, messages, receipts, track
from portal.usecases.deliver import Pace
from portal.usecases.refusals import NotFound
from tests.usecases.person import ANSWERS, Person, found, provenance

_SECRETS = (
    "0012345601",
    "1963-10-24",
    "01712345601",
    "Rahima",
    "রহিমা",
    "বটতলার",
    "হোল্ডিং ট্যাক্স বাকি",
    "DOC-77",
)


def _everything(database: Database) -> str:
    """Every value of every row, as text; bytes as if they were Latin letters."""
    with database.connection() as connection:
        tables = (connection.execute(text(f"SELECT * FROM {table.__tablename__}")) for table in TABLES)
        values = [value for table in tables for row in table for value in row]
    return "\n".join(_readable(value) for value in values)


def _readable(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("latin-1") + value.decode("utf-8", "replace")
    return str(value)


def _lives_through_everything(person: Person) -> str:
    """One application with a registry, a delivery, a decision and a look from elsewhere; its reference."""
    draft = person.signs_in(person.starts())
    for key in ("adult", "nid", "dob", "consent_nid"):
        draft = person.answers(draft, {key: ANSWERS[key]})
    ask = person.is_asked_about(draft)
    assert ask is not None
    draft = person.hears(ask, found(person.now))
    for key in ("name_bn", "name_en", "home", "married", "phone"):
        draft = person.answers(draft, {key: ANSWERS[key]})
    sent = person.sends(draft)
    _is_refused(person)
    elsewhere = Person(person.database, mobile=person.mobile, now=person.now)
    with person.database.write() as db:
        track.ask_code(db, elsewhere.visitor, sent.reference, person.mobile, person.now)
    return sent.reference


def _is_refused(person: Person) -> None:
    with person.database.write() as db:
        delivery = deliver.claim(db, person.now, "worker")
        assert delivery is not None
        status = CaseStatus("received", None, "", None, None, provenance())
        deliver.handed_over(db, delivery, status, Pace(), person.now)
    person.wait(minutes=5)
    with person.database.write() as db:
        enquiry = deliver.claim_enquiry(db, person.now, "worker")
        assert enquiry is not None
        reason = {"bn": "হোল্ডিং ট্যাক্স বাকি", "en": "Holding tax is due"}
        refused = CaseStatus("refused", reason, "", person.now, "DOC-77", provenance())
        deliver.heard(db, enquiry, refused, Pace(), person.now)


def test_no_table_holds_a_word_of_the_person(person: Person) -> None:
    _lives_through_everything(person)
    kept = _everything(person.database)
    assert "residence-letter" in kept, "this test can read what it looks through"
    assert [secret for secret in _SECRETS if secret in kept] == []
    assert person.holder not in kept


def test_no_file_of_the_embedded_database_holds_a_word_of_the_person(person: Person) -> None:
    if not person.database.is_embedded:
        pytest.skip("PostgreSQL keeps its own files")
    _lives_through_everything(person)
    path = person.database._writer.url.database
    assert path is not None
    for file in Path(path).parent.glob("portal.sqlite*"):
        kept = file.read_bytes()
        assert [secret for secret in _SECRETS if secret.encode() in kept] == [], file.name


def test_no_code_can_be_read_or_tried_out_of_the_database(person: Person) -> None:
    draft = person.starts()
    person.asks_for_a_code(draft)
    code = person.reads_the_code()
    assert not re.search(rf"(?<!\d){code}(?!\d)", _everything(person.database))


def _swap(database: Database, table: type[SQLModel], column: str, one: str, other: str) -> None:
    with database.write() as db:
        key, value = col(table.id), col(getattr(table, column))  # type: ignore[attr-defined]
        theirs = db.exec(select(value).where(key == other)).one()
        db.execute(update(table).where(key == one).values({column: theirs}))


def test_answers_moved_to_another_draft_refuse_to_open(person: Person, someone_else: Person) -> None:
    mine, theirs = person.fills_in(), someone_else.fills_in()
    _swap(person.database, DraftRow, "sealed", mine.id, theirs.id)
    with pytest.raises(Unsealable):
        person.reads(mine)


def test_answers_moved_together_with_their_key_still_refuse(person: Person, someone_else: Person) -> None:
    mine, theirs = person.fills_in(), someone_else.fills_in()
    _swap(person.database, DraftRow, "sealed", mine.id, theirs.id)
    _swap(person.database, DraftRow, "vault_id", mine.id, theirs.id)
    with pytest.raises(Unsealable):
        person.reads(mine)


def test_a_key_moved_to_another_vault_refuses_to_open(person: Person, someone_else: Person) -> None:
    mine, theirs = person.fills_in(), someone_else.fills_in()
    assert mine.vault is not None
    assert theirs.vault is not None
    _swap(person.database, VaultRow, "wrapped", mine.vault.id, theirs.vault.id)
    with pytest.raises(Unsealable):
        person.reads(mine)


def test_an_application_moved_under_another_reference_refuses_to_open(
    person: Person, someone_else: Person
) -> None:
    mine, theirs = person.applies(), someone_else.applies()
    _swap(person.database, SubmissionRow, "sealed", mine.id, theirs.id)
    with pytest.raises(Unsealable), person.database.read() as db:
        receipts.load(db, mine.reference, person.holder, person.now)


def test_a_message_moved_to_another_row_refuses_to_open(person: Person, someone_else: Person) -> None:
    person.asks_for_a_code(person.starts())
    someone_else.asks_for_a_code(someone_else.starts())
    with person.database.read() as db:
        one, other = db.exec(select(SentMessageRow.id))
    _swap(person.database, SentMessageRow, "sealed", one, other)
    with pytest.raises(Unsealable), person.database.read() as db:
        messages.recent(db)


def test_what_refuses_to_open_says_so_without_quoting_anything(person: Person, someone_else: Person) -> None:
    mine, theirs = person.fills_in(), someone_else.fills_in()
    _swap(person.database, DraftRow, "sealed", mine.id, theirs.id)
    with pytest.raises(Unsealable) as refused:
        person.reads(mine)
    assert mine.id not in str(refused.value)
    assert "Rahima" not in str(refused.value)


def test_destroying_the_key_erases_draft_and_application_for_good(person: Person) -> None:
    draft = person.fills_in()
    sent = person.sends(draft)
    assert draft.vault is not None
    with person.database.write() as db:
        vaults.destroy(db, draft.vault.id, person.now)
    with pytest.raises(NotFound):
        person.reads(draft)
    with pytest.raises(NotFound), person.database.read() as db:
        receipts.load(db, sent.reference, person.holder, person.now)
    with person.database.read() as db:
        assert track.mine(db, person.holder, person.now) == ()


def test_an_outage_leaves_a_trace_without_a_value(person: Person) -> None:
    draft = person.signs_in(person.starts())
    for key in ("adult", "nid", "dob", "consent_nid"):
        draft = person.answers(draft, {key: ANSWERS[key]})
    ask = person.is_asked_about(draft)
    assert ask is not None
    person.hears(ask, Unavailable("server.clientproxy.network_error", "transient", "support-1"))
    kept = _everything(person.database)
    assert "server.clientproxy.network_error" in kept
    assert [secret for secret in _SECRETS if secret in kept] == []
