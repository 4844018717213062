"""Puts the stand-in together and serves it on the loopback address; it refuses to exist in production."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from portal.exchange.fault_pages import FaultPages
from portal.exchange.faults import FaultBoard
from portal.exchange.front import Front
from portal.exchange.intake_pages import IntakePages
from portal.exchange.members import Books, providers_for
from portal.exchange.pages import HERE, Pages
from portal.exchange.payment_pages import PaymentPages
from portal.exchange.registers import load_registers
from portal.exchange.rights import OFFERS, rights_for
from portal.interop.ids import ClientId
from portal.places import Places
from portal.settings import Settings

HOST = "127.0.0.1"
STOP_SECONDS = 2


class NotInProduction(Exception):
    """The stand-in invents people; it must never answer where real ones apply."""


def _now() -> datetime:
    return datetime.now(UTC)


def create_exchange(settings: Settings, now: Callable[[], datetime] = _now) -> Starlette:
    """The whole stand-in as an ASGI application.

    Raises `NotInProduction`, `portal.places.places.Unbuilt` before the first build, and `LookupError` when
    one of the ten demonstration people lives nowhere.
    """
    if settings.env == "production":
        raise NotInProduction("the exchange stand-in does not run in production: set PORTAL_EXCHANGE_URL")
    places = Places.load(settings.build / "places.json")
    registers = load_registers(places)
    books = Books.open(settings)
    providers = providers_for(settings, registers, places, books, now)
    board = FaultBoard(tuple(offer.key for offer in OFFERS))
    instance = ClientId.parse(settings.client_id).instance
    front = Front(instance, rights_for(settings), providers, board)
    pages = Pages(places)

    async def show_health(_request: Request) -> Response:
        return JSONResponse({"ok": True, "people": len(registers.people)})

    async def show_style(_request: Request) -> Response:
        return FileResponse(HERE / "exchange.css", media_type="text/css")

    routes = [
        Route("/r1/{rest:path}", front),
        *IntakePages(books.cases, pages, now).routes(),
        *PaymentPages(settings, books.payments, pages, now).routes(),
        *FaultPages(board, pages).routes(),
        Route("/exchange.css", show_style),
        Route("/healthz", show_health),
    ]
    only_here = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    return Starlette(routes=routes, middleware=[only_here])


def serve(settings: Settings) -> None:
    """Serve until stopped (SIGINT or SIGTERM), on the loopback address only."""
    uvicorn.run(
        create_exchange(settings),
        host=HOST,
        port=settings.exchange_port,
        # Addresses hold references; the security server writes its own line instead.
        access_log=False,
        log_level="warning",
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=STOP_SECONDS,
    )
