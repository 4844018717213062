"""A fresh, migrated database for each test: SQLite always, PostgreSQL where one is offered."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from portal.settings import Settings
from portal.store.database import Database
from portal.store.migrating import migrate
from portal.store.tables import TABLES

BUILD = Path(__file__).resolve().parents[2] / "build"


@pytest.fixture(scope="session")
def blank_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with keys and a migrated, empty SQLite database, to be copied."""
    folder = tmp_path_factory.mktemp("blank") / "var"
    migrate(Settings(data=folder))
    return folder


@pytest.fixture(scope="session")
def own_schema(blank_folder: Path) -> Iterator[str]:
    """An address of the offered PostgreSQL with a migrated schema that goes when the tests are over."""
    server = os.environ.get("PORTAL_TEST_DATABASE_URL")
    if not server:
        pytest.skip("PORTAL_TEST_DATABASE_URL names no PostgreSQL")
    schema = f"test_{secrets.token_hex(6)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    address = make_url(server).update_query_dict({"options": f"-csearch_path={schema}"})
    url = address.render_as_string(hide_password=False)
    migrate(Settings(data=blank_folder, database_url=url))
    yield url
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def kept_in(request: pytest.FixtureRequest, tmp_path: Path, blank_folder: Path) -> Settings:
    """Settings of a portal whose database is migrated and empty."""
    folder = tmp_path / "var"
    shutil.copytree(blank_folder, folder)
    if request.param == "sqlite":
        return Settings(data=folder, build=BUILD)
    url = request.getfixturevalue("own_schema")
    settings = Settings(data=folder, build=BUILD, database_url=url)
    _empty(settings)
    return settings


@pytest.fixture
def database(kept_in: Settings) -> Iterator[Database]:
    """The database of that portal."""
    opened = Database(kept_in)
    yield opened
    opened.close()


def _empty(settings: Settings) -> None:
    emptied = Database(settings)
    with emptied.connection() as connection:
        names = ", ".join(str(table.__tablename__) for table in TABLES)
        connection.execute(text(f"TRUNCATE {names}"))
    emptied.close()
