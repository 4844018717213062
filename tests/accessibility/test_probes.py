"""Every probe turns red on its seeded fault and stays quiet on a good page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from accessibility.probes.keyboard import keyboard_faults, tab_stops
from accessibility.probes.screen import first_screen_faults, sideways_faults, target_faults

pytestmark = pytest.mark.browser

GOOD = """<!doctype html><html lang="bn"><head><meta charset="utf-8"><title>নাম</title>
<meta name="viewport" content="width=device-width"><style>
:focus-visible { outline: 3px solid #000 } a, button, input { display: block; min-height: 44px; margin: 8px }
/* more */</style></head>
<body><a href="#main">মূল লেখায় যান</a><main id="main">
<form method="post"><h1>নাম কী?</h1><input name="name"><button>এগিয়ে যান</button></form>
<!-- end --></main></body></html>"""


COVER = "position:fixed;inset:0;background:#fff"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def style(words: str) -> str:
    return GOOD.replace("/* more */", words)


def inside(words: str) -> str:
    return GOOD.replace("<!-- end -->", words)


def keyboard(page: Page, html: str) -> str:
    page.set_content(html)
    return "\n".join(keyboard_faults(tab_stops(page)))


def test_a_good_page_passes_every_probe(page: Page) -> None:
    assert keyboard(page, GOOD) == ""
    assert [stop["name"] for stop in tab_stops(page)] == [
        "<a> মূল লেখায় যান",
        "<input> name",
        "<button> এগিয়ে যান",
    ]
    assert list(sideways_faults(page)) == []
    assert list(first_screen_faults(page, 640)) == []
    assert list(target_faults(page, least=44)) == []


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (style("input:focus-visible { outline: none }"), "<input> name: the focus is not seen"),
        (style("input:focus-visible { outline-width: 1px }"), "outline 1 px"),
        (style("input { outline: 3px solid #000 }"), "<input> name: the focus is not seen"),
        (inside(f"<div style='{COVER}'></div>"), "covered while it has the focus"),
        (style("form{display:flex;flex-direction:column-reverse}"), "stands above it"),
        (style("form{display:flex;flex-direction:row-reverse}"), "stands left of it"),
        (GOOD.replace("<h1>", "<a href='#x'>ক</a>" * 7 + "<h1>"), "8 stops before the first field"),
        (inside("<a href='#x'>ক</a>" * 200), "Tab does not get out"),
    ],
)
def test_a_keyboard_fault_is_found(page: Page, html: str, words: str) -> None:
    assert words in keyboard(page, html)


def test_a_ring_around_the_label_counts_as_seen(page: Page) -> None:
    html = style("input:focus-visible { outline: none } form:focus-within { outline: 3px solid #000 }")
    assert keyboard(page, html) == ""


def test_a_wide_element_is_named_and_one_that_scrolls_inside_is_not(page: Page) -> None:
    page.set_content(inside("<p id=wide style='width:500px'>লম্বা</p>"))
    assert "<p#wide>" in "\n".join(sideways_faults(page))
    page.set_content(inside("<div style='overflow:auto'><p id=wide style='width:500px'>লম্বা</p></div>"))
    assert list(sideways_faults(page)) == []


def test_a_way_on_below_the_fold_is_found_unless_the_list_is_long(page: Page) -> None:
    page.set_content(GOOD.replace("<button>", "<p style='height:700px'></p><button>"))
    assert "<button>" in "\n".join(first_screen_faults(page, 640))
    page.set_content(GOOD.replace("<button>", "<input name=more>" * 12 + "<button>"))
    assert list(first_screen_faults(page, 640)) == []
    page.set_content(GOOD.replace("<h1>", "<p style='height:700px'></p><h1>"))
    assert "<h1>" in "\n".join(first_screen_faults(page, 640))


def test_small_targets_are_found_and_links_in_text_are_excepted(page: Page) -> None:
    page.set_content(inside("<button style='min-height:0;height:20px;padding:0'>ছোট</button>"))
    assert "20 px, at least 24" in "\n".join(target_faults(page))
    page.set_content(inside("<p>লেখার মধ্যে <a style='display:inline' href='#x'>ক</a> থাকে</p>"))
    assert list(target_faults(page)) == []
