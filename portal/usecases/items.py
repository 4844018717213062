"""Keep what a person said of one of several things, and take one out again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from portal.forms.answers import Item, Value
from portal.forms.definition import Step
from portal.forms.journey import items_of
from portal.store import drafts
from portal.store.database import Session
from portal.store.drafts import Draft
from portal.usecases.answer import answer
from portal.usecases.refusals import NotFound


def answer_item(
    db: Session, draft: Draft, at: tuple[Step, int], new: Mapping[str, Value], now: datetime
) -> Draft:
    """Keep `new` for the thing `at` (the step that repeats, which one from 1); other windows' things stay.

    One past the last adds a thing. Raises `NotFound` for one further on, and as `answer` does.
    """
    stop, n = at
    items = _items(db, draft, stop)
    if stop.repeat is None or not 1 <= n <= min(len(items) + 1, stop.repeat.max):
        raise NotFound
    if n > len(items):
        items.append({})
    items[n - 1] = {**items[n - 1], **cast("Item", dict(new))}
    return answer(db, draft, {stop.list_key: items}, now)


def remove_item(db: Session, draft: Draft, at: tuple[Step, int], now: datetime) -> Draft:
    """Take the thing `at` out; the ones after it move up. Raises `NotFound` when there is none."""
    stop, n = at
    items = _items(db, draft, stop)
    if not 1 <= n <= len(items):
        raise NotFound
    del items[n - 1]
    return answer(db, draft, {stop.list_key: items}, now)


def _items(db: Session, draft: Draft, stop: Step) -> list[Item]:
    """As they are now, locked until the transaction ends."""
    return [dict(item) for item in items_of(drafts.load_for_change(db, draft).answers, stop)]
