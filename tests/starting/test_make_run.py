"""`make run`: three processes, one line, and nothing left behind, however it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.running import ROOT, free_ports

pytestmark = pytest.mark.slow

READY_SECONDS = 30
STOP_SECONDS = 5


class Started:
    """`python -m portal run` in a folder of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.data = folder / "var"
        self.port, self.exchange_port = free_ports(2)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        self.running = subprocess.Popen(
            [sys.executable, "-m", "portal", "run", *arguments],
            cwd=ROOT,
            env={
                **kept,
                "PORTAL_DATA": str(self.data),
                "PORTAL_PORT": str(self.port),
                "PORTAL_EXCHANGE_PORT": str(self.exchange_port),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def first_line(self) -> str:
        assert self.running.stdout is not None
        return self.running.stdout.readline()

    def rest(self) -> str:
        return self.running.communicate(timeout=READY_SECONDS)[0]

    def children(self) -> dict[str, int]:
        """Process ids by command, found by the data folder in their environment."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (folder / "cmdline").read_bytes().split(b"\0")
                if b"--with-parent" in words and str(self.data).encode() in (folder / "environ").read_bytes():
                    found[words[words.index(b"--with-parent") + 1].decode()] = int(folder.name)
        return found


@pytest.fixture
def started(tmp_path: Path, built: Path) -> Iterator[Started]:
    one = Started(tmp_path)
    yield one
    stop(one)


def stop(one: Started) -> None:
    if one.running.poll() is None:
        one.running.terminate()
    one.running.communicate(timeout=READY_SECONDS)


def gone(one: Started, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while one.children():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_one_line_with_the_address_when_all_three_are_ready(started: Started) -> None:
    line = started.first_line()
    assert f"http://127.0.0.1:{started.port}/" in line
    assert set(started.children()) == {"serve", "exchange", "worker"}
    for port in (started.port, started.exchange_port):
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    assert "0012345601" in (started.data / "demo.txt").read_text()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_within_five_seconds_and_leaves_nobody_behind(started: Started, how: signal.Signals) -> None:
    started.first_line()
    asked = time.monotonic()
    started.running.send_signal(how)
    assert started.rest() == ""
    assert started.running.returncode == 0
    assert time.monotonic() - asked < STOP_SECONDS
    assert started.children() == {}


@pytest.mark.parametrize("name", ["serve", "worker", "exchange"])
def test_when_one_dies_it_says_which_and_stops_the_others(started: Started, name: str) -> None:
    started.first_line()
    os.kill(started.children()[name], signal.SIGKILL)
    assert {"serve": "portal"}.get(name, name) in started.rest()
    assert started.running.returncode == 1
    assert started.children() == {}


def test_its_children_end_with_it_even_when_it_is_killed(started: Started) -> None:
    started.first_line()
    started.running.kill()
    assert gone(started, STOP_SECONDS)


def test_a_second_run_on_the_same_port_is_told_what_to_type(started: Started) -> None:
    started.first_line()
    command = [sys.executable, "-m", "portal", "run"]
    environ = {**os.environ, "PORTAL_PORT": str(started.port), "PORTAL_DATA": str(started.data)}
    again = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert again.returncode == 1
    assert re.search(rf"port {started.port} is in use.*PORTAL_PORT=\d+", again.stderr)


def test_https_serves_a_certificate_that_its_own_authority_vouches_for(tmp_path: Path, built: Path) -> None:
    one = Started(tmp_path, "--https")
    try:
        assert "https://" in one.first_line()
        authority = one.data / "certificates" / "authority.pem"
        assert certified(one.port, authority)
    finally:
        stop(one)


def certified(port: int, authority: Path) -> bool:
    import ssl

    trusting = ssl.create_default_context(cafile=authority)
    with (
        socket.create_connection(("127.0.0.1", port), timeout=5) as plain,
        trusting.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        return secure.version() in ("TLSv1.2", "TLSv1.3")
