"""Databases for the tests of the store."""

from tests.store.databases import blank_folder, database, kept_in, own_schema

__all__ = ["blank_folder", "database", "kept_in", "own_schema"]
