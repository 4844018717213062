"""Versions: what a definition may not do to the one before it, and translations older than their source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from portal.forms.checks.problem import Problem, at_question
from portal.forms.checks.words import texts
from portal.forms.definition import Service
from portal.i18n.messages import lazy
from portal.i18n.text import Text

SOURCE = "bn"  # the language words are first written in


def check(service: Service, before: Service | None) -> Iterator[Problem]:
    """Every question whose key meant another kind, or whose option another thing, in the version before."""
    if before is None:
        return
    kinds = {question.key: question.kind for question in before.questions}
    for step in service.steps:
        for question in step.questions:
            was = kinds.get(question.key)
            if was is not None and was != question.kind:
                message = lazy(
                    "“{key}” was of kind {was}; a key never changes its kind: choose a new key",
                    key=question.key,
                    was=was,
                )
                yield Problem(at_question(step.key, question.key), message)


def stale(service: Service, seen: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """Translations that stayed while their Bangla changed since `seen`, what `fingerprints` last gave."""
    for where, now in fingerprints(service).items():
        was = seen.get(where)
        if was is None or was.get(SOURCE) == now.get(SOURCE):
            continue
        for code in sorted(now.keys() - {SOURCE}):
            if was.get(code) == now[code]:
                message = lazy(
                    "The {code} words are older than the Bangla ones; look at them again", code=code
                )
                yield Problem(where, message)


def fingerprints(service: Service) -> dict[str, dict[str, str]]:
    """A short digest of every text by where it stands and by language."""
    return {where: _digests(text) for where, text in texts(service, "")}


def _digests(text: Text) -> dict[str, str]:
    return {code: hashlib.sha256(text.words(code).encode()).hexdigest()[:12] for code in sorted(text.codes)}
