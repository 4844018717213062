"""Time on a processor, which holds on a busy machine, and durable writes, which tell how busy it was."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

WARM = 30
COUNT = 300
WRITES = 200


def microseconds(pid: int, ask: Callable[[], object]) -> float:
    """Processor time that process `pid` spends on one `ask`, in microseconds."""
    for _ in range(WARM):
        ask()
    before = _nanoseconds(pid)
    for _ in range(COUNT):
        ask()
    return (_nanoseconds(pid) - before) / COUNT / 1_000


def durable_writes(folder: Path) -> float:
    """How many small writes a second reach the disk, one after the other: the ceiling of any database."""
    place = os.open(folder / "ceiling", os.O_CREAT | os.O_WRONLY)
    began = time.perf_counter()
    for _ in range(WRITES):
        os.pwrite(place, b"x" * 4096, 0)
        os.fdatasync(place)
    took = time.perf_counter() - began
    os.close(place)
    return WRITES / took


def megabytes(pid: int) -> float:
    """What a process keeps in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _nanoseconds(pid: int) -> int:
    """Time on a processor, which a busy machine does not lengthen as it does the clock's."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks)
