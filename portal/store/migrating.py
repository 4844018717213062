"""Bring the database to the shape this code expects; harmless twice, and from two processes at once."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from portal.settings import Settings
from portal.store.database import Database

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 71_201_120  # any number, as long as it is only used for this


def migrate(settings: Settings) -> None:
    """Run every step the database has not seen, all in one transaction."""
    database = Database(settings)
    try:
        with database.connection() as connection:
            upgrade(connection)
    finally:
        database.close()


def upgrade(connection: Connection, target: str = "head") -> None:
    """Run the steps up to `target` on a connection whose transaction the caller ends."""
    if connection.dialect.name == "postgresql":
        # SQLite's one writer waits its turn by itself.
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    command.upgrade(configuration(connection), target)


def configuration(connection: Connection) -> Config:
    """Alembic's settings, made in code: there is no ini file to keep in step."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
