"""Words in another language than their page say so, wherever an element can stand."""

from __future__ import annotations

import pytest

from portal.i18n.marks import mark, spoken, unmarked

BANGLA = mark("কথা", "bn")


@pytest.mark.parametrize(
    ("html", "finished"),
    [
        (f"<p>{BANGLA}</p>", '<p><span lang="bn">কথা</span></p>'),
        (f"<p>a {BANGLA} b</p>", '<p>a <span lang="bn">কথা</span> b</p>'),
        (f'<a aria-label="{BANGLA}">x</a>', '<a aria-label="কথা">x</a>'),
        (f"<title>{BANGLA} – x</title>", '<title lang="bn">কথা – x</title>'),
        (f"<option>{BANGLA}</option>", '<option lang="bn">কথা</option>'),
        (f'<meta name="description" content="{BANGLA}">', '<meta name="description" content="কথা" lang="bn">'),
        (
            f"<p>{mark(f'Hi {BANGLA}', 'en')}</p>",
            '<p><span lang="en">Hi <span lang="bn">কথা</span></span></p>',
        ),
        ("<p>plain</p>", "<p>plain</p>"),
        ("<p>\ue002 typed \ue000<b>by</b> somebody\ue001</p>", "<p> typed <b>by</b> somebody</p>"),
        ("<p>\ue000bn\ue001never closed</p>", '<p><span lang="bn">never closed</span></p>'),
        ('<p>\ue000b"n\ue001x\ue002</p>', '<p>b"nx</p>'),
    ],
)
def test_a_finished_page_says_each_language(html: str, finished: str) -> None:
    assert spoken(html) == finished


def test_what_is_no_page_has_the_words_alone() -> None:
    assert unmarked(f"a {BANGLA} b") == "a কথা b"
    assert mark("", "bn") == ""
