"""A code proves that a phone is at hand, and nothing else does."""

from __future__ import annotations

import threading

import pytest

from portal.i18n.digits import to_bangla
from portal.i18n.locale import Locale
from portal.usecases import messages, sign_in
from portal.usecases.refusals import AlreadySent, CodeExpired, CodeWrong, TooMany
from tests.usecases.person import Person


def _wrong(code: str) -> str:
    return "000000" if code != "000000" else "111111"


def test_the_right_code_proves_the_number(person: Person) -> None:
    draft = person.starts()
    sent = person.asks_for_a_code(draft)
    assert (sent.mobile, sent.tries_left) == (person.mobile, 5)
    proven = person.types_the_code(draft, person.reads_the_code())
    assert proven.mobile == person.mobile
    assert person.reads(draft).is_signed_in


@pytest.mark.parametrize("typed", ["{bangla}", " {code} ", "{first}-{last}", "কোড {code}"])
def test_the_code_is_taken_however_it_is_typed(person: Person, typed: str) -> None:
    draft = person.starts()
    person.asks_for_a_code(draft)
    code = person.reads_the_code()
    spelled = typed.format(code=code, bangla=to_bangla(code), first=code[:3], last=code[3:])
    assert person.types_the_code(draft, spelled).is_signed_in


def test_after_five_wrong_tries_even_the_right_code_is_refused(person: Person) -> None:
    draft = person.starts()
    person.asks_for_a_code(draft)
    code = person.reads_the_code()
    left = []
    for _ in range(5):
        with pytest.raises(CodeWrong) as refused:
            person.types_the_code(draft, _wrong(code))
        left.append(refused.value.tries_left)
    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(CodeExpired):
        person.types_the_code(draft, code)
    assert not person.reads(draft).is_signed_in


def test_a_new_code_gives_five_new_tries(person: Person) -> None:
    draft = person.starts()
    person.asks_for_a_code(draft)
    for _ in range(5):
        with pytest.raises(CodeWrong):
            person.types_the_code(draft, _wrong(person.reads_the_code()))
    person.wait(seconds=1)
    person.asks_for_a_code(draft)
    assert person.types_the_code(draft, person.reads_the_code()).is_signed_in


def test_a_code_is_no_good_after_five_minutes(person: Person) -> None:
    draft = person.starts()
    person.asks_for_a_code(draft)
    person.wait(minutes=5)
    with pytest.raises(CodeExpired):
        person.types_the_code(draft, person.reads_the_code())


def test_a_code_works_once(person: Person) -> None:
    draft = person.starts()
    person.asks_for_a_code(draft)
    code = person.reads_the_code()
    person.types_the_code(draft, code)
    with pytest.raises(CodeExpired):
        person.types_the_code(draft, code)


def test_the_older_of_two_codes_stops_working(person: Person) -> None:
    draft = person.starts()
    person.asks_for_a_code(draft)
    older = person.reads_the_code()
    person.wait(seconds=20)
    person.asks_for_a_code(draft)
    newer = person.reads_the_code()
    if older != newer:
        with pytest.raises(CodeWrong):
            person.types_the_code(draft, older)
    assert person.types_the_code(draft, newer).is_signed_in


def test_a_code_is_good_in_the_browser_it_was_asked_from_only(person: Person, someone_else: Person) -> None:
    person.asks_for_a_code(person.starts())
    with pytest.raises(CodeExpired):
        someone_else.types_the_code(someone_else.starts(), person.reads_the_code())


def test_a_code_cannot_be_typed_before_it_was_asked_for(person: Person) -> None:
    with pytest.raises(CodeExpired):
        person.types_the_code(person.starts(), "123456")


def test_the_sixth_code_within_an_hour_is_refused_whoever_asks(person: Person, someone_else: Person) -> None:
    someone_else.mobile = person.mobile
    draft, other = person.starts(), someone_else.starts()
    for who, what in [(person, draft)] * 3 + [(someone_else, other)] * 2:
        who.asks_for_a_code(what)
    with pytest.raises(TooMany) as refused:
        person.asks_for_a_code(draft)
    assert 3500 < refused.value.retry_after.total_seconds() <= 3600
    person.wait(minutes=59)
    with pytest.raises(TooMany):
        person.asks_for_a_code(draft)
    person.wait(minutes=2)
    person.asks_for_a_code(draft)


def test_one_browser_cannot_send_to_number_after_number(person: Person) -> None:
    draft = person.starts()
    for last in range(10):
        person.mobile = f"0171234560{last}"
        person.asks_for_a_code(draft)
    person.mobile = "01811111111"
    with pytest.raises(TooMany):
        person.asks_for_a_code(draft)


def test_ten_threads_guessing_get_five_tries_between_them(person: Person) -> None:
    draft = person.starts()
    person.asks_for_a_code(draft)
    wrong = _wrong(person.reads_the_code())
    refusals: list[str] = []

    def guess() -> None:
        try:
            person.types_the_code(draft, wrong)
        except (CodeWrong, CodeExpired) as refused:
            refusals.append(type(refused).__name__)

    threads = [threading.Thread(target=guess) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(refusals) == ["CodeExpired"] * 5 + ["CodeWrong"] * 5


def test_the_page_knows_which_number_it_waits_for(person: Person) -> None:
    draft = person.starts()
    with person.database.write() as db:
        assert sign_in.pending(db, draft, person.now) is None
    person.asks_for_a_code(draft)
    with person.database.read() as db:
        waiting = sign_in.pending(db, draft, person.now)
    assert waiting is not None
    assert (waiting.mobile, waiting.tries_left) == (person.mobile, 5)
    person.wait(minutes=6)
    with person.database.read() as db:
        assert sign_in.pending(db, draft, person.now) is None


def test_a_person_may_go_on_without_a_code_and_prove_the_number_later(person: Person) -> None:
    draft = person.starts()
    with person.database.write() as db:
        draft = sign_in.skip(db, draft, person.now)
        assert sign_in.skip(db, draft, person.now).revision == draft.revision
    assert draft.sign_in_skipped
    proven = person.signs_in(draft)
    assert proven.is_signed_in
    assert not proven.sign_in_skipped


def test_an_application_that_was_sent_asks_for_no_more_codes(person: Person) -> None:
    draft = person.fills_in()
    person.sends(draft)
    with pytest.raises(AlreadySent):
        person.asks_for_a_code(person.reads(draft))


def test_the_message_names_no_service_and_keeps_latin_digits(person: Person) -> None:
    person.asks_for_a_code(person.starts())
    with person.database.read() as db:
        [sent] = messages.recent(db)
    words = Locale("en").say(sent.message)
    assert sent.code is not None
    assert sent.code in words
    assert sent.code.isascii()
    assert "letter" not in words.lower()
    assert (sent.kind, sent.language, sent.state) == ("code", "bn", "ready")
    assert person.mobile not in repr(sent)
    assert sent.code not in repr(sent)
