"""Holds a JSON value against the part of JSON Schema that the registries' OpenAPI documents use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from portal.settings import ROOT

FOLDER = ROOT / "portal" / "exchange" / "openapi"
_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}
# Words about the schema, which say nothing about the value.
_SILENT = {"description", "format", "$ref"}


class UnknownWord(Exception):
    """A schema says something this checker would not notice."""


@cache
def document(name: str) -> Mapping[str, Any]:
    """One registry's document."""
    written: Mapping[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return written


def problems(name: str, schema: str, value: object) -> list[str]:
    """Where `value` is not what `schema` of the document `name` says; empty when it is."""
    schemas = document(name)["components"]["schemas"]
    return list(_check(schemas, schemas[schema], value, schema))


def _check(schemas: Mapping[str, Any], schema: Mapping[str, Any], value: object, where: str) -> Iterator[str]:
    unknown = schema.keys() - _WORDS.keys() - _SILENT - _INSIDE
    if unknown:
        raise UnknownWord(f"{where}: {unknown}")
    if "$ref" in schema:
        yield from _check(schemas, schemas[schema["$ref"].rpartition("/")[2]], value, where)
    yield from _check_choices(schemas, schema, value, where)
    said = ((word, holds) for word, holds in _WORDS.items() if word in schema)
    yield from (f"{where}: {word}" for word, holds in said if not holds(schema[word], value))
    if isinstance(value, dict):
        yield from _check_object(schemas, schema, value, where)
    for place, one in enumerate(value if isinstance(value, list) else ()):
        yield from _check(schemas, schema.get("items", {}), one, f"{where}[{place}]")


def _check_choices(
    schemas: Mapping[str, Any], schema: Mapping[str, Any], value: object, where: str
) -> Iterator[str]:
    for choice in sorted({"oneOf", "anyOf"} & schema.keys()):
        good = [one for one in schema[choice] if not list(_check(schemas, one, value, where))]
        if not good or (choice == "oneOf" and len(good) > 1):
            yield f"{where}: {len(good)} of {choice}"


def _check_object(
    schemas: Mapping[str, Any], schema: Mapping[str, Any], value: Mapping[str, object], where: str
) -> Iterator[str]:
    known = schema.get("properties", {})
    yield from (f"{where}.{name}: missing" for name in schema.get("required", ()) if name not in value)
    for name, one in value.items():
        rule = known.get(name, schema.get("additionalProperties", True))
        if rule is False:
            yield f"{where}.{name}: not in the document"
        elif isinstance(rule, dict):
            yield from _check(schemas, rule, one, f"{where}.{name}")


def _is_type(names: object, value: object) -> bool:
    wanted = [names] if isinstance(names, str) else list(names) if isinstance(names, list) else []
    if isinstance(value, bool):
        return "boolean" in wanted
    return any(isinstance(value, _TYPES[name]) for name in wanted)


_INSIDE = {"oneOf", "anyOf", "properties", "required", "additionalProperties", "items"}
_WORDS: Mapping[str, Any] = {
    "type": _is_type,
    "enum": lambda codes, value: value in codes,
    "pattern": lambda rule, value: not isinstance(value, str) or re.search(rule, value) is not None,
    "minLength": lambda least, value: not isinstance(value, str) or len(value) >= least,
    "maxLength": lambda most, value: not isinstance(value, str) or len(value) <= most,
    "minItems": lambda least, value: not isinstance(value, list) or len(value) >= least,
    "maxItems": lambda most, value: not isinstance(value, list) or len(value) <= most,
    "minimum": lambda least, value: not isinstance(value, int) or value >= least,
    "maximum": lambda most, value: not isinstance(value, int) or value <= most,
}
