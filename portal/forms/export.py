"""A definition written back as TOML: reading it gives the very same service, of the same digest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from portal.forms.definition import Service

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST_LINE = 110
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def as_toml(service: Service) -> str:
    """The whole definition as a service.toml, groups already spread out; defaults are left out."""
    return toml_of(service.model_dump(mode="python", by_alias=True, exclude_defaults=True))


def toml_of(facts: Mapping[str, object]) -> str:
    """Nested dicts, lists, words, whole numbers, yes or no and dates as TOML."""
    return "\n".join(_table((), facts)).strip() + "\n"


def _table(path: tuple[str, ...], facts: Mapping[str, object]) -> Iterator[str]:
    """Plain keys first: what follows a header belongs to it."""
    for key, value in facts.items():
        if not _needs_header(value):
            yield f"{_key(key)} = {_inline(value)}"
    for key, value in facts.items():
        here = (*path, _key(key))
        if isinstance(value, Mapping) and _needs_header(value):
            yield f"\n[{'.'.join(here)}]"
            yield from _table(here, value)
        elif isinstance(value, (list, tuple)) and _needs_header(value):
            for item in value:
                yield f"\n[[{'.'.join(here)}]]"
                yield from _table(here, item)


def _needs_header(value: object) -> bool:
    """Whether it is a table, or a list of tables, that would not fit on a line."""
    if isinstance(value, Mapping):
        return bool(value) and len(_inline(value)) > _LONGEST_LINE
    is_tables = (
        isinstance(value, (list, tuple)) and bool(value) and all(isinstance(one, Mapping) for one in value)
    )
    return is_tables and len(_inline(value)) > _LONGEST_LINE


def _inline(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, (int, date)):
        return str(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(key)} = {_inline(said)}" for key, said in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_inline(one) for one in value)}]"
    raise TypeError(f"TOML cannot say {type(value).__name__}")


def _quoted(words: str) -> str:
    escaped = "".join(_ESCAPES.get(sign, sign) for sign in words)
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04X}", escaped) + '"'


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)
