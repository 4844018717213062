"""The page checker finds every fault it is there for, and none on a good page."""

import base64
import hashlib

import pytest

from tests.page_check import Budget, Page, Visit, faults
from tests.page_check.titles import TitleBook

STYLE = "body{margin:0}"
DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{DIGEST}'"
GOOD = f"""<!doctype html>
<html lang="bn">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>আপনার নাম কী? – সহজ সেবা</title>
<style>{STYLE}</style>
</head>
<body>
<a href="#main">মূল লেখায় যান</a>
<header>
<svg viewBox="0 0 1 1" aria-hidden="true"><path d="M0 0"/></svg>
<a href="/en/" lang="en">English</a></header>
<main id="main">
<div role="group" aria-labelledby="sum"><h2 id="sum">ঠিক করুন</h2><a href="#name">নাম লিখুন</a></div>
<form method="post" novalidate>
<input type="hidden" name="token" value="abc">
<h1><label for="name">আপনার নাম কী?</label></h1>
<p id="name-hint">NID অনুযায়ী, PDF বা SMS নয়</p>
<p id="name-error">নাম লিখুন</p>
<input id="name" name="name" value="Rahima" aria-invalid="true" aria-describedby="name-hint name-error">
<fieldset><legend>লিঙ্গ</legend>
<input type="radio" id="f" name="sex" value="f"><label for="f">নারী</label>
<input type="radio" id="m" name="sex" value="m"><label for="m">পুরুষ</label>
</fieldset>
<h2>ঠিকানা</h2>
<p>রেফারেন্স BD-7K2M-9PQX, <a href="mailto:help@example.org">help@example.org</a></p>
<img src="/a.svg" alt="">
<button>এগিয়ে যান</button>
</form>
</main>
</body>
</html>
"""
URL = "http://testserver/bn/apply/7f3a/name"


def look(html: str, policy: str = POLICY, budget: Budget | None = None) -> list[str]:
    return faults(html, url=URL, headers={"Content-Security-Policy": policy}, budget=budget)


def test_a_good_page_has_no_faults() -> None:
    assert look(GOOD) == []


SEEDED = [
    ("<!doctype html>\n", "", "no <!doctype html>"),
    ("<main id", "</b><main id", "not valid HTML"),
    ("<main id", "<span><p>x</p></span><main id", "a block, inside <span>"),
    ("<h1>", "<h1>এক</h1><h1>", "2 h1 elements"),
    ("<h1><label for", "<p><label for", "0 h1 elements"),
    ("<h2>ঠিকানা", "<h4>ঠিকানা", "jump from h1 to h4"),
    ("<h2>ঠিকানা</h2>", "<h2></h2>", "a heading without words"),
    ('<main id="main">', '<div id="main">', "0 main elements"),
    ('<main id="main">', '<main id="main"><main>', "2 main elements"),
    ("<header>", "<h1>শিরোনাম</h1><header>", "the h1 is outside <main>"),
    (
        "<header>",
        "<nav><a href='/bn/'>ক</a></nav><nav><a href='/bn/'>খ</a></nav><header>",
        "nav elements have no",
    ),
    ("<title>আপনার নাম কী? – সহজ সেবা</title>", "", "no <title>"),
    ("<title>আপনার নাম কী? – সহজ সেবা</title>", "<title> </title>", "no words in <title>"),
    ('<meta name="viewport" content="width=device-width,initial-scale=1">', "", "no viewport"),
    ("initial-scale=1", "maximum-scale=1", "forbids zooming"),
    ('<p id="name-hint">', '<p id="name">', "id 'name' is there 2 times"),
    ('id="sum"', 'id="sum mary"', "is empty or has a space"),
    ('href="#name"', 'href=""', "goes nowhere"),
    ('href="#name"', 'href="#"', "goes nowhere"),
    ('href="#name"', 'href="#nam"', "points at #nam"),
    ('<a href="#name">নাম লিখুন</a>', '<a href="#name"><img src="/a.svg" alt=""></a>', "has no words"),
    ("<button>এগিয়ে যান", '<button><a href="/bn/">এগিয়ে</a>', "inside <button>"),
    ("<button>এগিয়ে যান", "<button><div>এগিয়ে</div>", "a block, inside <button>"),
    ("ঠিক করুন</h2>", "<div>ঠিক করুন</div></h2>", "a block, inside <h2>"),
    ("<h2>ঠিকানা</h2>", "<ul><p>ক</p></ul>", "may not stand directly in a ul"),
    ("<h2>ঠিকানা</h2>", "<dl><div><div><dt>ক</dt><dd>খ</dd></div></div></dl>", "directly in a dl's div"),
    (' alt=""', "", "has no alt"),
    (' aria-hidden="true"', "", "neither hidden from nor named"),
    ("<button>", '<button tabindex="2">', "has tabindex 2"),
    ("<button>", "<button autofocus>", "takes the focus"),
    ("ঠিকানা", "{{ title }}", "left over from a template"),
    ("ঠিকানা", "%(name)s", "left over from a template"),
    ('for="name"', 'for="nam"', "is for 'nam'"),
    ('for="name"', 'for="name-hint"', "is for 'name-hint'"),
    ('<label for="name">আপনার নাম কী?</label>', "আপনার নাম কী?", "<input#name name=name> has no label"),
    ('<label for="m">পুরুষ</label>', '<label for="m"></label>', "<input#m name=sex> has no label"),
    ('value="Rahima"', 'placeholder="নাম"', "a placeholder"),
    ("<button>এগিয়ে যান</button>", '<button><img src="/a.svg" alt=""></button>', "has no words"),
    ("<button>এগিয়ে যান</button>", '<input type="submit" value="">', "has no words"),
    ("<legend>লিঙ্গ</legend>", "", "does not begin with a legend"),
    ("<fieldset><legend>লিঙ্গ</legend>", "<div>", "are in no fieldset"),
    ('aria-describedby="name-hint', 'aria-describedby="name-help', "names 'name-help'"),
    ('aria-labelledby="sum"', 'aria-labelledby="some"', "names 'some'"),
    (' aria-describedby="name-hint name-error"', "", "nothing describes the mistake"),
    (" novalidate", "", "lets the browser judge (no novalidate)"),
    ('value="Rahima"', "required", "lets the browser judge (required)"),
    ('value="Rahima"', 'type="date"', "lets the browser judge (type=date)"),
    ('id="name" name="name"', 'id="name"', "its answer is lost"),
    ('<html lang="bn">', "<html>", "<html> has no lang"),
    ('<html lang="bn">', '<html lang="en">', "at an address in 'bn'"),
    ("<h2>ঠিকানা", '<h2 lang="en">ঠিকানা', "without lang=bn"),
    ("<h2>ঠিকানা", '<h2 lang="en">Chapter ৩', "the Bangla digit “৩”"),
    ('href="/en/" lang="en"', 'href="/en/"', "“English” in Bangla text"),
    ("<h2>ঠিকানা", "<h2>Address", "“Address” in Bangla text"),
    ("<button>", '<button aria-label="Continue">', "“Continue” in Bangla text"),
    ("<button>", '<button onclick="go()">', "inline handler onclick"),
    ("<button>", '<button hx-on:click="go()">', "inline handler hx-on:click"),
    ("<button>", '<button style="color:red">', "has a style attribute"),
    ('href="#name"', 'href="javascript:go()"', "has a script in its href"),
    ("</main>", "<script>go()</script></main>", "an inline script whose hash"),
    ("margin:0", "margin:1px", "an inline style whose hash"),
    ('src="/a.svg"', 'src="https://cdn.example/a.svg"', "cdn.example"),
    ('<a href="#name">', '<a href="#name" target="_blank">', "can reach back"),
]


