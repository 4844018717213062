"""The house rules that a linter does not know: sizes, names, who reads the environment, what maps name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from portal.settings import ROOT

LONGEST_FUNCTION = 40
LONGEST_FILE = 400
LONGEST_TEMPLATE = 120
LONGEST_DECISION = 40

# Words that say nothing about what a thing is; none is the name of anything.
BANNED_NAMES = {"manager", "helper", "helpers", "util", "utils", "common", "data", "info", "process"}
# Nor part of the name of a file, a class or a function.
BANNED_PARTS = {"manager", "helper", "helpers", "util", "utils", "common", "info"}
# The contract names the variable PORTAL_DATA.
ALLOWED = {("portal/settings.py", "data")}

SOURCES = sorted(
    path for part in ("portal", "accessibility", "tests") for path in (ROOT / part).rglob("*.py")
)
TEMPLATES = sorted((ROOT / "portal" / "templates").rglob("*.html"))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return (node for node in ast.walk(_tree(path)) if isinstance(node, kinds))


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{_name(path)}:{node.lineno} {node.name}: {length} lines"
        for path in SOURCES
        for node in _functions(path)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long


def test_no_file_is_too_long_to_know() -> None:
    assert not _longer(SOURCES, LONGEST_FILE)


def test_no_template_is_too_long_to_see() -> None:
    assert not _longer(TEMPLATES, LONGEST_TEMPLATE)


def test_a_decision_fits_on_a_page_and_has_its_number() -> None:
    decisions = sorted((ROOT / "portal" / "decisions").glob("*"))
    assert decisions
    assert not _longer(decisions, LONGEST_DECISION)
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name) for path in decisions)
    numbers = [path.name[:4] for path in decisions]
    assert len(numbers) == len(set(numbers)), "two decisions with one number"


def _longer(paths: list[Path], limit: int) -> list[str]:
    lengths = ((path, len(path.read_text(encoding="utf-8").splitlines())) for path in paths)
    return [f"{_name(path)}: {length} lines, at most {limit}" for path, length in lengths if length > limit]


def test_nothing_has_a_name_that_says_nothing() -> None:
    found = [
        f"{_name(path)}: {name}"
        for path in SOURCES
        for name in (*_empty_words(path), *_empty_parts(path))
        if (_name(path), name) not in ALLOWED
    ]
    assert not found


def _empty_words(path: Path) -> Iterator[str]:
    names = filter(None, map(_given_name, ast.walk(_tree(path))))
    return (name for name in names if name.strip("_").lower() in BANNED_NAMES)


def _given_name(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
            return name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case _:
            return None


def _empty_parts(path: Path) -> Iterator[str]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    defined = [node.name for node in ast.walk(_tree(path)) if isinstance(node, kinds)]
    for name in (path.stem, *defined):
        parts = {part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}
        if parts & BANNED_PARTS:
            yield name


def test_only_the_command_line_reads_the_environment() -> None:
    readers = {
        _name(path)
        for path in SOURCES
        if path.is_relative_to(ROOT / "portal")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv", "os.environb")
    }
    assert readers <= {"portal/__main__.py"}


def test_only_the_error_pages_catch_everything() -> None:
    catchers = {
        _name(path)
        for path in SOURCES
        if path.is_relative_to(ROOT / "portal")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node)
    }
    assert catchers <= {"portal/web/errors.py"}


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    named = handler.type
    if isinstance(handler.body[-1], ast.Raise):
        return False  # it cleans up and lets the error go on
    return named is None or (isinstance(named, ast.Name) and named.id in ("Exception", "BaseException"))


def test_templates_escape_everything() -> None:
    unescaped = [_name(path) for path in TEMPLATES if re.search(r"\|\s*safe\b|autoescape", path.read_text())]
    assert not unescaped


def test_the_portal_names_no_service() -> None:
    keys = [path.parent.name for path in (ROOT / "services").glob("*/service.toml")]
    spellings = {spelling for key in keys for spelling in (key, key.replace("_", "-"))}
    files = [path for path in (ROOT / "portal").rglob("*") if path.suffix in (".py", ".html")]
    naming = [
        f"{_name(path)}: {word}"
        for path in files
        for word in spellings
        if re.search(rf"\b{word}\b", path.read_text("utf-8"))
    ]
    assert not naming


@pytest.mark.parametrize("document", ["README.md", "portal/README.md", "CONTRIBUTING.md"])
def test_every_file_a_map_names_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|toml|html|typ|css))(?::\w+)?`", text)
    made_later = ("build/", "var/", ".venv/", "node_modules/")
    there = "\n".join(f"/{path}/" for path in _paths())
    missing = [
        name for name in named if not name.startswith(made_later) and f"/{name.rstrip('/')}/" not in there
    ]
    assert not missing


@cache
def _paths() -> tuple[str, ...]:
    """Every file and folder that is ours."""
    parts = ("portal", "services", "locales", "static", "accessibility", "tests", ".ci")
    deep = (path for part in parts for path in (ROOT / part, *(ROOT / part).rglob("*")))
    return tuple(_name(path) for path in (*deep, *ROOT.glob("*")))
