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

BUILD = Path(__file__).resolve().parents[2] / "build"


@pytest.fixture(scope="session")
def blank_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with keys and a migrated, empty SQLite database, to be copied."""
    folder = tmp_path_factory.mktemp("blank") / "var"
    migrate(Settings(data=folder))
    return folder


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def kept_in(request: pytest.FixtureRequest, tmp_path: Path, blank_folder: Path) -> Iterator[Settings]:
    """Settings of a portal whose database is migrated and empty."""
    folder = tmp_path / "var"
    shutil.copytree(blank_folder, folder)
    if request.param == "sqlite":
        yield Settings(data=folder, build=BUILD)
        return
    with_own_schema = own_schema(os.environ.get("PORTAL_TEST_DATABASE_URL"))
    url = next(with_own_schema)
    settings = Settings(data=folder, build=BUILD, database_url=url)
    migrate(settings)
    yield settings
    next(with_own_schema, None)


@pytest.fixture
def database(kept_in: Settings) -> Iterator[Database]:
    """The database of that portal."""
    opened = Database(kept_in)
    yield opened
    opened.close()


def own_schema(server: str | None) -> Iterator[str]:
    """An address of `server` with an empty schema that goes when the test is over."""
    if not server:
        pytest.skip("PORTAL_TEST_DATABASE_URL names no PostgreSQL")
    schema = f"test_{secrets.token_hex(6)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    url = make_url(server).update_query_dict({"options": f"-csearch_path={schema}"})
    yield url.render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()
