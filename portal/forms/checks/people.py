"""Examples: enough named people, each ending where the file says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.forms.checks.problem import Problem
from portal.forms.definition import Service
from portal.forms.examples import MOBILE, Example
from portal.forms.questions import Around, PlacesPort
from portal.forms.walk import walk

FEWEST = 4


def check(service: Service, examples: Sequence[Example], places: PlacesPort | None) -> Iterator[Problem]:
    """Every problem with the examples; their endings only when there are places to look addresses up in."""
    if len(examples) < FEWEST:
        yield Problem(
            "examples", f"there are {len(examples)}; give at least {FEWEST}: usual, edge, refused, helped"
        )
    if not any(example.ending == "submitted" for example in examples):
        yield Problem("examples", "nobody gets to the end; give one person who does")
    for example in examples:
        where = f"examples.{example.name}"
        if not example.about:
            yield Problem(where, "say who the person is (about)")
        yield from _unknown(where, service, example)
        if places is not None:
            yield from _ending(where, service, example, places)


def _unknown(where: str, service: Service, example: Example) -> Iterator[Problem]:
    asked = {question.key for question in service.questions} | {MOBILE}
    for key in sorted(example.answers.keys() - asked):
        yield Problem(where, f"answers “{key}”, which is not asked")
    for key in sorted(example.registries.keys() - {registry.key for registry in service.registries}):
        yield Problem(where, f"speaks for a registry “{key}” that the service does not ask")


def _ending(where: str, service: Service, example: Example, places: PlacesPort) -> Iterator[Problem]:
    ended = walk(service, example, Around(example.on, places))
    if ended.expect != example.expect:
        yield Problem(where, f"should end “{example.expect}” but ends “{ended.expect}”")
    unused = example.answers.keys() - ended.asked - {MOBILE}
    if ended.expect == "submitted" and unused:
        yield Problem(where, f"answers {', '.join(sorted(unused))}, which this person is never asked")
