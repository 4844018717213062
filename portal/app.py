"""Puts the portal together: the only module of the web process that knows every part."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware

from portal.i18n.locale import load_locales
from portal.interop.broker import Broker
from portal.places import Places
from portal.settings import Settings
from portal.store.database import Database
from portal.web.compression import Compress
from portal.web.errors import HANDLERS, CatchBroken
from portal.web.middleware import RequestId, SecurityHeaders
from portal.web.portal_state import Portal
from portal.web.render import Renderer
from portal.web.routes import ADDRESSES, ROUTES


def create_app(settings: Settings) -> Starlette:
    """The web process for `settings`; its build folder must be complete and its database migrated."""
    database = Database(settings)
    locales = load_locales(settings.build)
    portal = Portal(
        settings=settings,
        database=database,
        keyring=database.keyring,
        locales=locales,
        places=Places.load(settings.build / "places.json"),
        broker=Broker(settings),
        renderer=Renderer(settings.build, locales, watches=settings.is_development),
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await portal.broker.aclose()
        database.close()

    app = Starlette(
        routes=ROUTES,
        middleware=[
            Middleware(RequestId),
            Middleware(SecurityHeaders, strict_transport=settings.is_secure),
            Middleware(Compress),
            Middleware(CatchBroken),
        ],
        exception_handlers=HANDLERS,
        lifespan=lifespan,
    )
    app.state.portal = portal
    app.state.addresses = ADDRESSES
    return app
