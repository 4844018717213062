"""Answers are kept, whatever other windows do."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from portal.forms.answers import Value
from portal.security.tokens import hash_token
from portal.store.drafts import Draft
from portal.usecases.refusals import AlreadySent, NotFound
from tests.usecases.person import Person, found


def test_an_answer_is_there_after_it_was_given(person: Person) -> None:
    draft = person.answers(person.starts(), {"adult": "yes"})
    assert draft.revision == 1
    assert person.reads(draft).answers["adult"].value == "yes"
    assert person.reads(draft).answers["adult"].source == "typed"


def test_sending_the_same_step_twice_is_harmless(person: Person) -> None:
    start = person.starts()
    once = person.answers(start, {"adult": "yes"})
    again = person.answers(start, {"adult": "yes"})
    assert again == once


def test_two_windows_answering_different_steps_both_survive(person: Person) -> None:
    draft = person.starts()
    person.answers(draft, {"adult": "yes"}, revision=0)
    person.answers(draft, {"married": "no"}, revision=0)
    assert person.reads(draft).answers.plain == {"adult": "yes", "married": "no"}


def test_of_two_windows_answering_the_same_question_the_last_one_wins(person: Person) -> None:
    draft = person.starts()
    person.answers(draft, {"married": "no"}, revision=0)
    person.answers(draft, {"married": "yes"}, revision=0)
    assert person.reads(draft).answers.plain == {"married": "yes"}


def test_a_late_window_does_not_put_back_what_it_only_showed(person: Person) -> None:
    draft = person.answers(person.starts(), {"name_bn": "রহিমা", "name_en": "Rahima"})
    shown = draft.revision
    person.answers(draft, {"name_bn": "রহিমা খাতুন", "name_en": "Rahima"}, revision=shown)
    person.answers(draft, {"name_bn": "রহিমা", "name_en": "Rahima Khatun"}, revision=shown)
    assert person.reads(draft).answers.plain == {"name_bn": "রহিমা খাতুন", "name_en": "Rahima Khatun"}


def test_a_person_may_change_an_answer_back(person: Person) -> None:
    draft = person.answers(person.starts(), {"married": "no"})
    draft = person.answers(draft, {"married": "yes"}, revision=draft.revision)
    draft = person.answers(draft, {"married": "no"}, revision=draft.revision)
    assert draft.answers.plain == {"married": "no"}


def test_nobody_else_can_answer(person: Person, someone_else: Person) -> None:
    draft = person.starts()
    stolen = replace(draft, holder_hash=hash_token(someone_else.holder))
    with pytest.raises(NotFound):
        someone_else.answers(stolen, {"adult": "no"})
    assert len(person.reads(draft).answers) == 0


def test_answers_off_the_route_stay_in_the_draft(person: Person) -> None:
    draft = person.answers(person.starts(), {"married": "yes"})
    draft = person.answers(draft, {"husband": "আবদুল করিম"})
    draft = person.answers(draft, {"married": "no"})
    assert draft.answers["husband"].value == "আবদুল করিম"
    assert "husband" not in person.journey(draft).answers


def test_the_language_of_the_last_page_is_kept(person: Person) -> None:
    draft = person.answers(person.starts(), {"adult": "yes"})
    person.locale = "en"
    person.answers(draft, {"adult": "yes"})
    assert person.reads(draft).locale == "en"


def test_an_application_that_was_sent_takes_no_more_answers(person: Person) -> None:
    draft = person.fills_in()
    sent = person.sends(draft)
    with pytest.raises(AlreadySent) as refused:
        person.answers(draft, {"married": "yes"})
    assert refused.value.reference == sent.reference


def test_a_number_that_was_proven_is_marked_as_such(person: Person) -> None:
    draft = person.signs_in(person.starts())
    draft = person.answers(draft, {"phone": person.mobile})
    assert draft.answers["phone"].source == "phone"
    draft = person.answers(draft, {"phone": "01999999999"})
    assert draft.answers["phone"].source == "typed"


def test_twenty_windows_at_once_lose_nothing(person: Person) -> None:
    draft = person.starts()
    pages: list[dict[str, Value]] = [
        {"adult": "yes"},
        {"nid": "0012345601"},
        {"dob": "1963-10-24"},
        {"name_bn": "রহিমা"},
        {"name_en": "Rahima"},
    ]
    threads = [
        threading.Thread(target=person.answers, args=(draft, page), kwargs={"revision": 0})
        for page in pages * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = person.reads(draft)
    assert kept.answers.plain == {key: value for page in pages for key, value in page.items()}
    assert kept.revision == len(pages)


def test_a_value_a_registry_gave_and_the_person_kept_says_so(person: Person) -> None:
    draft = _prefilled(person)
    draft = person.answers(draft, {"name_bn": "মোছাঃ রহিমা খাতুন", "name_en": "Rahima Begum"})
    kept, corrected = draft.answers["name_bn"], draft.answers["name_en"]
    assert (kept.source, kept.registry, kept.registry_value) == ("registry", "nid", None)
    assert (corrected.source, corrected.registry_value) == ("typed", "Rahima Khatun")
    assert kept.fetched_at == person.now


def test_another_number_makes_the_registry_forget_and_keeps_what_was_typed(person: Person) -> None:
    draft = _prefilled(person)
    draft = person.answers(draft, {"name_bn": "মোছাঃ রহিমা খাতুন", "name_en": "Rahima Begum"})
    draft = person.answers(draft, {"nid": "0012345602"})
    assert "name_bn" not in draft.answers
    assert draft.answers["name_en"].value == "Rahima Begum"
    assert draft.answers["name_en"].registry_value is None
    assert (draft.asking("nid").state, dict(draft.prefill)) == ("none", {})


def test_saying_the_same_number_again_forgets_nothing(person: Person) -> None:
    draft = _prefilled(person)
    draft = person.answers(draft, {"nid": "0012345601"})
    assert draft.asking("nid").state == "done"
    assert draft.offered("name_en") == "Rahima Khatun"


def test_taking_consent_back_takes_the_registrys_values_back(person: Person) -> None:
    draft = _prefilled(person)
    draft = person.answers(draft, {"name_bn": "মোছাঃ রহিমা খাতুন", "name_en": "Rahima Khatun"})
    draft = person.answers(draft, {"consent_nid": "no"})
    assert draft.answers.plain.keys() == {"nid", "dob", "consent_nid"}
    assert draft.offered("name_bn") is None


def _prefilled(person: Person) -> Draft:
    draft = person.signs_in(person.starts())
    for key, value in {"nid": "0012345601", "dob": "1963-10-24", "consent_nid": "yes"}.items():
        draft = person.answers(draft, {key: value})
    ask = person.is_asked_about(draft)
    assert ask is not None
    return person.hears(ask, found(person.now))