@pytest.mark.parametrize(("good", "bad", "words"), SEEDED, ids=[f"{bad[:30]}" for _, bad, _ in SEEDED])
def test_a_seeded_fault_is_found(good: str, bad: str, words: str) -> None:
    assert good in GOOD
    assert any(words in fault for fault in look(GOOD.replace(good, bad, 1))), look(GOOD.replace(good, bad, 1))


def test_a_lax_or_missing_policy_is_a_fault() -> None:
    assert any("'unsafe-inline'" in fault for fault in look(GOOD, "style-src 'unsafe-inline'"))
    assert any("no content security policy" in fault for fault in faults(GOOD, url=URL, headers={"x": "y"}))


def test_data_for_search_engines_is_no_script() -> None:
    with_data = GOOD.replace("</main>", '<script type="application/ld+json">{}</script></main>')
    assert look(with_data) == []


def test_bytes_are_counted_before_and_after_compression() -> None:
    assert any("bytes of HTML" in fault for fault in look(GOOD + " " * 15_000))
    assert any("bytes by brotli" in fault for fault in look(GOOD, budget=Budget(raw=10_000, brotli=200)))


def test_a_question_page_is_held_tighter_than_the_summary() -> None:
    assert Budget.of("/bn/apply/7f3a/name").raw < Budget.of("/bn/apply/7f3a/check").raw


@pytest.mark.parametrize(
    ("typed", "shown"), [("birth", "birth"), ("+{{7*7}}+", "{{7*7}}"), ("a++bcde", "a bcde")]
)
def test_words_a_person_searched_for_are_nobodys_fault(typed: str, shown: str) -> None:
    html = GOOD.replace("<title>", f"<title>খোঁজ: {shown} – ")
    policy = {"content-security-policy": POLICY}
    assert faults(html, url=f"http://testserver/bn/services?q={typed}", headers=policy) == []
    assert look(html) != []


def test_a_page_without_a_language_in_its_address_may_speak_any() -> None:
    assert faults(GOOD, url="http://testserver/_messages", headers={"content-security-policy": POLICY}) == []


def page(path: str) -> Page:
    return Page(GOOD, Visit(f"http://testserver{path}"))


def test_two_pages_of_one_title_are_a_fault_and_two_drafts_are_not() -> None:
    book = TitleBook()
    assert book.fault(page("/bn/apply/one/name")) is None
    assert book.fault(page("/bn/apply/two/name")) is None
    assert "same with and without errors" in str(book.fault(page("/bn/apply/two/name"), 422))
    assert "is that of /bn/apply/*/name too" in str(book.fault(page("/bn/about")))
