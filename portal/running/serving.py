"""One process each: the portal, the exchange or the worker, with logs that hold nobody's answers."""

from __future__ import annotations

import asyncio
import logging
import logging.handlers
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from portal.running import worker_mark
from portal.settings import Settings

Work = Callable[[Settings, asyncio.Event], Awaitable[None]]

LOOPBACK = "127.0.0.1"
# A request line and headers longer than this are nobody's form; bodies are capped by the application.
LONGEST_HEAD = 32 * 1024
GRACE_SECONDS = 3
LOG_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Door:
    """Where a server listens; with a certificate it speaks https."""

    host: str = LOOPBACK
    certificate: Path | None = None
    key: Path | None = None


def serve_portal(settings: Settings, door: Door) -> None:
    """Serve people until told to stop."""
    from portal.app import create_app

    start_log(settings, "portal")
    _listen(create_app(settings), settings.port, door, settings.trusted_proxies)


def serve_exchange(settings: Settings) -> None:
    """Serve the stand-in security server and its synthetic registries until told to stop."""
    from portal.exchange.server import create_exchange

    start_log(settings, "exchange")
    _listen(create_exchange(settings), settings.exchange_port, Door(), ())


def run_worker(settings: Settings) -> None:
    """Deliver and poll until told to stop."""
    from portal.worker import work

    start_log(settings, "worker")
    asyncio.run(_until_signalled(settings, work))


def stop_with_parent() -> None:
    """End this process when the one that holds our standard input open is gone, even after kill -9."""

    def wait() -> None:
        # Not sys.stdin: its lock, held here, would keep the interpreter from ending.
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="stop with parent", daemon=True).start()


def start_log(settings: Settings, name: str) -> None:
    """Everything to `<data>/logs/<name>.log`, warnings also to the terminal."""
    folder = settings.data / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    file = logging.handlers.RotatingFileHandler(folder / f"{name}.log", maxBytes=LOG_BYTES, backupCount=3)
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.WARNING)
    logging.basicConfig(
        level=logging.INFO,
        handlers=[file, terminal],
        format=f"%(asctime)s {name} %(levelname)s %(name)s: %(message)s",
        force=True,
    )
    # Its requests carry identifiers in their bodies only, but one line a request helps nobody.
    logging.getLogger("httpx2").setLevel(logging.WARNING)


def _listen(app: ASGIApp, port: int, door: Door, proxies: tuple[str, ...]) -> None:
    uvicorn.run(
        app,
        host=door.host,
        port=port,
        ssl_certfile=door.certificate,
        ssl_keyfile=door.key,
        log_config=None,
        # An access log would keep addresses and references; the portal counts without naming anyone.
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        ws="none",
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


async def _until_signalled(settings: Settings, work: Work) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    mark = worker_mark(settings)
    mark.touch()
    try:
        await work(settings, stop)
    finally:
        mark.unlink(missing_ok=True)
