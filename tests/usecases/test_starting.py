"""Starting an application."""

import pytest

from portal.store import drafts
from portal.usecases import track
from portal.usecases.refusals import NotFound, TooMany
from portal.usecases.start import start
from portal.usecases.sweep import sweep
from tests.usecases.letter import NOW, letter, publish_letter
from tests.usecases.person import Person


def test_a_person_starts_with_an_empty_draft_of_the_live_version(person: Person) -> None:
    draft = person.starts()
    assert len(draft.id) == 22
    assert (draft.revision, len(draft.answers), draft.mobile) == (0, 0, None)
    assert person.reads(draft) == draft


def test_nobody_else_can_open_the_draft_even_with_its_address(person: Person, someone_else: Person) -> None:
    with pytest.raises(NotFound):
        someone_else.reads(person.starts())


def test_a_draft_that_never_was_looks_like_somebody_elses(person: Person) -> None:
    with pytest.raises(NotFound), person.database.read() as db:
        drafts.load(db, "no-such-draft-anywhere", person.holder)


def test_an_unknown_service_cannot_be_started(person: Person) -> None:
    with pytest.raises(NotFound), person.database.write() as db:
        start(db, "no-such-service", person.visitor, person.now)


def test_a_browser_that_starts_draft_after_draft_is_told_to_wait(person: Person) -> None:
    for _ in range(30):
        person.answers(person.starts(), {"adult": "yes"})
    with pytest.raises(TooMany) as refused:
        person.starts()
    assert 0 < refused.value.retry_after.total_seconds() <= 600
    person.wait(minutes=11)
    person.starts()


def test_another_browser_behind_the_same_address_may_still_start(
    person: Person, someone_else: Person
) -> None:
    for _ in range(30):
        person.answers(person.starts(), {"adult": "yes"})
    assert someone_else.starts().revision == 0


def test_a_draft_keeps_the_version_it_was_started_with(person: Person) -> None:
    before = person.starts()
    with person.database.write() as db:
        publish_letter(db, NOW, letter(days=7))
    after = person.starts()
    assert before.version_hash != after.version_hash
    assert person.journey(before).service.time_limit.value == 3
    assert person.journey(after).service.time_limit.value == 7


def test_a_person_finds_the_drafts_of_this_browser_newest_first(person: Person, someone_else: Person) -> None:
    first = person.answers(person.starts(), {"adult": "yes"})
    person.wait(minutes=1)
    second = person.starts()
    someone_else.starts()
    with person.database.read() as db:
        mine = drafts.of_holder(db, person.holder)
    assert [one.id for one in mine] == [second.id, first.id]


def test_a_draft_shows_nothing_of_its_person_in_a_log(person: Person) -> None:
    draft = person.answers(person.signs_in(person.starts()), {"nid": "0012345601"})
    assert "0012345601" not in repr(draft)
    assert person.mobile not in repr(draft)
    assert person.holder not in repr(person.visitor)


def test_pressing_start_twice_opens_one_draft(person: Person, someone_else: Person) -> None:
    first = person.starts()
    assert person.starts() == first
    assert someone_else.starts().id != first.id
    person.answers(first, {"adult": "yes"})
    assert person.starts().id != first.id


def test_a_draft_left_alone_for_sixty_days_can_never_be_read_again(person: Person) -> None:
    draft = person.answers(person.starts(), {"adult": "yes"})
    sent = person.applies()
    for days, is_there in ((59, True), (2, False)):
        person.wait(days=days)
        with person.database.write() as db:
            sweep(db, person.now)
        with person.database.read() as db:
            assert (draft.id in [one.id for one in drafts.of_holder(db, person.holder)]) is is_there
    with pytest.raises(NotFound):
        person.reads(draft)
    with person.database.read() as db:
        assert track.load(db, sent.reference, person.holder, person.now).state == "received"
