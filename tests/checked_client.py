"""The test client that looks at every page it fetches, on the way, redirects included."""

from __future__ import annotations

from typing import Any

import httpx2
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from tests.page_check import Budget, Page, Visit, faults_of
from tests.page_check.titles import TitleBook


class PageFault(AssertionError):
    """A page the portal served has faults; the message lists them."""


class CheckedClient(TestClient):
    """A browser without scripts: keeps cookies, follows redirects, refuses faulty pages."""

    def __init__(self, app: ASGIApp, base_url: str = "http://testserver") -> None:
        """Errors of the portal become its error page, as people see them."""
        super().__init__(app, base_url=base_url, raise_server_exceptions=False)
        self.titles = TitleBook()
        self.event_hooks = {"request": [], "response": [self._look_at]}

    def _look_at(self, response: httpx2.Response) -> None:
        if "text/html" not in response.headers.get("content-type", ""):
            return
        response.read()
        if not response.text:
            return
        page = Page(response.text, Visit(str(response.url), None, dict(response.headers)))
        # Tests read the page too; parsing it is most of what a test costs.
        response.extensions["page"] = page
        found = faults_of(page, Budget.of(page.visit.path, response.status_code))
        if fault := self.titles.fault(page, response.status_code):
            found.append(fault)
        if found:
            raise PageFault("\n".join(found))

    def submit(self, path: str, **fields: str | list[str]) -> httpx2.Response:
        """POST a form as a browser of this site does and follow to the page that comes."""
        headers = {"sec-fetch-site": "same-origin"}
        form: dict[str, Any] = dict(fields)
        return self.post(path, data=form, headers=headers)
