"""What may lie in the repository: our own work, locked, small, and free of anybody else's addresses."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path

from portal.settings import ROOT

TOP = {
    *(
        ".ci",
        ".editorconfig",
        ".gitignore",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "Makefile",
        "README.md",
    ),
    *(
        "SECURITY.md",
        "accessibility",
        "locales",
        "package-lock.json",
        "package.json",
        "portal",
        "publiccode.yml",
    ),
    *(
        "pyproject.toml",
        "requirements-test.in",
        "requirements-test.txt",
        "requirements.in",
        "requirements.txt",
    ),
    *("services", "static", "tests"),
}
# Somebody else's work, or made by `make`; both are installed, never committed.
FOREIGN = re.compile(
    r"\.(min\.\w+|map|woff2?|ttf|otf|eot|mo|pyc|whl|gz|br|zip|so|exe)$|/vendor/|node_modules"
)
LARGEST = 400_000
LONGEST_LINE = 3_000
# Spelt in two parts, so that this file does not name what it looks for.
INDEXES = [
    ("pypi", ".org"),
    ("python", "hosted.org"),
    ("npm", "js.org"),
    ("npm", "js.com"),
    ("deb.", "debian.org"),
]
PRIVATE = [("/wo", "rk/"), ("/tmp/pl", "an")]
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".html",
    ".css",
    ".js",
    ".json",
    ".txt",
    ".in",
    ".po",
    ".pot",
    ".yml",
    ".csv",
    "",
}


@cache
def _files() -> tuple[Path, ...]:
    """Everything that is committed or would be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.suffix in TEXT else ""


def test_the_top_of_the_repository_stays_as_small_as_it_is() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in _files()} <= TOP


def test_nothing_foreign_or_generated_is_committed() -> None:
    assert not [_name(path) for path in _files() if FOREIGN.search(_name(path))]


def test_no_file_is_large() -> None:
    assert not [_name(path) for path in _files() if path.stat().st_size > LARGEST]


def test_no_script_or_style_is_minified() -> None:
    ours = [path for path in _files() if path.suffix in (".js", ".css")]
    assert not [
        _name(path) for path in ours if max(map(len, _text(path).splitlines()), default=0) > LONGEST_LINE
    ]


def test_no_file_names_a_package_index() -> None:
    hosts = ["".join(parts) for parts in INDEXES]
    assert not [f"{_name(path)}: {host}" for path in _files() for host in hosts if host in _text(path)]


def test_no_file_names_a_place_outside_the_repository() -> None:
    places = ["".join(parts) for parts in PRIVATE]
    assert not [f"{_name(path)}: {place}" for path in _files() for place in places if place in _text(path)]


def test_make_knows_the_commands_that_people_rely_on() -> None:
    commands = {
        "run",
        "test",
        "check",
        "test-full",
        "faults",
        "attack",
        "audit",
        "bench",
        "lock",
        "messages",
        "clean",
    }
    explained = set(re.findall(r"^([a-z-]+):.*## \S", (ROOT / "Makefile").read_text(), re.M))
    assert commands <= explained


def test_every_locked_package_is_pinned_and_hashed() -> None:
    for lock in ("requirements.txt", "requirements-test.txt"):
        entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text().strip())
        assert len(entries) > 20
        assert not [
            entry for entry in entries if not re.match(r"\S+==\S+[^\n]*\\\n    --hash=sha256:", entry)
        ]


def test_tests_run_on_the_versions_that_people_get() -> None:
    assert _pins("requirements.txt").items() <= _pins("requirements-test.txt").items()


def _pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / lock).read_text(), re.M))


def test_the_npm_lock_pins_by_content_and_names_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert packages["node_modules/htmx.org"]["version"] == "4.0.1"


def test_npm_packages_are_pinned_exactly() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())
    versions = {**wanted.get("dependencies", {}), **wanted.get("devDependencies", {})}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())
