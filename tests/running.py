"""A real portal: its processes on free ports with a folder of their own, to be killed one by one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import httpx2

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30
STOP_SECONDS = 8
PROCESSES = {"exchange": "exchange", "portal": "serve", "worker": "worker"}


class DidNotStart(AssertionError):
    """A process ended or did not become ready; the message carries its last words."""


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on now, all different."""
    with ExitStack() as open_sockets:
        found = [open_sockets.enter_context(socket.socket()) for _ in range(count)]
        for one in found:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in found]


class RunningPortal:
    """Portal, exchange and worker as three processes; stopped by their ids when the block ends."""

    def __init__(self, folder: Path, environ: Mapping[str, str] | None = None) -> None:
        """Choose ports and a data folder; nothing runs before `start`."""
        self.folder = folder / "var"
        self.logs = folder / "output"
        self.logs.mkdir(parents=True, exist_ok=True)
        port, exchange_port = free_ports(2)
        self.base_url = f"http://127.0.0.1:{port}"
        self.exchange_url = f"http://127.0.0.1:{exchange_port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        self.environ = {
            **kept,
            "PORTAL_PORT": str(port),
            "PORTAL_EXCHANGE_PORT": str(exchange_port),
            "PORTAL_DATA": str(self.folder),
            "PORTAL_INTAKE_SECONDS": "2",
            **(environ or {}),
        }
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> RunningPortal:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Prepare the database, then start the three and wait until they are ready."""
        try:
            self._prepare()
            for name in PROCESSES:
                self.start_one(name)
        except BaseException:
            self.stop()
            raise

    def start_one(self, name: str) -> None:
        """Start "exchange", "portal" or "worker" and wait until it is ready."""
        if name == "worker":
            # A killed worker leaves the mark by which a living one is known.
            (self.folder / "worker.ready").unlink(missing_ok=True)
        self.children[name] = self._spawn(name, PROCESSES[name])
        end = time.monotonic() + START_SECONDS
        while not self._is_ready(name):
            if self.children[name].poll() is not None or time.monotonic() > end:
                raise DidNotStart(f"{name}: {self._last_words(name)}")
            time.sleep(0.05)

    def kill(self, name: str) -> None:
        """Kill -9, as a crash or a power cut would."""
        child = self.children.pop(name)
        child.kill()
        _let_go(child)

    def stop(self) -> None:
        """Ask every process to end, kill what does not."""
        for child in self.children.values():
            child.terminate()
        for child in self.children.values():
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
            _let_go(child)
        self.children.clear()

    def client(self) -> httpx2.Client:
        """A browser without scripts: keeps cookies; the caller closes it."""
        return httpx2.Client(base_url=self.base_url, timeout=20, trust_env=False)

    def fault(self, service: str, fault: str) -> None:
        """Make a service of the exchange misbehave, such as "nid/verify" and "refuse"; "none" mends it."""
        fields = {"service": service, "fault": fault}
        answer = httpx2.post(f"{self.exchange_url}/_faults", data=fields, timeout=10, trust_env=False)
        assert answer.status_code < 400, answer.text

    def _prepare(self) -> None:
        child = self._spawn("demo", "demo")
        if code := child.wait(START_SECONDS):
            _let_go(child)
            raise DidNotStart(f"preparing ended with {code}: {self._last_words('demo')}")
        _let_go(child)

    def _spawn(self, name: str, command: str) -> subprocess.Popen[bytes]:
        with (self.logs / f"{name}.txt").open("ab") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "portal", "--with-parent", command],
                cwd=ROOT,
                env=self.environ,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                # A Ctrl-C meant for the tests is ours to pass on.
                start_new_session=True,
            )

    def _is_ready(self, name: str) -> bool:
        if name == "worker":
            return (self.folder / "worker.ready").exists()
        address = f"{self.base_url}/readyz" if name == "portal" else f"{self.exchange_url}/healthz"
        try:
            return httpx2.get(address, timeout=5, trust_env=False).status_code == 200
        except httpx2.HTTPError:
            return False

    def _last_words(self, name: str) -> str:
        path = self.logs / f"{name}.txt"
        return path.read_text(errors="replace")[-3000:] if path.exists() else "no output"


def _let_go(child: subprocess.Popen[bytes]) -> None:
    if child.stdin:
        child.stdin.close()
    child.wait()
