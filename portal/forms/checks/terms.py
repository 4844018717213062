"""Terms: papers with their source, bands that say whom they are for, people and places that exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from portal.forms.checks.problem import Problem
from portal.forms.definition import Service
from portal.forms.papers import DocumentGroup
from portal.forms.terms import Sourced
from portal.i18n.messages import lazy


def check(service: Service) -> Iterator[Problem]:
    """Every problem with papers, fees, time limits and people."""
    asked = {question.key for question in service.questions}
    for document in service.documents:
        yield from _document(document, asked)
    facts: dict[str, Sequence[Sourced]] = {"fees": service.fees, "time_limits": service.time_limits}
    for name, listed in facts.items():
        for place, fact in enumerate(listed):
            yield from _band(f"{name}.{place}", fact)
    people = service.people
    if people is not None:
        if people.question not in asked:
            yield Problem("people.question", lazy("There is no question “{key}”", key=people.question))
        elif service.question(people.question).option(people.self_code) is None:
            message = lazy("“{key}” has no option “{code}”", key=people.question, code=people.self_code)
            yield Problem("people.self", message)


def _document(document: DocumentGroup, asked: set[str]) -> Iterator[Problem]:
    where = f"documents.{document.key}"
    if document.key not in asked:
        message = lazy("No step asks for it; write a step with document = “{key}”", key=document.key)
        yield Problem(where, message)
    if document.source_url is None or document.verified_on is None:
        yield Problem(where, lazy("Say where this is from and when it was checked (source_url, verified_on)"))
    if not document.alternatives:
        yield Problem(where, lazy("Name at least one paper that will do (alternatives)"))
    for code, times in Counter(one.code for one in document.alternatives).items():
        if times > 1 or code == "none":
            yield Problem(f"{where}.{code}", lazy("Give each paper a code of its own; “none” is taken"))


def _band(where: str, fact: Sourced) -> Iterator[Problem]:
    if fact.when is not None and fact.band is None:
        yield Problem(where, lazy("Say in words whom it is for (band)"))
    if fact.valid_from and fact.valid_until and fact.valid_until < fact.valid_from:
        yield Problem(where, lazy("It ends before it begins"))
