"""Turns a definition as an owner writes it into what is published: groups and papers become plain steps."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portal.forms.document_steps import document_steps
from portal.forms.groups import GroupProblem, Spread, Use, check_use, spread

type Raw = dict[str, Any]
FOLDER = "_groups"


def load_groups(services: Path) -> dict[str, Raw]:
    """The groups all services share, by key. Raises OSError, UnicodeDecodeError, TOMLDecodeError."""
    files = sorted((services / FOLDER).glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def spread_out(raw: Raw, shared: Mapping[str, Raw]) -> Raw:
    """`raw` without `use` and `document`. Raises GroupProblem; leaves all other mistakes to the reader."""
    groups = {**shared, **{str(one.get("key")): one for one in _tables(raw, "groups")}}
    service = {name: part for name, part in raw.items() if name != "groups"}
    documents = {str(one.get("key")): one for one in _tables(raw, "documents")}
    steps: list[Raw] = []
    for step in _tables(raw, "steps"):
        brought, more = _step(step, groups)
        for name, parts in more.items():
            service[name] = [*_tables(service, name), *parts]
        documents |= {str(one["key"]): one for one in more.get("documents", ())}
        for one in brought:
            steps += _papers(one, documents)
    if "steps" in raw:
        service["steps"] = steps
    for name in ("exits", "documents", "registries"):
        if name in service and not service[name]:
            del service[name]
    _forget_unknown_registries(service)
    return service


def _tables(raw: Raw, name: str) -> Iterator[Raw]:
    listed = raw.get(name, ())
    return (one for one in listed if isinstance(one, dict)) if isinstance(listed, (list, tuple)) else iter(())


def _step(step: Raw, groups: Mapping[str, Raw]) -> tuple[list[Raw], Mapping[str, list[Raw]]]:
    where = f"steps.{step.get('key') or step.get('prefix') or step.get('use')}"
    if "use" in step:
        check_use(step, where)
        found = _spread(step, groups, where)
        return found.steps, found.more
    listed = list(_tables(step, "questions"))
    if not any("use" in one for one in listed):
        return [step], {}
    questions: list[Raw] = []
    more: dict[str, list[Raw]] = {}
    for one in listed:
        if "use" not in one:
            questions.append(one)
            continue
        found = _spread(one, groups, f"{where}.questions")
        questions += found.questions
        more = {name: [*more.get(name, ()), *parts] for name, parts in found.more.items()}
    return [{**step, "questions": questions}], more


def _spread(raw: Raw, groups: Mapping[str, Raw], where: str) -> Spread:
    group = groups.get(str(raw["use"]))
    if group is None:
        known = ", ".join(sorted(groups)) or "none"
        raise GroupProblem(f"{where}.use: there is no group “{raw['use']}”; there are: {known}")
    return spread(Use(group, raw, where))


def _papers(step: Raw, documents: Mapping[str, Raw]) -> list[Raw]:
    if "document" not in step:
        return [step]
    document = documents.get(str(step["document"]))
    if document is None:
        raise GroupProblem(
            f"steps.{step.get('key')}.document: there is no group of papers “{step['document']}”"
        )
    return document_steps(step, document)


def _forget_unknown_registries(service: Raw) -> None:
    """A shared question may name a registry this service does not ask; then it is simply asked."""
    known = {str(one.get("key")) for one in _tables(service, "registries")}
    for step in _tables(service, "steps"):
        for question in _tables(step, "questions"):
            source = question.get("from_registry")
            if (
                question.pop("shared", False)
                and isinstance(source, dict)
                and source.get("registry") not in known
            ):
                del question["from_registry"]
