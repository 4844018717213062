"""Databases with one published service, and a person at the other end."""

from __future__ import annotations

import pytest

from portal.store.database import Database
from tests.store.databases import blank_folder, database, kept_in, own_schema
from tests.usecases.letter import NOW, publish_letter
from tests.usecases.person import Person

__all__ = ["blank_folder", "database", "kept_in", "office_hours", "own_schema", "person", "someone_else"]


@pytest.fixture
def office_hours(database: Database) -> Database:
    """A database in which the residence letter is published."""
    with database.write() as db:
        publish_letter(db, NOW)
    return database


@pytest.fixture
def person(office_hours: Database) -> Person:
    """Somebody with a phone and a browser."""
    return Person(office_hours)


@pytest.fixture
def someone_else(office_hours: Database) -> Person:
    """Another person, with another phone and another browser."""
    return Person(office_hours, mobile="01812345678")
