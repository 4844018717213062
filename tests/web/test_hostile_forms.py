"""Whatever anybody sends, the portal answers with a page: escaped, unbroken, and never with a failure."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.web.applicant import ANSWERS, Applicant
from tests.web.reading import fields, inline_mistakes, mistakes, page_of
from tests.web.served import Served

MULTIPART = b'--x\r\nContent-Disposition: form-data; name="residence"\r\n\r\ncity\r\n--x--\r\n'
STEPS = [*ANSWERS, "birth-registration"]
HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "an attribute's end": "\"' onmouseover=alert(1) x='",
    "a template": "{{ 7 * 7 }}{% raw %}{# no #}${7*7}#{7*7}",
    "a format": "%s %(n)s {n} {0.__class__}",
    "SQL": "'; DROP TABLE drafts; --",
    "a path": "../../../../etc/passwd",
    "a comment": "--><!--]]></title></textarea></style>",
    "an entity": "&lt;b&gt;&amp;&#x27;",
    "the other direction": "\u202eএক\u202c\u2066দুই\u2069",
    "a zero width": "\u200b\u200d\u200c\ufeff",
    "a stack of marks": "ক" + "\u0981\u0982\u0983" * 40,
    "emoji": "👨‍👩‍👧‍👦🏳️‍🌈🇧🇩",
    "a line break": "এক\r\nSet-Cookie: holder=x\r\n\r\nদুই",
    "a page of writing": "ক" * 900,
}
BYTES = {
    "NUL": "%00",
    "controls": "%01%02%08%0B%0C%1F%7F%C2%80%C2%9F",
    "half a letter": "%E0%A6",
    "no UTF-8": "%FF%FE%80",
    "a lone surrogate": "%ED%A0%80",
    "an overlong slash": "%C0%AF",
    "no character": "%EF%BF%BE%EF%BF%BF%F0%9F%BF%BF",
    "half a per cent": "%",
    "a wrong per cent": "%zz%u0041",
}


@pytest.fixture(scope="module")
def finished(served: Served) -> Applicant:
    """A draft whose every step is open."""
    return Applicant(served.browser(checked=False)).starts().is_ready()


@pytest.fixture
def person(finished: Applicant) -> Applicant:
    """The same, with every answer as it was, whatever the test before sent."""
    return finished.answers_all()


def body(raw: str, step: str) -> str:
    """A form with `raw` in every field of the step."""
    return "&".join(f"{quote(name)}={raw}" for name in (*names_of(step), "revision"))


def names_of(step: str) -> list[str]:
    return list(ANSWERS.get(step, {"brn": ""}))


def post(person: Applicant, step: str, content: str | bytes, kind: str = "") -> httpx2.Response:
    headers = {"content-type": kind or "application/x-www-form-urlencoded"}
    return person.browser.post(person.at(step), content=content, headers=headers)


def expect_a_whole_page(answer: httpx2.Response) -> None:
    """Nothing that was sent became part of the page's make-up."""
    page = page_of(answer)
    assert page.parse_errors == []
    assert [one for one in page.all("script", "iframe", "object") if one.get("src") is None] == []
    assert not [name for one in page.elements for name, _ in one.items() if name.startswith("on")]
    assert "<script>" not in answer.text


@pytest.mark.parametrize("raw", [*HOSTILE.values(), *BYTES.values()], ids=[*HOSTILE, *BYTES])
def test_hostile_words_come_back_as_words(person: Applicant, raw: str) -> None:
    sent = raw if raw in BYTES.values() else quote(raw)
    for step in ANSWERS:
        answer = post(person, step, body(sent, step))
        # A name that is left out takes its English spelling with it.
        assert answer.status_code in (200, 422) or step.endswith("-in-english"), step
        expect_a_whole_page(answer)
        if answer.status_code == 422:
            assert mistakes(answer)
            assert inline_mistakes(answer)
            shown = {name: value for name, value in fields(answer).items() if name in names_of(step)}
            typed = raw if raw in HOSTILE.values() else None
            for name, value in shown.items():
                # Selects show only what they offer; a text field shows all that was typed.
                assert (
                    typed is None
                    or name.startswith("home-")
                    or without_breaks(value) == without_breaks(typed)
                )


def without_breaks(words: str) -> str:
    """A text field has no line breaks: browsers take them out."""
    return words.replace("\r", "").replace("\n", "")


def test_what_no_page_can_show_is_shown_as_something_to_delete(person: Applicant) -> None:
    answer = post(person, "name-in-bangla", "name_bn=%E0%A6%95%00%E0%A6%96")
    assert answer.status_code == 422
    assert fields(answer)["name_bn"] == "ক\ufffdখ"
    again = post(person, "name-in-bangla", urlencode({"name_bn": fields(answer)["name_bn"]}))
    assert again.status_code == 422


@pytest.mark.parametrize("step", ["residence", "name-in-bangla", "date-of-birth", "home", "purpose"])
def test_too_much_is_refused_before_it_is_read(person: Applicant, step: str) -> None:
    for raw in ("a" * 100_000, "%F0%9F%98%80" * 10_000, "&" * 70_000):
        assert post(person, step, body(raw, step)).status_code == 413
    assert (
        post(person, step, "&".join(f"{name}=x" for name in names_of(step) * 2000)[:60_000]).status_code
        == 400
    )
    assert post(person, step, body("a" * 8_000, step)).status_code in (200, 422)


