"""`make run`: portal, exchange and worker as children, one line when all are ready, none left behind."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import signal
import socket
import ssl
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.running import worker_mark
from portal.running.certificate import LocalCertificate
from portal.settings import ROOT, Settings

READY_SECONDS = 60
STOP_SECONDS = 4
LOOK_SECONDS = 0.05


class CannotRun(Exception):
    """Something in the way of running; the message says what, and what to do."""


@dataclass(slots=True)
class Child:
    """A process of ours, and how to tell that it is ready."""

    name: str
    arguments: tuple[str, ...]
    is_ready: Callable[[], bool]
    running: asyncio.subprocess.Process | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What `run` needs: settings, the children's environment, the certificate for https, where to speak."""

    settings: Settings
    environ: Mapping[str, str]
    certificate: LocalCertificate | None
    say: Callable[[str], object]


def run_all(run: Run) -> int:
    """Run the three until Ctrl-C, SIGTERM or the death of one; answers the exit code."""
    _require_free(run.settings.port, "PORTAL_PORT")
    _require_free(run.settings.exchange_port, "PORTAL_EXCHANGE_PORT")
    return asyncio.run(_run(run))


def _require_free(port: int, variable: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotRun(
                f"port {port} is in use: stop what uses it, or type `{variable}={port + 10} make run`"
            ) from error


async def _run(run: Run) -> int:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    exchange, portal, worker = children = _children(run)
    stopping = asyncio.create_task(stop.wait())
    working = asyncio.create_task(_start_and_watch(run, exchange, (portal, worker)))
    try:
        await asyncio.wait({stopping, working}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            return 0
        run.say(working.result())
        return 1
    finally:
        stopping.cancel()
        working.cancel()
        await _stop(children)


async def _start_and_watch(run: Run, exchange: Child, others: tuple[Child, ...]) -> str:
    """Start all, say that they are ready, then wait; answers what went wrong, in words."""
    await _start(exchange, run.environ)
    if problem := await _prepare(run):
        return problem
    for child in others:
        await _start(child, run.environ)
    children = (exchange, *others)
    deaths = [asyncio.create_task(_death(child.name, child.running)) for child in children if child.running]
    ready = asyncio.create_task(_until_ready(children))
    done, _ = await asyncio.wait({*deaths, ready}, return_when=asyncio.FIRST_COMPLETED)
    if ready in done:
        if slow := ready.result():
            return f"{slow} was not ready after {READY_SECONDS} s: see {run.settings.data / 'logs'}"
        run.say(_welcome(run))
        done, _ = await asyncio.wait(deaths, return_when=asyncio.FIRST_COMPLETED)
    return str(done.pop().result())


async def _prepare(run: Run) -> str | None:
    """Tables, pilot services and demo people, in a process of its own: the supervisor stays small."""
    code = await (await _start(Child("demo", ("demo",), lambda: True), run.environ)).wait()
    return f"preparing the database failed (exit code {code})" if code else None


async def _start(child: Child, environ: Mapping[str, str]) -> asyncio.subprocess.Process:
    child.running = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "portal",
        "--with-parent",
        *child.arguments,
        cwd=ROOT,
        env=dict(environ),
        stdin=asyncio.subprocess.PIPE,
        # Ctrl-C reaches only us, so that the three stop in our order.
        start_new_session=True,
    )
    return child.running


async def _death(name: str, running: asyncio.subprocess.Process) -> str:
    code = await running.wait()
    return f"{name} has stopped (exit code {code}); stopping the others"


async def _until_ready(children: tuple[Child, ...]) -> str | None:
    """Wait for each; answers the name of one that took too long."""
    loop = asyncio.get_running_loop()
    end = loop.time() + READY_SECONDS
    for child in children:
        while not await loop.run_in_executor(None, child.is_ready):
            if loop.time() > end:
                return child.name
            await asyncio.sleep(LOOK_SECONDS)
    return None


async def _stop(children: tuple[Child, ...]) -> None:
    """Ask all to stop; whoever has not after a few seconds is ended."""
    alive = [child.running for child in children if child.running and child.running.returncode is None]
    for one in alive:
        with contextlib.suppress(ProcessLookupError):
            one.terminate()
    waits = [asyncio.create_task(one.wait()) for one in alive]
    if waits:
        await asyncio.wait(waits, timeout=STOP_SECONDS)
    for one in alive:
        if one.returncode is None:
            one.kill()
            await one.wait()


def _children(run: Run) -> tuple[Child, Child, Child]:
    settings, certificate = run.settings, run.certificate
    mark = worker_mark(settings)
    mark.unlink(missing_ok=True)
    serve: tuple[str, ...] = ("serve",)
    if certificate:
        paths = ("--certificate", str(certificate.certificate), "--key", str(certificate.key))
        serve = (*serve, "--host", "0.0.0.0", *paths)  # noqa: S104  a phone on the same network is the point
    authority = certificate.authority if certificate else None
    return (
        Child("exchange", ("exchange",), lambda: _answers(settings.exchange_port, "/healthz", None)),
        Child("portal", serve, lambda: _answers(settings.port, "/readyz", authority)),
        Child("worker", ("worker",), mark.exists),
    )


def _answers(port: int, path: str, authority: Path | None) -> bool:
    """Whether a server of ours on this machine says 200."""
    connection = (
        http.client.HTTPSConnection("127.0.0.1", port, timeout=2, context=_trusting(authority))
        if authority
        else http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    )
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _trusting(authority: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=authority)


def _welcome(run: Run) -> str:
    people = run.settings.data / "demo.txt"
    return f"Shohoj Sheba is ready: {run.settings.base_url}/  (demo people: {people}; Ctrl-C stops it)"
