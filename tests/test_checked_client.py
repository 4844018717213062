"""The test client looks at each page on the way; in memory it carries a person through a whole service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

from tests.checked_client import CheckedClient, PageFault
from tests.robot import Robot, person


def test_a_faulty_page_fails_the_test_that_fetched_it() -> None:
    faulty = Starlette(
        routes=[
            Route("/bn/there", lambda _: RedirectResponse("/bn/here")),
            Route("/bn/here", lambda _: HTMLResponse("<p>Hello</p>")),
            Route("/robots.txt", lambda _: HTMLResponse("<p>", headers={"content-type": "text/plain"})),
        ]
    )
    with CheckedClient(faulty) as client:
        with pytest.raises(PageFault, match="no <!doctype html>"):
            client.get("/bn/there")
        assert client.get("/robots.txt").status_code == 200


@pytest.mark.parametrize("locale", ["bn", "en"])
def test_a_person_gets_through_in_memory_while_no_exchange_answers(
    client: CheckedClient, locale: str
) -> None:
    typist = person("bimal-types-it-all")
    consenting = replace(typist, answers={**typist.answers, "consent_nid": "yes"})
    assert Robot(client, consenting, locale).apply().kind == "submitted"


def test_another_browser_does_not_see_the_draft(
    client: CheckedClient, new_client: Callable[[], CheckedClient]
) -> None:
    robot = Robot(client, person("rahima-confirms"))
    address = robot.begin().page.visit.url
    assert client.get(address).status_code == 200
    assert new_client().get(address).status_code == 404
