"""The migrations make exactly the tables the code expects, forwards and back."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from portal.settings import Settings
from portal.store.database import Database
from portal.store.migrating import configuration, migrate
from portal.store.tables import METADATA, TABLES


def test_migrations_and_models_agree(database: Database) -> None:
    with database.connection() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_every_table_is_made(database: Database) -> None:
    with database.connection() as connection:
        made = set(inspect(connection).get_table_names())
    assert made == {str(table.__tablename__) for table in TABLES} | {"alembic_version"}


def test_migrating_twice_changes_nothing(database: Database, kept_in: Settings) -> None:
    migrate(kept_in)
    with database.connection() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == ["0002"]


def test_the_first_step_can_be_taken_back_and_again(database: Database, kept_in: Settings) -> None:
    with database.connection() as connection:
        command.downgrade(configuration(connection), "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    migrate(kept_in)
    with database.connection() as connection:
        assert "drafts" in inspect(connection).get_table_names()


@pytest.mark.parametrize("change", ["UPDATE audit_rows SET actor = 'nobody'", "DELETE FROM audit_rows"])
def test_an_audit_row_can_neither_be_changed_nor_deleted(database: Database, change: str) -> None:
    row = "INSERT INTO audit_rows VALUES ('1', CURRENT_TIMESTAMP, 'a', '', '', 'b', 'c', '', '')"
    with database.connection() as connection:
        connection.execute(text(row))
    with pytest.raises(DatabaseError, match="stay as they are"), database.connection() as connection:
        connection.execute(text(change))
    with database.connection() as connection:
        assert connection.execute(text("SELECT actor FROM audit_rows")).scalars().all() == ["a"]
