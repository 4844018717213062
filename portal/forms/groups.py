"""Groups of questions that services share: spread out where a step or a question says `use`.

A group is a raw definition of its own (`services/_groups/<key>.toml`, or `[[groups]]` in a service). Used
with a prefix, its questions, steps, exits, documents and registries get keys that begin with it, and rules in
the group follow. What is published holds the questions themselves: a group changed later changes no version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

type Raw = dict[str, Any]
_REFERENCE = re.compile(r"\$([a-z][a-z0-9_]*)((?:\.[a-z][a-z0-9_]*)?)")
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_USE_KEYS = frozenset(
    {
        "use",
        "prefix",
        "section",
        "show_if",
        "satisfied_by",
        "repeat",
        "words",
        "only",
        "leave_out",
        "change",
        "document",
    }
)


class GroupProblem(ValueError):
    """A use of a group that makes no sense; the message says where and what to write."""


@dataclass(frozen=True)
class Spread:
    """What one use of a group brings: steps, and parts of the service that come with it."""

    steps: list[Raw]
    questions: list[Raw]
    more: Mapping[str, list[Raw]]


@dataclass(frozen=True)
class Use:
    """One use: which group, under which prefix, with which words and changes."""

    group: Raw
    raw: Raw
    where: str

    @property
    def prefix(self) -> str:
        return str(self.raw.get("prefix", ""))

    @property
    def names(self) -> frozenset[str]:
        """The keys that get the prefix: the group's questions and its documents."""
        documents = (document["key"] for document in self.group.get("documents", ()))
        return frozenset([*(str(one["key"]) for one in questions_of(self.group)), *map(str, documents)])

    def key(self, key: str) -> str:
        """A question's key under the prefix; a key of the service's own stays."""
        return f"{self.prefix}_{key}" if self.prefix and key in self.names else key

    def page_key(self, key: str) -> str:
        """A step's or an exit's key under the prefix."""
        return f"{self.prefix.replace('_', '-')}-{key}" if self.prefix else key

    def takes(self, key: str) -> bool:
        """Whether that question of the group is wanted."""
        only, out = self.raw.get("only"), self.raw.get("leave_out", ())
        return (only is None or key in only) and key not in out

    def rule(self, raw: object) -> object:
        """A rule with the group's own questions under their new keys."""
        if isinstance(raw, str):
            return _REFERENCE.sub(lambda found: f"${self.key(found[1])}{found[2]}", raw)
        if isinstance(raw, Mapping):
            return {name: self.rule(part) for name, part in raw.items()}
        return [self.rule(part) for part in raw] if isinstance(raw, (list, tuple)) else raw

    def said(self, raw: object, tag: str = "") -> object:
        """Words with what stands for `{who}` and the like put in, language by language."""
        if isinstance(raw, Mapping):
            return {name: self.said(part, str(name)) for name, part in raw.items()}
        if isinstance(raw, list):
            return [self.said(part, tag) for part in raw]
        return _PLACE.sub(lambda found: self._word(found[1], tag), raw) if isinstance(raw, str) else raw

    def _word(self, name: str, tag: str) -> str:
        words = {**self.group.get("words", {}), **self.raw.get("words", {})}.get(name)
        if words is None:
            raise GroupProblem(f"{self.where}: the group says “{{{name}}}”; give it words: words.{name}")
        return str(words.get(tag) or words.get(tag.partition("-")[0]) or words.get("bn", ""))


def questions_of(group: Raw) -> Iterator[Raw]:
    """Every question of a group, on a step or not."""
    yield from group.get("questions", ())
    for step in group.get("steps", ()):
        yield from step.get("questions", ())


def spread(use: Use) -> Spread:
    """The group's parts under their new keys, in their new words."""
    unknown = sorted((set(use.raw.get("only", ())) | use.raw.get("change", {}).keys()) - use.names)
    if unknown:
        raise GroupProblem(f"{use.where}: the group has no question “{unknown[0]}”")
    more = {name: [_part(use, one) for one in use.group.get(name, ())] for name in ("exits", "documents")}
    more["registries"] = [one for raw in use.group.get("registries", ()) if (one := _registry(use, raw))]
    return Spread(_steps(use), [_question(use, one) for one in _wanted(use)], more)


