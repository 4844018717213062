"""A form that another site sends in a person's name is refused; their own is taken."""

from __future__ import annotations

import pytest

from tests.web.applicant import Applicant
from tests.web.reading import fields
from tests.web.served import SERVICE

HERE = "http://testserver"
FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": HERE},
    {"sec-fetch-site": "nonsense"},
    {"origin": "https://evil.example"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://evil.example/testserver"},
    {"origin": "http://testserver:8080"},
    {"origin": "null"},
    {"origin": ""},
]
OWN = [
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "same-origin", "origin": HERE},
    {"sec-fetch-site": "none"},
    {"origin": HERE},
    {},
]


@pytest.fixture
def locale() -> str:
    """One language is enough here."""
    return "bn"


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_foreign_form_changes_nothing(applicant: Applicant, headers: dict[str, str]) -> None:
    places = ("residence", "sign-in", "check")
    sent = {"residence": "union", "mobile": applicant.mobile}
    for place in places:
        assert applicant.browser.post(applicant.at(place), data=sent, headers=headers).status_code == 403
    for path in (f"/bn/apply/{SERVICE}", "/bn/track", "/bn/track/code"):
        assert applicant.browser.post(path, data=sent, headers=headers).status_code == 403
    assert fields(applicant.opens("residence")) == {"revision": "0"}


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_the_persons_own_form_is_taken(applicant: Applicant, headers: dict[str, str]) -> None:
    answer = applicant.browser.post(applicant.at("residence"), data={"residence": "union"}, headers=headers)
    assert answer.status_code == 200
    assert fields(applicant.opens("residence"))["residence"] == "union"


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_link_from_another_site_just_opens(applicant: Applicant, headers: dict[str, str]) -> None:
    for path in (applicant.at("residence"), "/bn/", "/bn/my", f"/bn/services/{SERVICE}"):
        assert applicant.browser.get(path, headers=headers).status_code == 200
        assert applicant.browser.head(path, headers=headers).status_code == 200
