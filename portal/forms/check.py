"""The one judge of a definition, used by CI on files and by the Publish button."""

from __future__ import annotations

from collections.abc import Sequence

from portal.forms.checks import (
    keys,
    people,
    plainness,
    questions,
    reach,
    rules,
    sources,
    terms,
    versions,
    words,
)
from portal.forms.checks.problem import Problem
from portal.forms.definition import Service
from portal.forms.examples import Example
from portal.forms.questions import PlacesPort

__all__ = ["Problem", "problems"]


def problems(
    service: Service,
    examples: Sequence[Example],
    places: PlacesPort | None = None,
    before: Service | None = None,
) -> list[Problem]:
    """Everything that keeps the service from being published; empty when it is fit.

    With `places`, every example is walked and must end where it says. `before` is the version that is live.
    """
    found = list(keys.check(service))
    if found:
        return found  # the other checks find parts by their keys
    return [
        *words.check(service),
        *questions.check(service),
        *rules.check(service),
        *reach.check(service),
        *terms.check(service),
        *plainness.check(service),
        *versions.check(service, before),
        *sources.check(service),
        *people.check(service, examples, places),
    ]
