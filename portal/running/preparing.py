"""Before anything serves: tables up to date, pilot services published, demo people written down."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from portal.forms.check import problems
from portal.forms.checks.versions import fingerprints, stale
from portal.forms.examples import load_examples
from portal.forms.load import FILE, DefinitionProblem, line_in, load_folder
from portal.i18n.locale import Locale, load_locales
from portal.places import Places
from portal.running.demo import write_demo_people
from portal.settings import Settings
from portal.store.database import Database
from portal.store.migrating import migrate
from portal.usecases.publish import NotPublishable, publish_services

SEEN = "words.json"  # beside service.toml, where its owner keeps track of translations
log = logging.getLogger("portal.publish")


def prepare_demo(settings: Settings, now: datetime) -> None:
    """Everything `make run` needs before its three processes start; a service with problems is left out."""
    prepare_tables(settings)
    for line in _publish(settings, settings.services, now):
        log.error("not published: %s", line)  # the other services are
    write_demo_people(settings)


def prepare_tables(settings: Settings) -> None:
    """Bring the tables up to date."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    migrate(settings)


def publish_folder(settings: Settings, services: Path, now: datetime) -> None:
    """Publish every service of the folder that changed and is fit; then `NotPublishable` for the rest."""
    lines = _publish(settings, services, now)
    if lines:
        raise NotPublishable(list(lines))


def _publish(settings: Settings, services: Path, now: datetime) -> tuple[str, ...]:
    database = Database(settings)
    try:
        with database.write() as db:
            return publish_services(db, services, now).lines
    finally:
        database.close()


def check_folders(settings: Settings, folders: Sequence[Path], locale: str = "en") -> tuple[str, ...]:
    """What keeps each service from being published, one line a problem, with file and line."""
    spoken = load_locales(settings.build)[locale]
    file = settings.build / "places.json"
    places = Places.load(file) if file.is_file() else None
    return tuple(line for folder in folders for line in _folder_problems(folder, spoken, places))


def accept_words(folders: Sequence[Path]) -> None:
    """Write down that all words of these services were looked at as they are now."""
    for folder in folders:
        seen = fingerprints(load_folder(folder))
        (folder / SEEN).write_text(json.dumps(seen, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def _folder_problems(folder: Path, locale: Locale, places: Places | None) -> tuple[str, ...]:
    try:
        service = load_folder(folder)
        examples = load_examples(folder)
        seen = _seen(folder)
    except DefinitionProblem as problem:
        return problem.lines
    found = [*problems(service, examples, places), *stale(service, seen)]
    file = folder / FILE
    return tuple(f"{line_in(file, one.where)}: {one.where}: {locale.say(one.said)}" for one in found)


def _seen(folder: Path) -> dict[str, dict[str, str]]:
    """The words as they were when somebody last looked at all of them; nothing where nobody did."""
    file = folder / SEEN
    if not file.is_file():
        return {}
    try:
        seen: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DefinitionProblem([f"{file}: {error}"]) from error
    return seen
