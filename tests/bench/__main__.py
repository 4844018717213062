"""`make bench`: bytes and processor time of the pages people meet, beside a floor of the same run."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import httpx2

from portal.settings import ROOT
from tests.bench.floor import Floor
from tests.running import RunningPortal

WARM = 30
COUNT = 300
SERVICE = "citizenship-certificate"
FROM_HERE = {"accept-encoding": "br", "sec-fetch-site": "same-origin"}
# Bytes of the body, from the performance budgets: the first page of questions, and any later page.
BUDGETS = {"first question": 6_000, "the question again, with an error": 2_500}


@dataclass(frozen=True, slots=True)
class Measured:
    """One request, many times: compressed bytes, processor microseconds each, and how many floors that is."""

    name: str
    bytes: int
    microseconds: float
    floors: float


def main() -> None:
    """Measure, print the table, write `build/bench.json`."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        with RunningPortal(Path(folder)) as portal, Floor() as floor:
            start_seconds = time.monotonic() - started
            least = _microseconds(floor.pid, partial(floor.client.get, "/"))
            pages = [_measured(portal, name, ask, least) for name, ask in _requests(portal)]
            memory = {name: _resident(child.pid) for name, child in portal.children.items()}
    result = {
        "load": os.getloadavg()[0],
        "floor_microseconds": least,
        "start_seconds": start_seconds,
        "resident_megabytes": memory,
        "pages": [asdict(page) for page in pages],
    }
    (ROOT / "build" / "bench.json").write_text(json.dumps(result, indent=1))
    _show(result, pages)


def _requests(portal: RunningPortal) -> Iterator[tuple[str, Callable[[], httpx2.Response]]]:
    client = httpx2.Client(base_url=portal.base_url, headers=FROM_HERE, trust_env=False, timeout=20)
    for name, path in (
        ("home", "/bn/"),
        ("services", "/bn/services"),
        ("a search", "/bn/services?q=সনদ"),
        ("service page", f"/bn/services/{SERVICE}"),
    ):
        yield name, partial(client.get, path)
    step = client.post(f"/bn/apply/{SERVICE}").headers["location"]
    yield "first question", partial(client.get, step)
    yield "the question again, with an error", partial(client.post, step)
    client.close()


def _measured(portal: RunningPortal, name: str, ask: Callable[[], httpx2.Response], floor: float) -> Measured:
    spent = _microseconds(portal.children["portal"].pid, ask)
    answer = ask()
    assert answer.status_code in (200, 422), f"{name}: {answer.status_code}"
    return Measured(name, int(answer.headers["content-length"]), spent, spent / floor)


def _microseconds(pid: int, ask: Callable[[], object]) -> float:
    for _ in range(WARM):
        ask()
    before = _processor_nanoseconds(pid)
    for _ in range(COUNT):
        ask()
    return (_processor_nanoseconds(pid) - before) / COUNT / 1_000


def _processor_nanoseconds(pid: int) -> int:
    """Time on a processor, which a busy machine does not lengthen as it does the clock's."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks)


def _resident(pid: int) -> float:
    """Megabytes in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _show(result: dict[str, object], pages: list[Measured]) -> None:
    print(f"{'page':36}{'bytes (br)':>12}{'budget':>9}{'CPU us':>9}{'floors':>8}")
    for page in pages:
        budget = BUDGETS.get(page.name, "")
        print(f"{page.name:36}{page.bytes:>12}{budget:>9}{page.microseconds:>9.0f}{page.floors:>8.1f}")
    print(f"\nfloor {result['floor_microseconds']:.0f} us, started in {result['start_seconds']:.1f} s")
    print(f"memory, MB: {result['resident_megabytes']}; load average {result['load']:.1f}")


if __name__ == "__main__":
    main()
