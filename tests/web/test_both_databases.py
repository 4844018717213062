"""One application from start to receipt on each database, and the words one of them cannot even look for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from portal.settings import Settings
from tests.store.databases import blank_folder, kept_in, own_schema
from tests.web.applicant import Applicant
from tests.web.reading import heading, main_words
from tests.web.served import Served, serving
from tests.web.words import say

__all__ = ["blank_folder", "kept_in", "own_schema"]


@pytest.fixture
def served(kept_in: Settings) -> Iterator[Served]:
    """A portal whose database is SQLite, then PostgreSQL."""
    with serving(replace(kept_in, base_url="http://testserver", exchange_url="http://127.0.0.1:9")) as portal:
        yield portal


def test_an_application_is_sent_and_found(served: Served) -> None:
    person = Applicant(served.browser()).starts().is_ready()
    reference = person.sends()
    assert reference in main_words(person.browser.get("/bn/my"))
    assert person.browser.get(f"/bn/receipts/{reference}.pdf").content.startswith(b"%PDF")
    assert served.browser().get(f"/bn/receipts/{reference}").status_code == 404


@pytest.mark.parametrize("strange", ["%00", "a%00b", "%F0%9F%98%80", "%ED%A0%80", "'%3B--"])
def test_what_no_name_can_hold_is_not_there(served: Served, strange: str) -> None:
    person = Applicant(served.browser(checked=False)).starts()
    for place in (
        f"apply/{strange}/residence",
        f"receipts/{strange}",
        f"receipts/{strange}.pdf",
        f"track/{strange}",
    ):
        assert person.browser.get(f"/bn/{place}").status_code == 404, place
    assert person.browser.submit(f"/bn/apply/{strange}").status_code == 404
    assert person.opens(strange).status_code == 404
    sent = person.browser.post(person.at("residence"), content=f"residence={strange}&revision={strange}")
    assert sent.status_code == 422
    verified = person.browser.get(f"/bn/verify?r={strange}&s={strange}")
    assert heading(verified) == say("bn", "This receipt is not one of ours")
    looked = person.browser.post("/bn/track", content=f"reference={strange}&mobile={strange}")
    assert looked.status_code == 422
    assert person.browser.get(f"/bn/track/code?r={strange}").status_code == 200
