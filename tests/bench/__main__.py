"""`make bench`: bytes and processor time of the pages people meet, beside others serving the same."""

from __future__ import annotations

import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import httpx2

from portal.settings import ROOT
from tests.bench import beside
from tests.bench.processor import durable_writes, megabytes, microseconds
from tests.bench.sizes import Size, sizes
from tests.running import RunningPortal

SERVICE = "citizenship-certificate"
FROM_HERE = {"accept-encoding": "br", "sec-fetch-site": "same-origin"}
# A disk that got this much faster or slower meanwhile makes the figures worthless.
STEADY = 2.0


@dataclass(frozen=True, slots=True)
class Cost:
    """One request, many times: the portal's processor time, and how many peers and floors that is."""

    name: str
    microseconds: float
    peers: float
    floors: float


def main() -> int:
    """Measure, print, write `build/bench.json`; 1 when a page is over its budget or the run unsteady."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ceilings = [durable_writes(folder)]
        began = time.monotonic()
        with RunningPortal(folder) as portal, portal.client() as client:
            start_seconds = time.monotonic() - began
            pages = sizes(client)
            costs = list(_costs(portal, client, folder))
            memory = {name: megabytes(child.pid) for name, child in portal.children.items()}
        ceilings.append(durable_writes(folder))
    result = {
        "load_average": os.getloadavg()[0],
        "durable_writes_per_second": ceilings,
        "is_steady": max(ceilings) < STEADY * min(ceilings),
        "start_seconds": start_seconds,
        "resident_megabytes": memory,
        "pages": [asdict(page) for page in pages],
        "costs": [asdict(cost) for cost in costs],
    }
    (ROOT / "build" / "bench.json").write_text(json.dumps(result, indent=1, ensure_ascii=False))
    _show(pages, costs, result)
    return 1 if any(page.is_over for page in pages) or not result["is_steady"] else 0


def _costs(portal: RunningPortal, client: httpx2.Client, folder: Path) -> Iterator[Cost]:
    for name, ask in _requests(client):
        answer = ask()
        assert answer.status_code in (200, 303, 422), f"{name}: {answer.status_code}"
        packed = client.build_request("GET", "/bn/about", headers=FROM_HERE)
        shown = answer if answer.text else client.send(packed)
        spent = microseconds(portal.children["portal"].pid, ask)
        with beside.peer(shown.text, folder) as peer, beside.floor(shown.content, folder) as floor:
            plain, least = microseconds(peer.pid, peer.ask), microseconds(floor.pid, floor.ask)
        yield Cost(name, spent, spent / plain, spent / least)


def _requests(client: httpx2.Client) -> Iterator[tuple[str, Callable[[], httpx2.Response]]]:
    get = partial(client.get, headers=FROM_HERE)
    post = partial(client.post, headers=FROM_HERE)
    for path in ("/bn/", "/bn/services?q=সনদ", f"/bn/services/{SERVICE}", "/bn/about"):
        yield path, partial(get, path)
    client.cookies.clear()
    first = post(f"/bn/apply/{SERVICE}").headers["location"]
    yield "first question", partial(get, first)
    yield "first question, nothing chosen", partial(post, first)
    areas = itertools.cycle(("union", "city"))
    yield "first question, answered anew", lambda: post(first, data={"residence": next(areas)})
    post(first, data={"residence": "union"})
    for step, typed in (
        ("identity-document", {"identity_document": "nid"}),
        ("nid", {"nid": "0012345608"}),
        ("date-of-birth", {"dob-day": "9", "dob-month": "9", "dob-year": "1969"}),
    ):
        later = first.replace("residence", step)
        post(later, data=typed)
        yield f"{step}, with its answer", partial(get, later)


def _show(pages: list[Size], costs: list[Cost], result: dict[str, object]) -> None:
    print(f"{'page':48}{'raw':>8}{'br-11':>8}{'br-4':>8}{'budget':>8}")
    for page in pages:
        mark = " OVER" if page.is_over else ""
        print(f"{page.name:48}{page.raw:>8}{page.best:>8}{page.sent:>8}{page.budget or '':>8}{mark}")
    print(f"\n{'request':48}{'CPU us':>8}{'peers':>8}{'floors':>8}")
    for cost in costs:
        print(f"{cost.name:48}{cost.microseconds:>8.0f}{cost.peers:>8.1f}{cost.floors:>8.1f}")
    for name in (
        "start_seconds",
        "resident_megabytes",
        "durable_writes_per_second",
        "is_steady",
        "load_average",
    ):
        print(f"{name}: {result[name]}")


if __name__ == "__main__":
    sys.exit(main())