def _wanted(use: Use) -> list[Raw]:
    return [one for one in questions_of(use.group) if use.takes(str(one["key"]))]


def _steps(use: Use) -> list[Raw]:
    built: list[Raw] = []
    for step in use.group.get("steps", ()):
        asked = [_question(use, one) for one in step.get("questions", ()) if use.takes(str(one["key"]))]
        if not asked and not (step.get("document") and use.takes(str(step["document"]))):
            continue
        built.append({**_part(use, step), **({"questions": asked} if asked else {})})
    for step in built:
        step["section"] = use.raw.get("section", step.get("section"))
        _joined(use, step)
        if "repeat" in use.raw:
            step["repeats_with"] = built[0]["key"]
    if built and "repeat" in use.raw:
        del built[0]["repeats_with"]
        built[0]["repeat"] = use.raw["repeat"]
    return built


def _joined(use: Use, step: Raw) -> None:
    """The use's own conditions beside the step's."""
    if "show_if" in use.raw:
        rules = [use.raw["show_if"], *([step["show_if"]] if "show_if" in step else [])]
        step["show_if"] = rules[0] if len(rules) == 1 else {"all": rules}
    if "satisfied_by" in use.raw:
        step.setdefault("satisfied_by", use.raw["satisfied_by"])


def _part(use: Use, raw: Raw) -> Raw:
    """A step, an exit or a document group under its new keys."""
    part = cast("Raw", use.said({name: said for name, said in raw.items() if name != "questions"}))
    for name in ("show_if", "when"):
        if name in part:
            part[name] = use.rule(raw[name])
    if "satisfied_by" in part:
        part["satisfied_by"] = _satisfied(use, raw["satisfied_by"])
    if "document" in part:
        part["document"] = use.key(str(raw["document"]))
    is_question_key = "alternatives" in raw
    part["key"] = use.key(str(raw["key"])) if is_question_key else use.page_key(str(raw["key"]))
    if "repeats_with" in part:
        part["repeats_with"] = use.page_key(str(raw["repeats_with"]))
    return part


def _satisfied(use: Use, raw: Raw) -> Raw:
    found = {**raw}
    if "rule" in raw:
        found["rule"] = use.rule(raw["rule"])
    if "question" in raw:
        found |= {"question": use.key(raw["question"]), "registry": _registry_key(use, raw["registry"])}
    return found


def _question(use: Use, raw: Raw) -> Raw:
    change = use.raw.get("change", {}).get(raw["key"], {})
    asked = {**cast("Raw", use.said(raw)), "key": use.key(str(raw["key"])), **change}
    if "from_registry" in asked:
        asked["from_registry"] = {
            **raw["from_registry"],
            "registry": _registry_key(use, raw["from_registry"]["registry"]),
        }
        asked["shared"] = True  # for `spreading` alone: it may have to forget the registry
    return asked


def _registry_key(use: Use, key: str) -> str:
    """A registry of the group's own is the prefix's own too; the service's is the same for all."""
    own = {registry["key"] for registry in use.group.get("registries", ())}
    return f"{use.prefix}_{key}" if use.prefix and (key in own or not own) else key


def _registry(use: Use, raw: Raw) -> Raw | None:
    """The group's registry, where the questions it rests on are asked."""
    needed = {raw["consent"], *raw["match"].values()} & use.names
    if not all(use.takes(key) for key in needed):
        return None
    asked = [one["from_registry"] for one in _wanted(use) if "from_registry" in one]
    paths = [
        path
        for one in asked
        if one["registry"] == raw["key"]
        for path in (one.get("field"), *one.get("parts", {}).values())
    ]
    used = {str(path).partition(".")[0] for path in paths if path}
    return {
        **cast("Raw", use.said(raw)),
        "key": _registry_key(use, raw["key"]),
        "consent": use.key(raw["consent"]),
        "match": {name: use.key(key) for name, key in raw["match"].items()},
        "fields": [field for field in raw["fields"] if field in used],
    }


def check_use(raw: Raw, where: str) -> None:
    """Raises GroupProblem for a key that a use does not take."""
    unknown = sorted(raw.keys() - _USE_KEYS - {"key"})
    if unknown:
        raise GroupProblem(f"{where}.{unknown[0]}: a use of a group does not take it; see change = {{ … }}")
