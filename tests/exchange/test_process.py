"""The stand-in as a process: loses nothing it accepted, writes out nothing personal, shuns production."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from portal.exchange.server import NotInProduction, create_exchange
from portal.settings import ROOT, Settings
from tests.exchange.letters import APPLICATIONS, VERIFY, handover, headers, question

START = (
    "import logging, os\n"
    "logging.basicConfig(level=logging.DEBUG)\n"
    "from portal.exchange.server import serve\n"
    "from portal.settings import Settings\n"
    "serve(Settings.from_environment(os.environ))\n"
)
Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Everything the process writes."""
    return tmp_path / "output.txt"


@pytest.fixture
def start(settings: Settings, output: Path) -> Iterator[Start]:
    """Starts the exchange on the settings' port; whatever still runs at the end is stopped."""
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        environ = os.environ | {
            "PORTAL_DATA": str(settings.data),
            "PORTAL_EXCHANGE_PORT": str(settings.exchange_port),
            "PORTAL_BUILD": str(settings.build),
        }
        with output.open("ab") as sink:
            child = subprocess.Popen(
                [sys.executable, "-c", START], cwd=ROOT, env=environ, stdout=sink, stderr=sink
            )
        started.append(child)
        _wait_until_ready(settings.exchange_url)
        return child

    yield begin
    for child in started:
        child.kill()
        child.wait()


def _wait_until_ready(address: str) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            if httpx2.get(f"{address}/healthz", trust_env=False).json()["people"] >= 200:
                return
        except httpx2.HTTPError:
            time.sleep(0.05)
    pytest.fail("the exchange did not start")


def test_what_was_accepted_survives_kill_9(start: Start, settings: Settings) -> None:
    child = start()
    accepted = []
    with httpx2.Client(base_url=settings.exchange_url, trust_env=False) as portal:
        for number in range(20):
            letter = handover(f"00000000-{number}", reference=f"BD-{number}")
            answer = portal.post(
                APPLICATIONS, json=letter, headers=headers(idempotency_key=letter["submission_id"])
            )
            accepted.append(answer.json())
        child.send_signal(signal.SIGKILL)
        child.wait()
    start()
    with httpx2.Client(base_url=settings.exchange_url, trust_env=False) as portal:
        for receipt in accepted:
            status = portal.get(f"{APPLICATIONS}/{receipt['submission_id']}", headers=headers()).json()
            assert status["case"] == receipt["case"]


def test_no_number_or_birth_date_is_ever_written_out(start: Start, settings: Settings, output: Path) -> None:
    child = start()
    with httpx2.Client(base_url=settings.exchange_url, trust_env=False) as portal:
        assert portal.post(VERIFY, json=question(), headers=headers()).status_code == 200
        assert portal.post(VERIFY, json=question(nid="x1963"), headers=headers()).status_code == 422
        letter = handover()
        key = headers(idempotency_key=letter["submission_id"])
        assert portal.post(APPLICATIONS, json=letter, headers=key).status_code == 201
        assert portal.get(f"{APPLICATIONS}/{letter['submission_id']}", headers=headers()).status_code == 200
    child.terminate()
    child.wait(5)
    written = output.read_text()
    assert "service=DEMO/GOV/EC/nid/verify" in written
    for personal in ("0012345601", "1963", "রহিমা", "Rahima", letter["submission_id"], letter["reference"]):
        assert personal not in written


def test_it_listens_on_the_loopback_address_only(start: Start, settings: Settings) -> None:
    start()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", settings.exchange_port), timeout=2).close()


def test_it_refuses_to_start_in_production(settings: Settings) -> None:
    with pytest.raises(NotInProduction):
        create_exchange(replace(settings, env="production"))
