"""The phone code: typed right, mistyped, too late, on another number, put off, and never by chance."""

from __future__ import annotations

import re

import pytest

from portal.i18n.messages import lazy, nlazy
from tests.robot import code_sent_to
from tests.web.applicant import ANSWERS, Applicant
from tests.web.reading import fields, heading, link_to, main_words, mistakes, path_of
from tests.web.served import Served
from tests.web.words import say, speaking


@pytest.fixture
def waiting(applicant: Applicant) -> Applicant:
    """Somebody at the question that needs the phone, with a code on its way."""
    applicant.answers_until("consent-nid")
    assert path_of(applicant.opens("consent-nid")) == applicant.at("sign-in")
    sent = applicant.says("sign-in", mobile=applicant.mobile)
    assert path_of(sent) == applicant.at("sign-in")
    return applicant


def code_for(person: Applicant) -> str:
    return code_sent_to(person.browser, person.mobile)


def another(code: str) -> str:
    """A code that is surely not this one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_right_code_goes_on_to_the_question_that_needed_it(waiting: Applicant) -> None:
    here = waiting.says("sign-in", code=code_for(waiting))
    assert path_of(here) == waiting.at("consent-nid")
    assert path_of(waiting.opens("sign-in")) == waiting.at("consent-nid"), "nothing more to prove"


def test_the_page_says_where_the_code_went_and_shows_it_to_nobody(waiting: Applicant, locale: str) -> None:
    here = waiting.opens("sign-in")
    assert heading(here) == say(locale, "Which code did you get?")
    assert speaking(locale).phone(waiting.mobile) in main_words(here)
    assert code_for(waiting) not in here.text
    assert fields(here)["code"] == ""


def test_the_message_is_in_the_persons_language_and_names_no_service(waiting: Applicant, locale: str) -> None:
    (message, *_) = waiting.browser.get("/_messages", headers={"accept": "application/json"}).json()
    assert message["to"] == waiting.mobile
    sentence = lazy(
        "{code} is your code. It works for {minutes} minutes. Tell it to nobody.", code="…", minutes=5
    )
    assert message["code"] in message["words"], "phones offer it for filling in only in these digits"
    assert say(locale, sentence).partition("…")[2] in message["words"]
    assert not re.search("নাগরিক|itizen|সনদ|ertificate", message["words"])


@pytest.mark.parametrize("written", ["{}", " {} ", "{:.3} {:.3}", "bn"])
def test_a_code_may_be_written_as_people_write(waiting: Applicant, written: str) -> None:
    code = code_for(waiting)
    as_typed = {
        "{}": code,
        " {} ": f"  {code}\u200b ",
        "{:.3} {:.3}": f"{code[:3]} {code[3:]}",
        "bn": speaking("bn").digits(code),
    }[written]
    assert path_of(waiting.says("sign-in", code=as_typed)) == waiting.at("consent-nid")


def test_wrong_codes_count_down_and_then_a_new_one_is_needed(waiting: Applicant, locale: str) -> None:
    right = code_for(waiting)
    many = "That is not the code we sent. Look at the message again. You can try {n} more times"
    once = "That is not the code we sent. Look at the message again. You can try once more"
    expected = [say(locale, nlazy(once, many, left)) for left in (4, 3, 2, 1)]
    for words in expected:
        answer = waiting.says("sign-in", code=another(right))
        assert answer.status_code == 422
        assert mistakes(answer) == {"code": words}
        assert fields(answer)["code"] == another(right)
    last = waiting.says("sign-in", code=another(right))
    gone = say(locale, "That code no longer works. Write your number again to get a new one")
    assert last.status_code == 422
    assert mistakes(last) == {"mobile": gone}
    late = waiting.says("sign-in", code=right)
    assert late.status_code == 422, "the right one came too late"
    waiting.says("sign-in", mobile=waiting.mobile)
    assert path_of(waiting.says("sign-in", code=code_for(waiting))) == waiting.at("consent-nid")


@pytest.mark.parametrize("typed", ["", "   ", "12345", "1234567", "abcdef", "<script>", "০", "\u202e123456"])
def test_what_is_no_code_is_asked_again(waiting: Applicant, typed: str) -> None:
    answer = waiting.says("sign-in", code=typed)
    assert answer.status_code == 422
    assert list(mistakes(answer)) == ["code"]
    assert fields(answer)["code"] == typed


def test_an_empty_code_costs_no_try(waiting: Applicant, locale: str) -> None:
    for _ in range(8):
        answer = waiting.says("sign-in", code=" ")
        assert mistakes(answer) == {"code": say(locale, "Enter the 6 digits we sent to your phone")}
    assert path_of(waiting.says("sign-in", code=code_for(waiting))) == waiting.at("consent-nid")


def test_a_code_works_for_five_minutes(served: Served, waiting: Applicant, locale: str) -> None:
    code = code_for(waiting)
    served.wait(minutes=5, seconds=1)
    late = waiting.says("sign-in", code=code)
    assert late.status_code == 422
    assert list(mistakes(late)) == ["mobile"]
    assert heading(late) == say(locale, "What is your mobile number?")
    assert "mobile" in fields(waiting.opens("sign-in"))


def test_another_number_makes_the_first_code_worthless(waiting: Applicant, locale: str) -> None:
    first = code_for(waiting)
    here = waiting.opens("sign-in")
    other = waiting.browser.get(link_to(here, say(locale, "No code? Send again or use another number")))
    assert "mobile" in fields(other)
    waiting.mobile = f"018{waiting.mobile[3:]}"
    waiting.says("sign-in", mobile=waiting.mobile)
    second = code_for(waiting)
    if first != second:
        assert waiting.says("sign-in", code=first).status_code == 422
    assert path_of(waiting.says("sign-in", code=second)) == waiting.at("consent-nid")
    waiting.answers_all()
    assert speaking(locale).phone(waiting.mobile) in main_words(waiting.opens("check"))


def test_a_code_is_of_no_use_in_another_browser(served: Served, waiting: Applicant) -> None:
    code = code_for(waiting)
    other = Applicant(served.browser(), waiting.locale).starts()
    assert other.says("sign-in", code=code).status_code == 422
    assert path_of(waiting.says("sign-in", code=code)) == waiting.at("consent-nid")


def test_somebody_without_a_phone_at_hand_goes_on_and_is_asked_before_sending(
    applicant: Applicant, locale: str
) -> None:
    applicant.answers_until("consent-nid")
    here = applicant.opens("sign-in")
    assert say(locale, "I cannot get a code now. Ask me later") in main_words(here)
    on = applicant.says("sign-in", action="skip")
    assert path_of(on) == applicant.at("consent-nid")
    # A yes to fetching needs the phone; without it nothing is fetched, and nothing stops.
    assert path_of(applicant.says("consent-nid", consent_nid="yes")) == applicant.at("certificate-language")
    applicant.answers_all()
    asked = applicant.opens("check")
    assert path_of(asked) == applicant.at("sign-in")
    assert say(locale, "I cannot get a code now. Ask me later") not in main_words(asked)
    assert path_of(applicant.says("check")) == applicant.at("sign-in")
    assert path_of(applicant.browser.get(link_to(asked, say(locale, "Back")))) == applicant.at("holding-tax")
    applicant.says("sign-in", mobile=applicant.mobile)
    ready = applicant.says("sign-in", code=code_for(applicant))
    assert path_of(ready) == applicant.at("check")
    assert applicant.sends()


def test_back_from_the_code_never_leads_in_a_circle(waiting: Applicant, locale: str) -> None:
    waiting.answers_all()
    here = waiting.opens("check")
    assert path_of(here) == waiting.at("sign-in")
    back = waiting.browser.get(link_to(here, say(locale, "Back")))
    assert path_of(back) == waiting.at("date-of-birth")


def test_the_code_may_be_given_before_it_is_needed(applicant: Applicant) -> None:
    applicant.signs_in().answers_until("consent-nid")
    assert path_of(applicant.opens("consent-nid")) == applicant.at("consent-nid")


def test_somebody_with_a_birth_number_only_is_asked_for_the_phone_at_the_end(applicant: Applicant) -> None:
    applicant.answers_until("nid")
    applicant.says("identity-document", identity_document="birth")
    applicant.says("birth-registration", brn="20040012166100145")
    skipped = ("residence", "identity-document", "nid", "consent-nid")
    for step, typed in ANSWERS.items():
        if step not in skipped:
            assert path_of(applicant.says(step, typed)) != applicant.at("sign-in") or step == "holding-tax"
    assert path_of(applicant.opens("check")) == applicant.at("sign-in")
