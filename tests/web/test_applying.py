"""From the start button to the receipt, forwards and backwards, in two windows, pressed twice."""

from __future__ import annotations

import pytest

from portal.i18n.messages import lazy
from tests.robot import Person, Robot, people
from tests.web.applicant import ANSWERS, HOME, Applicant
from tests.web.reading import fields, heading, link_to, links_in, main_words, page_of, path_of
from tests.web.served import SERVICE, Served
from tests.web.words import say, speaking

# Nobody answers at the exchange here: those who need their registry's words go through it in tests/journeys.
ALONE = [
    pytest.param(one, id=one.name)
    for one in people()
    if "name_bn" in one.answers or one.expect != "submitted"
]


@pytest.mark.parametrize("one", ALONE)
def test_a_person_ends_where_the_example_says(served: Served, one: Person, locale: str) -> None:
    end = Robot(served.browser(), one, locale).apply()
    assert end.meets(one.expect)


def test_a_silent_register_is_no_obstacle(served: Served, locale: str) -> None:
    person = Applicant(served.browser(), locale).starts().signs_in().answers_until("consent-nid")
    assert person.says("consent-nid", consent_nid="yes").status_code == 200
    person.says("certificate-language", ANSWERS["certificate-language"])
    words = "The register is not answering now. Write it yourself; the office will check it later."
    for step in ("name-in-bangla", "name-in-english", "father"):
        assert say(locale, words) in main_words(person.opens(step))
        assert person.says(step, ANSWERS[step]).status_code == 200
    assert say(locale, words) not in main_words(person.opens("name-in-bangla")), "already written"
    person.answers_all()
    assert person.sends()


def test_pressing_start_twice_is_one_draft_until_something_is_said_in_it(served: Served) -> None:
    browser = served.browser()
    first, second = Applicant(browser).starts(), Applicant(browser).starts()
    assert first.draft == second.draft
    first.says("residence", residence="union")
    second.starts()
    assert first.draft != second.draft
    assert "residence" not in fields(second.opens("residence"))
    assert first.opens("residence").status_code == 200


def test_the_questions_say_which_they_are(applicant: Applicant, locale: str) -> None:
    assert {"bn": "প্রশ্ন ১ / প্রায় ", "en": "Question 1 of about "}[locale] in main_words(
        applicant.opens("residence")
    )
    applicant.is_ready()
    for step, words in (
        ("residence", ("প্রশ্ন ১ / ১৭", "Question 1 of 17")),
        ("holding-tax", ("প্রশ্ন ১৭ / ১৭", "Question 17 of 17")),
    ):
        assert words[locale == "en"] in main_words(applicant.opens(step))


def test_back_leads_to_the_question_before_as_it_was_left(applicant: Applicant, locale: str) -> None:
    applicant.answers_all().signs_in()
    here = applicant.opens("check")
    way = [path_of(here).rpartition("/")[2]]
    while "/apply/" in (back := link_to(here, say(locale, "Back"))) and len(way) < 30:
        here = applicant.browser.get(back)
        way.append(path_of(here).rpartition("/")[2])
    assert way == ["check", *reversed(list(ANSWERS))]
    assert back == f"/{locale}/services/{SERVICE}"
    assert fields(here)["residence"] == "union"


def test_an_exit_says_why_and_is_left_by_back(applicant: Applicant, locale: str) -> None:
    here = applicant.says("residence", residence="municipality")
    assert path_of(here) == applicant.at("exit/municipality")
    for words in ("What you can do now", "If you think this is wrong"):
        assert say(locale, words) in main_words(here)
    for place in ("check", "nid", "identity-document"):
        answer = applicant.opens(place)
        assert (
            answer.status_code == 404
            if place == "nid"
            else path_of(answer) == applicant.at("exit/municipality")
        )
    assert applicant.opens("exit/city-corporation").status_code == 404
    back = applicant.browser.get(link_to(here, say(locale, "Back")))
    assert fields(back)["residence"] == "municipality"
    on = applicant.says("residence", residence="union")
    assert path_of(on) == applicant.at("identity-document")
    assert path_of(applicant.opens("exit/municipality")) == applicant.at("identity-document")


def test_an_exit_in_the_middle_keeps_what_was_said_before(applicant: Applicant) -> None:
    applicant.says("residence", residence="union")
    assert path_of(applicant.says("identity-document", identity_document="none")) == applicant.at(
        "exit/no-identity"
    )
    assert path_of(applicant.opens("date-of-birth")) == applicant.at("exit/no-identity")
    assert fields(applicant.opens("residence"))["residence"] == "union"


