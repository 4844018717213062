"""Before anything serves: tables up to date, pilot services published, demo people written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from portal.forms.check import problems
from portal.forms.examples import load_examples
from portal.forms.load import DefinitionProblem, load_folder
from portal.running.demo import write_demo_people
from portal.settings import Settings
from portal.store.database import Database
from portal.store.migrating import migrate
from portal.usecases.publish import publish_services


def prepare_demo(settings: Settings, now: datetime) -> None:
    """Everything `make run` needs before its three processes start."""
    prepare_tables(settings)
    publish_folder(settings, settings.services, now)
    write_demo_people(settings)


def prepare_tables(settings: Settings) -> None:
    """Bring the tables up to date."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    migrate(settings)


def publish_folder(settings: Settings, services: Path, now: datetime) -> None:
    """Publish every service of the folder that changed; raises `NotPublishable` with what is wrong."""
    database = Database(settings)
    try:
        with database.write() as db:
            publish_services(db, services, now)
    finally:
        database.close()


def check_folders(folders: Sequence[Path]) -> tuple[str, ...]:
    """What keeps each service from being published, one line a problem."""
    return tuple(f"{folder.name}: {line}" for folder in folders for line in _folder_problems(folder))


def _folder_problems(folder: Path) -> tuple[str, ...]:
    try:
        service = load_folder(folder)
        examples = load_examples(folder)
    except DefinitionProblem as problem:
        return (str(problem),)
    return tuple(f"{one.where}: {one.message}" for one in problems(service, examples))
