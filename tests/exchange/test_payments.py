"""A fee is ordered once, paid once on a page of its own, and adds up at the end of the day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from html5lib import HTMLParser

from portal.exchange.pages import write_number
from tests.exchange.clock import Clock
from tests.exchange.letters import ORDERS, headers, order


def place(exchange: httpx2.Client, **more: object) -> httpx2.Response:
    written = order() | more
    key = headers(idempotency_key=written["order_id"])
    return exchange.put(f"{ORDERS}/{written['order_id']}", json=written, headers=key)


def page_of(placed: httpx2.Response) -> str:
    return f"/_pay/{placed.json()['payment_id']}"


def test_an_order_placed_twice_is_one_payment(exchange: httpx2.Client) -> None:
    first, again = place(exchange), place(exchange)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (first.json()["state"], first.json()["amount"]) == ("due", 50)


def test_twenty_copies_at_the_same_moment_are_one_payment(exchange: httpx2.Client) -> None:
    with ThreadPoolExecutor(8) as together:
        placed = list(together.map(lambda _: place(exchange), range(20)))
    assert len({answer.json()["payment_id"] for answer in placed}) == 1


def test_the_same_order_over_another_sum_is_a_conflict(exchange: httpx2.Client) -> None:
    place(exchange)
    assert place(exchange, amount=100).status_code == 409
    assert place(exchange).json()["amount"] == 50


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 0},
        {"amount": -50},
        {"amount": 50.5},
        {"amount": "50"},
        {"return_url": "https://evil.example/"},
        {"return_url": "http://testserver.evil.example/"},
        {"words": "fee"},
    ],
)
def test_an_order_that_makes_no_sense_is_refused(exchange: httpx2.Client, change: dict[str, object]) -> None:
    assert place(exchange, **change).status_code == 422


def test_an_order_without_its_idempotency_key_is_refused(exchange: httpx2.Client) -> None:
    answer = exchange.put(f"{ORDERS}/order-0001", json=order(), headers=headers())
    assert answer.status_code == 400


def test_an_order_nobody_placed_is_unknown(exchange: httpx2.Client) -> None:
    assert exchange.get(f"{ORDERS}/order-0001", headers=headers()).status_code == 404
    assert exchange.get("/_pay/nothing").status_code == 404
    assert exchange.post("/_pay/nothing").status_code == 404


@pytest.mark.parametrize("lang", ["bn", "en"])
def test_the_payment_page_is_whole_and_says_demo(exchange: httpx2.Client, lang: str) -> None:
    where = page_of(place(exchange))
    for step in ("due", "paid"):
        page = exchange.get(where, params={"lang": lang})
        HTMLParser(strict=True).parse(page.text)
        assert page.text.count("<h1") == 1
        assert ">DEMO<" in page.text
        assert ("<button" in page.text) == (step == "due")
        assert "form-action 'self' http://testserver;" in page.headers["content-security-policy"]
        exchange.post(where)
    assert "৫০ টাকা" in exchange.get(where).text
    assert "50 taka" in exchange.get(where, params={"lang": "en"}).text


def test_whoever_pays_goes_back_where_they_came_from(exchange: httpx2.Client) -> None:
    answer = exchange.post(page_of(place(exchange)))
    assert answer.status_code == 303
    assert answer.headers["location"] == "http://testserver/bn/apply/draft-1/payment"


def test_paying_twice_is_paying_once(exchange: httpx2.Client, clock: Clock) -> None:
    where = page_of(place(exchange))
    exchange.post(where)
    paid = place(exchange).json()
    clock.wait(60)
    exchange.post(where)
    assert place(exchange).json() == paid
    assert (paid["state"], paid["paid_at"]) == ("paid", "2026-11-22T04:30:00+00:00")
    assert paid["transaction"] == "DEMO-2026-0000001"


def test_another_sites_page_cannot_pay(exchange: httpx2.Client) -> None:
    placed = place(exchange)
    foreign = {"sec-fetch-site": "cross-site"}
    assert exchange.post(page_of(placed), headers=foreign).status_code == 403
    assert place(exchange).json()["state"] == "due"


def test_a_day_in_dhaka_adds_up(exchange: httpx2.Client, clock: Clock) -> None:
    first, second, late = (
        page_of(place(exchange, order_id=f"order-000{amount}", amount=amount)) for amount in (50, 100, 25)
    )
    for where in (first, second):
        exchange.post(where)
    clock.wait(13.5 * 3600)
    exchange.post(late)
    days = {
        day: exchange.get(f"{ORDERS}/settled/{day}", headers=headers()).json()["total"]
        for day in ("2026-11-21", "2026-11-22", "2026-11-23")
    }
    assert days == {"2026-11-21": 0, "2026-11-22": 150, "2026-11-23": 25}, "18:00 in London is tomorrow here"


def test_a_day_that_is_none_is_refused(exchange: httpx2.Client) -> None:
    assert exchange.get(f"{ORDERS}/settled/yesterday", headers=headers()).status_code == 422


@pytest.mark.parametrize(
    ("count", "written"),
    [(5, "5"), (50, "50"), (999, "999"), (1170, "1,170"), (123456, "1,23,456"), (12345678, "1,23,45,678")],
)
def test_money_is_grouped_by_thousand_lakh_and_crore(count: int, written: str) -> None:
    assert write_number(count, "en") == written
