"""Starting things: one process, the three of `make run` together, a local certificate, the demo people."""

from __future__ import annotations

from pathlib import Path

from portal.settings import Settings


def worker_mark(settings: Settings) -> Path:
    """The file that says a worker of this data folder is at work."""
    return settings.data / "worker.ready"