def test_a_step_off_the_route_is_not_there(applicant: Applicant) -> None:
    applicant.answers_until("date-of-birth")
    for place in ("birth-registration", "no-such-step", "exit", "payment"):
        assert applicant.opens(place).status_code == 404
        assert applicant.says(place, brn="20040012166100145").status_code == 404


def test_a_step_too_far_ahead_leads_to_the_first_open_question(applicant: Applicant) -> None:
    applicant.answers_until("date-of-birth")
    for place in ("holding-tax", "home", "check", "exit/municipality"):
        assert path_of(applicant.opens(place)) == applicant.at("date-of-birth")
    assert path_of(applicant.says("holding-tax", holding_tax="paid")) == applicant.at("date-of-birth")
    assert path_of(applicant.says("check")) == applicant.at("date-of-birth")
    applicant.answers_all().signs_in()
    assert "holding_tax" in fields(applicant.opens("holding-tax"))


def test_the_language_can_be_changed_in_the_middle_and_nothing_is_lost(
    applicant: Applicant, locale: str
) -> None:
    applicant.answers_until("home")
    other = "en" if locale == "bn" else "bn"
    here = applicant.signs_in().opens("name-in-bangla")
    (switch,) = links_in(here, "a", hreflang=other)
    there = applicant.browser.get(switch.get("href", ""))
    assert path_of(there) == applicant.at("name-in-bangla").replace(f"/{locale}/", f"/{other}/", 1)
    assert fields(there) == fields(here)
    assert heading(there) != heading(here)


def test_check_answers_shows_everything_that_was_said(applicant: Applicant, locale: str) -> None:
    words = main_words(applicant.is_ready().opens("check"))
    said = {
        "bn": ["ইউনিয়ন", "০০১২৩৪৫৬০৮", "৯ সেপ্টেম্বর ১৯৬৯", "সাতক্ষীরা জেলা"],
        "en": ["Union", "0012345608", "9 September 1969", "Satkhira district"],
    }
    in_both = ("বিমল দাস", "Bimal Das", "বিদ্যুতের সংযোগ")
    assert [one for one in (*said[locale], *in_both) if one not in words] == []
    assert speaking(locale).phone(applicant.mobile) in words
    assert f"{HOME['home-landmark']}, " in words
    assert say(locale, "Send your application") in words
    applicant.says("father", father="")
    assert say(locale, "Not given") in main_words(applicant.opens("check"))


def test_a_change_comes_straight_back(applicant: Applicant, locale: str) -> None:
    here = applicant.is_ready().opens("check")
    changes = [one.get("href", "") for one in page_of(here).all("a") if "?change=1" in one.get("href", "")]
    assert [one.partition("?")[0].rpartition("/")[2] for one in changes] == list(ANSWERS)
    place = next(one for one in changes if "/ward?" in one)
    question = applicant.browser.get(place)
    assert link_to(question, say(locale, "Back")) == applicant.at("check")
    wrong = applicant.browser.submit(place, ward="99")
    assert wrong.status_code == 422
    assert str(wrong.url).endswith(place), "the form goes where its page is"
    back = applicant.browser.submit(place, ward="7")
    assert path_of(back) == applicant.at("check")
    assert {"bn": "৭", "en": "7"}[locale] in main_words(back)


def test_a_change_asks_first_what_it_newly_opens(applicant: Applicant) -> None:
    applicant.is_ready()
    change = "?change=1"
    opened = applicant.browser.submit(applicant.at("identity-document") + change, identity_document="birth")
    assert path_of(opened) == applicant.at("birth-registration")
    assert str(opened.url).endswith(change)
    done = applicant.browser.submit(str(opened.url), brn="20040012166100145")
    assert path_of(done) == applicant.at("check")
    assert "0012345608" not in main_words(done)
    # The number stays with the draft: going back to the card asks nothing again.
    again = applicant.browser.submit(applicant.at("identity-document") + change, identity_document="nid")
    assert path_of(again) == applicant.at("check")


def test_a_changed_address_comes_back_after_its_last_level(applicant: Applicant) -> None:
    applicant.is_ready()
    place = applicant.at("home") + "?change=1"
    first = applicant.browser.submit(place, **{"home-division": "30"})
    assert str(first.url).endswith("/home?change=1")
    assert path_of(applicant.browser.submit(place, **HOME)) == applicant.at("check")


