"""Who may open what: every address says so, and somebody else's page looks exactly like a missing one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.routing import BaseRoute, Mount, Route

from portal.web.access import Role
from portal.web.routes import CITIZEN, MACHINES, PUBLIC, ROUTES
from tests.checked_client import CheckedClient
from tests.web.applicant import Applicant
from tests.web.reading import heading, path_of
from tests.web.served import SERVICE, Served
from tests.web.words import say

MISSING = "A" * 22
NOBODYS = "BD-2222-2222"


# Pages of services that are laid out as tasks or ask of several things, and of answers that end the way.
ONLY_SOMETIMES = {
    "/apply/{draft}/exit/{exit}",
    "/apply/{draft}/tasks",
    "/apply/{draft}/{step}/{n:int}",
    "/apply/{draft}/{step}/{n:int}/remove",
}


def every(routes: list[BaseRoute]) -> Iterator[Route]:
    """Routes of routes."""
    for one in routes:
        if isinstance(one, Mount):
            yield from every(list(one.routes))
        else:
            assert isinstance(one, Route), one
            yield one


def role_of(route: Route) -> Role | None:
    return getattr(route.endpoint, "role", None)


def personal() -> list[tuple[str, str]]:
    """(method, path) of every address that names a draft, a receipt or an application."""
    return [
        (method, route.path)
        for route in every(list(CITIZEN))
        if "{draft}" in route.path or "{reference}" in route.path
        for method in sorted((route.methods or set()) - {"HEAD"})
    ]


@pytest.fixture(scope="module")
def owner(served: Served) -> tuple[Applicant, str]:
    """Somebody with a draft at its first question and an application on its way."""
    sender = Applicant(served.browser()).starts().is_ready()
    reference = sender.sends()
    return sender.starts(), reference


def filled(path: str, draft: str, reference: str) -> str:
    params = {
        "draft": draft,
        "reference": reference,
        "step": "residence",
        "exit": "city-corporation",
        "n": "1",
    }
    return "/bn" + re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: params[found[1]], path)


def test_every_address_says_who_may_open_it() -> None:
    nobody_said = [route.path for route in every(ROUTES) if role_of(route) not in Role]
    assert not nobody_said


def test_the_roles_are_the_ones_meant() -> None:
    assert {role_of(route) for route in every(list(PUBLIC))} == {Role.ANYONE}
    assert {role_of(route) for route in every(list(MACHINES))} == {Role.MACHINE, Role.DEVELOPER}
    assert {
        route.path
        for route in every(list(CITIZEN))
        if role_of(route) not in (Role.DRAFT_HOLDER, Role.VISITOR)
    } == {"/apply/{service}"}
    holders = {route.path for route in every(list(CITIZEN)) if role_of(route) is Role.DRAFT_HOLDER}
    assert {path for _, path in personal()} <= holders


@pytest.mark.parametrize(("method", "path"), personal())
def test_only_its_own_browser_opens_a_personal_page(
    served: Served, owner: tuple[Applicant, str], method: str, path: str
) -> None:
    applicant, reference = owner
    theirs, missing = filled(path, applicant.draft, reference), filled(path, MISSING, NOBODYS)
    for visitor in (served.browser(), stranger(served), garbled(served)):
        refused = visitor.request(method, theirs)
        absent = visitor.request(method, missing)
        assert refused.status_code == absent.status_code == 404
        assert without_names(refused.text, theirs) == without_names(absent.text, missing)
        assert refused.headers["cache-control"] == absent.headers["cache-control"] == "private, no-cache"
        assert "set-cookie" not in refused.headers


def without_names(html: str, address: str) -> str:
    place = address.removeprefix("/bn")
    return html.replace(place, "…")


def stranger(served: Served) -> CheckedClient:
    """Another person with a draft of their own."""
    return Applicant(served.browser()).starts().browser


def garbled(served: Served) -> CheckedClient:
    """A browser whose cookie was never ours."""
    browser = served.browser()
    browser.cookies.set("holder", "../../etc/passwd' OR 1=1 --")
    return browser


def test_its_own_browser_does_open_them(owner: tuple[Applicant, str]) -> None:
    applicant, reference = owner
    for path in (path for method, path in personal() if method == "GET" and path not in ONLY_SOMETIMES):
        answer = applicant.browser.get(filled(path, applicant.draft, reference))
        assert answer.status_code == 200, path


def test_the_code_page_needs_a_browser_that_asked_for_one(served: Served) -> None:
    assert served.browser().get("/bn/track/code").status_code == 404
    assert garbled(served).post("/bn/track/code", data={"code": "123456"}).status_code == 404


@pytest.mark.parametrize("service", ["no-such-service", "a" * 300, "%00", "নাগরিকত্ব"])
def test_an_unknown_service_is_not_there(visitor: CheckedClient, locale: str, service: str) -> None:
    for answer in (
        visitor.get(f"/{locale}/services/{service}"),
        visitor.submit(f"/{locale}/apply/{service}"),
        visitor.get(f"/{locale}/apply/{service}"),
    ):
        assert answer.status_code == 404
    assert "holder" not in visitor.cookies


def test_the_start_buttons_address_opened_by_hand_is_the_services_page(visitor: CheckedClient) -> None:
    assert path_of(visitor.get(f"/en/apply/{SERVICE}")) == f"/en/services/{SERVICE}"


@pytest.mark.parametrize(
    "path", ["/bn/nowhere", "/bn/services/x/y", "/nowhere", "/bn/apply/a/b/c/d", "/bn//", "/bn/%00"]
)
def test_an_unknown_address_is_not_there(served: Served, path: str) -> None:
    answer = served.browser(checked=False).get(path)
    assert answer.status_code == 404
    assert heading(answer) == say("bn", "This page is not here")
