"""Trying again is for reading, for passing trouble, twice at most, and never all at the same moment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.interop.policy import Retry, Surroundings


@pytest.mark.parametrize(
    ("method", "kind", "attempt", "again"),
    [
        ("GET", "transient", 1, True),
        ("GET", "transient", 2, True),
        ("GET", "transient", 3, False),
        ("HEAD", "transient", 1, True),
        ("PUT", "transient", 1, True),
        ("POST", "transient", 1, False),
        ("DELETE", "transient", 1, False),
        ("GET", "planned", 1, False),
        ("GET", "configuration", 1, False),
        ("GET", "ours", 1, False),
        ("GET", "integrity", 1, False),
    ],
)
def test_what_may_be_tried_again(method: str, kind: str, attempt: int, again: bool) -> None:
    assert Retry().allows(method, kind, attempt) is again


@given(st.floats(0, 1, exclude_max=True), st.integers(1, 2))
def test_the_wait_lies_anywhere_below_a_doubling_ceiling(chance: float, attempt: int) -> None:
    assert 0 <= Retry(first=0.25).wait(attempt, chance) <= 0.25 * 2 ** (attempt - 1)


def test_message_ids_never_repeat() -> None:
    new_id = Surroundings().new_id
    assert len({new_id() for _ in range(100)}) == 100
