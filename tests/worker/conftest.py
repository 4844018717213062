"""Databases and people for the tests of the worker."""

from tests.store.databases import blank_folder, database, kept_in, own_schema
from tests.usecases.conftest import office_hours, person, someone_else

__all__ = ["blank_folder", "database", "kept_in", "office_hours", "own_schema", "person", "someone_else"]