def test_a_change_that_ends_the_way_leads_to_the_exit(applicant: Applicant) -> None:
    applicant.is_ready()
    ended = applicant.browser.submit(applicant.at("residence") + "?change=1", residence="city")
    assert path_of(ended) == applicant.at("exit/city-corporation")
    assert path_of(applicant.says("check")) == applicant.at("exit/city-corporation")


def test_pressing_send_twice_is_one_application(applicant: Applicant) -> None:
    applicant.is_ready()
    revision = fields(applicant.opens("check"))["revision"]
    first = applicant.says("check", revision=revision)
    second = applicant.says("check", revision=revision)
    third = applicant.says("check", revision="1")
    assert path_of(first) == path_of(second) == path_of(third)
    assert "/receipts/BD-" in path_of(first)


@pytest.mark.slow
def test_after_sending_every_page_of_the_draft_leads_to_the_receipt(
    applicant: Applicant, locale: str
) -> None:
    reference = applicant.is_ready().sends()
    receipt = f"/{locale}/receipts/{reference}"
    for place in (*ANSWERS, "check", "sign-in", "exit/municipality", "no-such-step"):
        assert path_of(applicant.opens(place)) == receipt
        if not place.startswith("exit/"):
            assert path_of(applicant.says(place, residence="city", mobile="01812345678")) == receipt
    assert path_of(applicant.says("sign-in", action="skip")) == receipt


def test_answers_changed_in_another_window_are_shown_before_they_are_sent(
    applicant: Applicant, locale: str
) -> None:
    applicant.is_ready()
    old = fields(applicant.opens("check"))["revision"]
    applicant.says("ward", ward="9")
    stale = applicant.says("check", revision=old)
    assert stale.status_code == 409
    words = main_words(stale)
    assert say(locale, "Your answers changed in another window. Look at them once more, then send.") in words
    assert "Bimal Das" in words
    assert {"bn": "৯", "en": "9"}[locale] in words
    sent = applicant.says("check", revision=fields(stale)["revision"])
    assert "/receipts/BD-" in path_of(sent)


def test_two_windows_at_different_questions_both_count(applicant: Applicant) -> None:
    applicant.is_ready()
    ward, purpose = applicant.opens("ward"), applicant.opens("other-purpose")
    assert applicant.says("ward", ward="2", revision=fields(ward)["revision"]).status_code == 200
    late = applicant.says("other-purpose", purpose_other="গ্যাসের সংযোগ", revision=fields(purpose)["revision"])
    assert late.status_code == 200
    assert fields(applicant.opens("ward"))["ward"] in ("2", "২")
    assert fields(applicant.opens("other-purpose"))["purpose_other"] == "গ্যাসের সংযোগ"


def test_two_windows_at_the_same_question_the_one_that_changed_something_counts(applicant: Applicant) -> None:
    applicant.is_ready()
    early = fields(applicant.opens("ward"))
    applicant.says("ward", ward="2", revision=early["revision"])
    # The other window sends what it showed, untouched.
    applicant.says("ward", early)
    assert fields(applicant.opens("ward"))["ward"] in ("2", "২")
    applicant.says("ward", {**early, "ward": "3"})
    assert fields(applicant.opens("ward"))["ward"] in ("3", "৩")


def test_saying_the_same_twice_changes_nothing(applicant: Applicant) -> None:
    applicant.says("residence", residence="union")
    before = fields(applicant.opens("residence"))
    applicant.says("residence", residence="union")
    assert fields(applicant.opens("residence")) == before


def test_the_draft_goes_on_after_the_browser_was_closed(served: Served, applicant: Applicant) -> None:
    applicant.answers_until("date-of-birth")
    token = applicant.browser.cookies["holder"]
    later = served.browser()
    later.cookies.set("holder", token)
    again = Applicant(later, applicant.locale, applicant.draft)
    assert fields(again.opens("residence"))["residence"] == "union"
    assert path_of(again.opens("check")) == applicant.at("date-of-birth")


@pytest.mark.slow
def test_nobody_floods_the_portal_with_drafts(served: Served) -> None:
    person = Applicant(served.browser())
    for _ in range(30):
        person.starts().says("residence", residence="union")
    refused = person.browser.submit(f"/bn/apply/{SERVICE}")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) <= 600
    assert fields(person.opens("residence"))["residence"] == "union"


def test_the_state_is_said_on_every_question(applicant: Applicant, locale: str) -> None:
    fresh = applicant.opens("residence")
    assert say(locale, "Nothing is sent until you say so at the end") in fresh.text
    saved = applicant.says("residence", residence="union")
    pattern = say(locale, lazy("Saved at {time}, not sent yet", time="…"))
    assert all(part in saved.text for part in pattern.split("…"))
