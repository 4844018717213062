"""What a registry's record answers: its fields turned into answers each question itself would take."""

from __future__ import annotations

from collections.abc import Mapping

from portal.forms.answers import SKIPPED, Value
from portal.forms.definition import Question, RegistryField, Service
from portal.forms.questions import Around, kind_of


def read_record(
    service: Service, registry: str, record: Mapping[str, object], around: Around
) -> dict[str, Value]:
    """Question key to value for every question that `registry` answers.

    A field that is absent, empty or that its question would not take is left out: the person is asked.
    """
    read = {}
    for question in service.questions:
        if question.from_registry is None or question.from_registry.registry != registry:
            continue
        value = _value(question, _said(record, question.from_registry), around)
        if value is not None:
            read[question.key] = value
    return read


def _said(record: Mapping[str, object], source: RegistryField) -> object:
    if source.field is not None:
        return _field(record, source.field)
    return {part: _field(record, path) for part, path in source.parts.items()}


def _field(record: Mapping[str, object], path: str) -> object:
    found: object = record
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _value(question: Question, said: object, around: Around) -> Value | None:
    kind = kind_of(question)
    if isinstance(said, Mapping):
        parts = {str(part): str(words) for part, words in said.items() if words}
        wanted = {field.removeprefix(f"{question.key}-") for field in kind.fields(question)}
        typed = kind.typed(question, {part: parts[part] for part in parts.keys() & wanted}, around)
    elif isinstance(said, (str, int)) and not isinstance(said, bool):
        typed = kind.typed(question, said, around)
    else:
        return None
    parsed = kind.parse(question, typed, around)
    return None if parsed.faults or parsed.value == SKIPPED else parsed.value
