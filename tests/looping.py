"""Runs a coroutine to its end, whatever else runs in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def finish[Result](work: Coroutine[Any, Any, Result]) -> Result:
    """What `work` answers. In a thread of its own: a browser test before may have left a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
