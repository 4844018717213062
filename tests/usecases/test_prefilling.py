"""A registry is asked only on every condition, and never blocks anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from portal.interop.asking import NoMatch, Unavailable
from portal.store import agreements
from portal.store.agreements import AgreementRow
from portal.store.consents import ConsentRow
from portal.store.drafts import Draft
from portal.store.exchange_calls import ExchangeCallRow
from portal.usecases import prefill
from portal.usecases.refusals import NotFound
from tests.usecases.person import Person, found, provenance

KNOWN = {"nid": "0012345601", "dob": "1963-10-24", "consent_nid": "yes"}


def _ready(person: Person) -> Draft:
    draft = person.signs_in(person.starts())
    for key, value in KNOWN.items():
        draft = person.answers(draft, {key: value})
    return draft


def _due(person: Person, draft: Draft) -> str | None:
    return prefill.due(draft, person.journey(draft).service, person.now)


def _calls(person: Person) -> list[ExchangeCallRow]:
    with person.database.read() as db:
        return list(db.exec(select(ExchangeCallRow)))


def _outage() -> Unavailable:
    return Unavailable("server.clientproxy.network_error", "transient", "support-1", message_id="message-1")


def test_with_phone_consent_and_numbers_the_registry_is_asked(person: Person) -> None:
    draft = _ready(person)
    assert _due(person, draft) == "nid"
    ask = person.is_asked_about(draft)
    assert ask is not None
    assert ask.subject == {"nid": "0012345601", "date_of_birth": "1963-10-24"}
    assert ask.fields == ("name_bn", "name_en", "address")
    assert ask.consent_revision == ask.agreement.revision
    waiting = person.reads(draft)
    assert waiting.asking("nid").state == "pending"
    assert waiting.asking("nid").is_waiting(person.now)


def test_the_values_stand_beside_the_answers_until_they_are_confirmed(person: Person) -> None:
    ask = person.is_asked_about(_ready(person))
    assert ask is not None
    draft = person.hears(ask, found(person.now))
    assert draft.asking("nid").state == "done"
    assert draft.offered("name_en") == "Rahima Khatun"
    assert draft.prefill["home"].registry == "nid"
    assert "name_en" not in draft.answers
    assert person.reads(draft) == draft


def test_what_the_person_typed_is_never_overwritten(person: Person) -> None:
    draft = person.answers(_ready(person), {"name_en": "Rahima Begum"})
    ask = person.is_asked_about(draft)
    assert ask is not None
    draft = person.hears(ask, found(person.now))
    assert draft.offered("name_en") == "Rahima Begum"


def test_a_value_the_question_would_not_take_is_left_out(person: Person) -> None:
    ask = person.is_asked_about(_ready(person))
    assert ask is not None
    draft = person.hears(ask, found(person.now, name_bn="Rahima in Latin", name_en=""))
    assert draft.prefill.keys() == {"home"}


@pytest.mark.parametrize("missing", ["phone", "consent", "refused", "nid", "dob"])
def test_without_one_of_the_conditions_nothing_is_asked(person: Person, missing: str) -> None:
    known = {**KNOWN, "consent_nid": "no" if missing == "refused" else "yes"}
    known.pop({"consent": "consent_nid"}.get(missing, missing), None)
    draft = person.starts() if missing == "phone" else person.signs_in(person.starts())
    for key, value in known.items():
        draft = person.answers(draft, {key: value})
    assert _due(person, draft) is None
    assert person.is_asked_about(draft) is None
    assert _calls(person) == []


def test_an_agreement_that_was_withdrawn_ends_the_asking(person: Person) -> None:
    draft = _ready(person)
    with person.database.write() as db:
        for row in db.exec(select(AgreementRow)):
            agreements.withdraw(db, row.revision, person.now)
    assert person.is_asked_about(draft) is None
    assert person.reads(draft).asking("nid").state == "unavailable"
    assert _calls(person) == []


def test_a_consent_given_to_other_terms_is_no_consent(person: Person) -> None:
    draft = _ready(person)
    with person.database.write() as db:
        [row] = db.exec(select(AgreementRow))
        newer = row.model_copy(
            update={"revision": "f" * 64, "recorded_at": person.now + timedelta(seconds=1)}
        )
        agreements.keep(db, newer)
    assert person.is_asked_about(draft) is None
    assert _calls(person) == []


def test_an_agreement_that_ran_out_yesterday_allows_nothing(person: Person) -> None:
    draft = _ready(person)
    with person.database.write() as db:
        [row] = db.exec(select(AgreementRow))
        row.valid_until = person.now.date() - timedelta(days=1)
        db.add(row)
    assert person.is_asked_about(draft) is None


def test_the_tracker_writes_down_who_asked_what_for_whom_before_and_after(person: Person) -> None:
    ask = person.is_asked_about(_ready(person))
    assert ask is not None
    [before] = _calls(person)
    assert (before.id, before.outcome, before.finished_at) == (ask.issue, "asked", None)
    person.wait(seconds=2)
    person.hears(ask, found(person.now))
    [after] = _calls(person)
    assert (after.outcome, after.message_id, after.request_hash) == ("found", "message-1", "hash-1")
    assert (after.purpose, after.fields_asked) == ("identity_verification", "name_bn name_en address")
    assert after.agreement_revision == ask.agreement.revision
    assert after.consent_id == ask.consent_id
    assert after.finished_at == person.now
    assert "0012345601" not in repr(after)


def test_a_registry_that_is_down_lets_the_person_type_and_may_be_asked_again(person: Person) -> None:
    draft = _ready(person)
    ask = person.is_asked_about(draft)
    assert ask is not None
    draft = person.hears(ask, _outage())
    assert draft.asking("nid").state == "unavailable"
    assert _due(person, draft) is None
    with person.database.write() as db:
        draft = prefill.retry(db, draft, "nid", person.now)
    assert _due(person, draft) == "nid"
    assert person.is_asked_about(draft) is not None
    assert [call.outcome for call in _calls(person)].count("server.clientproxy.network_error") == 1


def test_no_match_is_said_once_and_not_asked_again_for_the_same_numbers(person: Person) -> None:
    ask = person.is_asked_about(_ready(person))
    assert ask is not None
    draft = person.hears(ask, NoMatch(provenance(person.now)))
    assert draft.asking("nid").state == "no_match"
    assert _due(person, draft) is None
    draft = person.answers(draft, {"nid": "0012345602"})
    assert _due(person, draft) == "nid"


def test_the_registry_is_not_asked_twice_at_once(person: Person) -> None:
    draft = _ready(person)
    assert person.is_asked_about(draft) is not None
    assert person.is_asked_about(draft) is None
    person.wait(seconds=21)
    assert person.is_asked_about(draft) is not None


def test_an_answer_that_comes_after_the_number_changed_is_thrown_away(person: Person) -> None:
    draft = _ready(person)
    ask = person.is_asked_about(draft)
    assert ask is not None
    person.answers(draft, {"nid": "0012345602"})
    draft = person.hears(ask, found(person.now))
    assert (draft.asking("nid").state, dict(draft.prefill)) == ("none", {})


def test_hearing_the_same_answer_twice_changes_nothing(person: Person) -> None:
    ask = person.is_asked_about(_ready(person))
    assert ask is not None
    once = person.hears(ask, found(person.now))
    assert person.hears(ask, _outage()) == once


def test_an_answer_to_nothing_is_refused(person: Person) -> None:
    with pytest.raises(NotFound), person.database.write() as db:
        prefill.keep(db, "no-such-issue", _outage(), person.journey(person.starts()).around, person.now)


def test_guessing_birth_dates_of_one_number_is_stopped(person: Person) -> None:
    draft = _ready(person)
    asked = 0
    for day in range(1, 15):
        draft = person.answers(draft, {"dob": f"1963-01-{day:02}"})
        ask = person.is_asked_about(draft)
        if ask is not None:
            asked += 1
            draft = person.hears(ask, NoMatch(provenance(person.now)))
    assert asked == 10
    assert person.reads(draft).asking("nid").state == "unavailable"


def test_a_consent_is_kept_with_the_words_and_the_agreement_it_was_given_for(person: Person) -> None:
    draft = _ready(person)
    person.answers(draft, {"consent_nid": "yes"})
    draft = person.answers(draft, {"consent_nid": "no"})
    person.locale = "en"
    person.answers(draft, {"consent_nid": "no"})
    with person.database.read() as db:
        kept = list(db.exec(select(ConsentRow)))
        [agreement] = db.exec(select(AgreementRow))
    assert [(row.given, row.language) for row in kept] == [(True, "bn"), (False, "bn"), (False, "en")]
    assert {row.agreement_revision for row in kept} == {agreement.revision}
    assert kept[1].words_hash != kept[2].words_hash
