"""Pure questions to a page in a browser, for what no rule engine sees."""

from pathlib import Path

from playwright.sync_api import Page

_IN_PAGE = (Path(__file__).parent / "in_page.js").read_text(encoding="utf-8").partition("\n")[2]


def ask(page: Page, question: str) -> object:
    """The page's answer to one of the questions of `in_page.js`; a freshly loaded page is prepared first."""
    if not page.evaluate("() => 'probe' in window"):
        page.evaluate(_IN_PAGE)
    return page.evaluate("question => window.probe[question]()", question)
