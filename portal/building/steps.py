"""Build steps that run again only when what they are made from has changed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

STAMPS = "stamps.json"


class BuildFailed(Exception):
    """A part of `build/` could not be made; the message says what is missing and what to do."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of `build/`: made by `make` from the files `sources`, leaving the files `results`."""

    name: str
    sources: tuple[Path, ...]
    results: tuple[Path, ...]
    make: Callable[[], object]


def run_steps(steps: Sequence[Step], build: Path, say: Callable[[str], object]) -> tuple[str, ...]:
    """Run the steps whose sources changed or whose results are gone; answers their names."""
    stamps = _read_stamps(build)
    made = []
    for step in steps:
        digest = digest_of(step.sources)
        if stamps.get(step.name) == digest and all(path.exists() for path in step.results):
            continue
        say(f"building {step.name}")
        step.make()
        stamps[step.name] = digest
        _write_stamps(build, stamps)
        made.append(step.name)
    return tuple(made)


def digest_of(sources: Iterable[Path]) -> str:
    """SHA-256 over paths and contents; a file that is not there counts as such."""
    digest = hashlib.sha256()
    for path in sorted(sources):
        content = path.read_bytes() if path.is_file() else b"(none)"
        digest.update(f"{path.as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def _read_stamps(build: Path) -> dict[str, str]:
    try:
        stamps = json.loads((build / STAMPS).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return {str(name): str(digest) for name, digest in stamps.items()}


def _write_stamps(build: Path, stamps: dict[str, str]) -> None:
    write_whole(build / STAMPS, json.dumps(stamps, indent=1, sort_keys=True).encode())