def test_fields_nobody_asked_for_are_not_kept(person: Applicant) -> None:
    extra = {
        "residence": "union",
        "nid": "9999999999",
        "submitted_reference": "BD-2222-2222",
        "__class__": "x",
    }
    assert post(person, "residence", urlencode(extra)).status_code == 200
    assert fields(person.opens("nid"))["nid"] == "০০১২৩৪৫৬০৮"
    assert person.opens("check").status_code == 200


def test_of_a_repeated_field_the_first_counts_and_a_choice_of_many_takes_all(person: Applicant) -> None:
    post(person, "residence", "residence=union&residence=city&residence=%3Cb%3E")
    assert fields(person.opens("residence"))["residence"] == "union"
    post(person, "purpose", "purpose=job&purpose=job&purpose=bank")
    page = page_of(person.opens("purpose"))
    ticked = [one.get("value") for one in page.all("input") if one.get("checked") is not None]
    assert ticked == ["job", "bank"]


@pytest.mark.parametrize(("kind", "content"), [
    ("application/json", b'{"residence": "city"}'),
    ("multipart/form-data; boundary=x", MULTIPART),
    ("multipart/form-data", b"--no boundary--"),
    ("text/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
    ("application/octet-stream", bytes(range(256)) * 20),
    ("application/x-www-form-urlencoded; charset=utf-16", "residence=city".encode("utf-16")),
    ("nonsense", b"=&=&&==%&;;"),
])  # fmt: skip
def test_what_is_no_form_is_an_empty_one(person: Applicant, kind: str, content: bytes) -> None:
    answer = post(person, "residence", content, kind)
    assert answer.status_code == 422
    assert mistakes(answer)
    assert fields(person.opens("residence"))["residence"] == "union"


@pytest.mark.parametrize("revision", ["-1", "9" * 5000, "²", "১", "1.5", "", "\x00", "null"])
def test_a_revision_that_is_none_does_no_harm(served: Served, revision: str) -> None:
    person = Applicant(served.browser(checked=False)).starts()
    sent = urlencode({"residence": "union", "revision": revision})
    assert post(person, "residence", sent).status_code == 200
    assert fields(person.opens("residence"))["residence"] == "union"
    assert post(person, "check", urlencode({"revision": revision})).status_code == 200


@pytest.mark.parametrize(
    "path", ["%00", "%0A", "a%2F..%2Fb", "x" * 2_000, "%F0%9F%98%80", "%ED%A0%80", "'%20OR%201=1"]
)
def test_hostile_addresses_are_not_there(person: Applicant, path: str) -> None:
    for address in (
        person.at(path),
        f"/bn/apply/{path}/residence",
        f"/bn/receipts/{path}",
        f"/bn/track/{path}",
    ):
        answer = person.browser.get(address)
        assert answer.status_code == 404, address
        expect_a_whole_page(answer)
    for address in (f"/bn/services?q={path}", f"/bn/verify?r={path}&s={path}", f"/bn/track/code?r={path}"):
        answer = person.browser.get(address)
        assert answer.status_code == 200, address
        expect_a_whole_page(answer)
    assert person.browser.get(f"/static/{path}").status_code == 404


words = some.text(max_size=40) | some.sampled_from([*HOSTILE.values()])
codes = some.sampled_from(
    [*(value for typed in ANSWERS.values() for value in typed.values() if isinstance(value, str))]
)
digits = some.text("০১২৩৪৫৬৭৮৯0123456789 -,+/.", max_size=20)


@pytest.mark.slow
@given(
    step=some.sampled_from(STEPS), values=some.lists(words | codes | digits, max_size=7), seed=some.randoms()
)
@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_no_form_at_all_breaks_a_page(
    finished: Applicant, step: str, values: list[str], seed: object
) -> None:
    names = [*names_of(step), "revision", "action"]
    pairs = [(names[place % len(names)], value) for place, value in enumerate(values)]
    content = urlencode(pairs, errors="surrogatepass")
    answer = post(finished, step, content)
    assert answer.status_code in (200, 404, 422)
    expect_a_whole_page(answer)
    if answer.history and step in ANSWERS:
        finished.says(step, ANSWERS[step])


@pytest.mark.slow
@given(content=some.binary(max_size=300), step=some.sampled_from(STEPS))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_bytes_at_all_break_a_page(finished: Applicant, content: bytes, step: str) -> None:
    answer = post(finished, step, content)
    assert answer.status_code in (200, 400, 404, 422)
    expect_a_whole_page(answer)


@pytest.mark.slow
@given(token=some.text(max_size=60), language=some.text(max_size=20))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_cookie_or_header_breaks_a_page(served: Served, token: str, language: str) -> None:
    somebody = served.browser(checked=False)
    sent = [
        (b"cookie", f"holder={quote(token)}; x={quote(language)}".encode()),
        (b"accept-language", language.encode()),
    ]
    for path in ("/bn/my", "/en/track", "/bn/"):
        assert somebody.get(path, headers=sent).status_code == 200
