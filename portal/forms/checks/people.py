"""Examples: enough named people, each ending where the file says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.forms.checks.problem import Problem
from portal.forms.definition import Service
from portal.forms.examples import MOBILE, Example
from portal.forms.questions import Around, PlacesPort
from portal.forms.walk import walk
from portal.i18n.messages import lazy

FEWEST = 4


def check(service: Service, examples: Sequence[Example], places: PlacesPort | None) -> Iterator[Problem]:
    """Every problem with the examples; their endings only when there are places to look addresses up in."""
    if len(examples) < FEWEST:
        yield Problem(
            "examples",
            lazy(
                "There are {n} examples; give at least {fewest}: usual, edge, refused, helped",
                n=len(examples),
                fewest=FEWEST,
            ),
        )
    if not any(example.ending == "submitted" for example in examples):
        yield Problem("examples", lazy("Nobody gets to the end; give one person who does"))
    for example in examples:
        where = f"examples.{example.name}"
        if not example.about:
            yield Problem(where, lazy("Say who the person is (about)"))
        yield from _unknown(where, service, example)
        if places is not None:
            yield from _ending(where, service, example, places)


def _unknown(where: str, service: Service, example: Example) -> Iterator[Problem]:
    lists = {step.list_key: step for step in service.steps if step.repeat is not None}
    of_items = {q.key for step in lists.values() for one in service.run_of(step) for q in one.questions}
    asked = {question.key for question in service.questions} - of_items | {MOBILE, *lists}
    given = example.answers.keys() | set()
    told = {key for name in lists for item in example.items(name) for key in item.answers} - given
    for key in sorted((given - asked) | (told - of_items)):
        yield Problem(where, lazy("Answers “{key}”, which is not asked", key=key))
    for key in sorted(example.registries.keys() - {registry.key for registry in service.registries}):
        yield Problem(where, lazy("Speaks for a registry “{key}” that the service does not ask", key=key))


def _ending(where: str, service: Service, example: Example, places: PlacesPort) -> Iterator[Problem]:
    ended = walk(service, example, Around(example.on, places))
    if ended.expect != example.expect:
        yield Problem(
            where, lazy("Should end “{wanted}” but ends “{ended}”", wanted=example.expect, ended=ended.expect)
        )
    unused = example.answers.keys() - ended.asked - {MOBILE}
    if ended.expect == "submitted" and unused:
        yield Problem(
            where, lazy("Answers {keys}, which this person is never asked", keys=", ".join(sorted(unused)))
        )
