"""Finding an application from another phone: its number, its mobile and a code; a miss looks like a hit."""

from __future__ import annotations

from dataclasses import dataclass

import httpx2
import pytest

from tests.checked_client import CheckedClient
from tests.robot import Lost, code_sent_to
from tests.web.applicant import Applicant
from tests.web.reading import fields, heading, main_words, mistakes, path_of
from tests.web.served import Served
from tests.web.words import say, speaking


@dataclass
class Sent:
    """Somebody's application and the mobile given with it."""

    applicant: Applicant
    reference: str

    @property
    def mobile(self) -> str:
        return self.applicant.mobile


@pytest.fixture
def sent(served: Served) -> Sent:
    """An application sent from a phone that is lost."""
    applicant = Applicant(served.browser()).starts().is_ready()
    return Sent(applicant, applicant.sends())


def ask(visitor: CheckedClient, locale: str, reference: str, mobile: str) -> httpx2.Response:
    return visitor.submit(f"/{locale}/track", reference=reference, mobile=mobile)


def answer(visitor: CheckedClient, asked: httpx2.Response, code: str) -> httpx2.Response:
    return visitor.submit(str(asked.url), code=code)


def test_the_right_three_open_it_for_half_an_hour(
    served: Served, sent: Sent, visitor: CheckedClient, locale: str
) -> None:
    asked = ask(visitor, locale, sent.reference, sent.mobile)
    assert heading(asked) == say(locale, "Which code did you get?")
    found = answer(visitor, asked, code_sent_to(visitor, sent.mobile))
    assert path_of(found) == f"/{locale}/track/{sent.reference}"
    assert sent.reference in main_words(visitor.get(f"/{locale}/my"))
    assert visitor.get(f"/{locale}/receipts/{sent.reference}").status_code == 200
    assert visitor.get(sent.applicant.at("residence")).status_code == 404, "the draft stays its owner's"
    served.wait(minutes=31)
    assert visitor.get(f"/{locale}/track/{sent.reference}").status_code == 404
    assert sent.applicant.browser.get(f"/{locale}/track/{sent.reference}").status_code == 200


def test_number_and_mobile_may_be_written_as_people_write(sent: Sent, visitor: CheckedClient) -> None:
    spoken = speaking("bn").digits(sent.reference.lower().replace("-", " "))
    mobile = f"+৮৮০ {speaking('bn').digits(sent.mobile[1:])}"
    asked = ask(visitor, "bn", f"  {spoken}", mobile)
    code = speaking("bn").digits(code_sent_to(visitor, sent.mobile))
    assert path_of(answer(visitor, asked, code)) == f"/bn/track/{sent.reference}"


def test_a_miss_looks_like_a_hit(served: Served, sent: Sent, locale: str) -> None:
    unknown = "BD-2222-222" + next(
        one for one in "23456789ABCDEFGHJKMNPQRSTVWXYZ" if is_reference(f"BD-2222-222{one}")
    )
    pages = []
    for reference, mobile in (
        (sent.reference, sent.mobile),
        (sent.reference, "01999999999"),
        (unknown, sent.mobile),
        (unknown, "01999999998"),
    ):
        visitor = served.browser()
        asked = ask(visitor, locale, reference, mobile)
        refused = answer(visitor, asked, "000000")
        pages.append(
            [(one.status_code, main_words(one), one.text.replace(reference, "…")) for one in (asked, refused)]
        )
    assert pages[0] == pages[1] == pages[2] == pages[3]


def is_reference(text: str) -> bool:
    from portal.security import tokens

    return tokens.is_reference(text)


def test_nobody_else_gets_a_message(sent: Sent, visitor: CheckedClient) -> None:
    ask(visitor, "bn", sent.reference, "01999999997")
    with pytest.raises(Lost):
        code_sent_to(visitor, "01999999997")


def test_five_wrong_codes_end_it(sent: Sent, visitor: CheckedClient, locale: str) -> None:
    asked = ask(visitor, locale, sent.reference, sent.mobile)
    right = code_sent_to(visitor, sent.mobile)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    said = [mistakes(answer(visitor, asked, wrong))["code"] for _ in range(5)]
    assert len(set(said)) == 5
    assert said[4] == say(locale, "That code no longer works. Write your number again to get a new one")
    late = answer(visitor, asked, right)
    assert late.status_code == 422
    assert visitor.get(f"/{locale}/track/{sent.reference}").status_code == 404


def test_a_code_opens_only_what_it_was_sent_for(served: Served, sent: Sent, visitor: CheckedClient) -> None:
    ask(visitor, "bn", sent.reference, sent.mobile)
    code = code_sent_to(visitor, sent.mobile)
    other = Applicant(served.browser()).starts().is_ready().sends()
    assert visitor.submit(f"/bn/track/code?r={other}", code=code).status_code == 422
    assert visitor.submit("/bn/track/code?r=", code=code).status_code == 422
    thief = served.browser()
    ask(thief, "bn", other, sent.mobile)
    assert thief.submit(f"/bn/track/code?r={sent.reference}", code=code).status_code == 422


@pytest.mark.parametrize("typed", ["", "123", "BD-0000-0000", "<b>", "x" * 900, "নম্বর"])
def test_what_is_no_number_is_asked_again_with_everything_kept(
    visitor: CheckedClient, locale: str, typed: str
) -> None:
    refused = ask(visitor, locale, typed, "12")
    assert refused.status_code == 422
    assert list(mistakes(refused)) == ["reference", "mobile"]
    assert mistakes(refused)["reference"] == say(
        locale, "Enter the application number from your receipt, like BD-7K4M-29QX"
    )
    assert fields(refused) == {"reference": typed, "mobile": "12"}
    assert "set-cookie" not in refused.headers


def test_too_many_looks_at_one_number_must_wait(served: Served, sent: Sent, locale: str) -> None:
    statuses = []
    for turn in range(11):
        visitor = served.browser()
        statuses.append(ask(visitor, locale, sent.reference, f"01888{turn:06}").status_code)
    assert statuses == [200] * 10 + [429]


def test_too_many_codes_to_one_phone_must_wait_whether_it_fits_or_not(
    served: Served, sent: Sent, locale: str
) -> None:
    other = Applicant(served.browser()).starts().is_ready().sends()
    for reference, mobile in ((sent.reference, sent.mobile), (other, f"017{sent.mobile[3:]}")):
        served.wait(hours=2)
        answers = [ask(served.browser(), locale, reference, mobile) for _ in range(6)]
        assert [one.status_code for one in answers] == [200] * 5 + [429]
        assert 0 < int(answers[5].headers["retry-after"]) <= 3600
        served.wait(hours=2)


def test_a_search_without_a_code_opens_nothing(sent: Sent, visitor: CheckedClient, locale: str) -> None:
    asked = ask(visitor, locale, sent.reference, sent.mobile)
    empty = answer(visitor, asked, "  ")
    assert mistakes(empty) == {"code": say(locale, "Enter the 6 digits we sent to your phone")}
    assert visitor.get(f"/{locale}/track/{sent.reference}").status_code == 404
