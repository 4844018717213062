"""Publish the services of a folder: checked, then stored as immutable versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from portal.forms.check import problems
from portal.forms.definition import Service
from portal.forms.examples import load_examples
from portal.forms.load import FILE, DefinitionProblem, canonical, digest, line_in, load_folder
from portal.forms.questions import PlacesPort
from portal.interop.agreements import Agreement, load_agreements
from portal.store import agreements, audit, service_versions
from portal.store.agreements import AgreementRow
from portal.store.audit import Act
from portal.store.database import Session
from portal.usecases.catalogue import Published, published
from portal.usecases.refusals import Refused


class NotPublishable(Refused, DefinitionProblem):
    """Services have problems; `lines` name each with its file, line and place. All others are published."""


@dataclass(frozen=True, slots=True)
class Publication:
    """All services that are live after publishing, and what keeps others from it."""

    live: tuple[Published, ...]
    lines: tuple[str, ...]


def publish_services(
    db: Session, services_folder: Path, now: datetime, places: PlacesPort | None = None
) -> Publication:
    """Publish every service under `services_folder` that is fit; one with problems keeps its live version.

    The same definition published again changes nothing. With `places` every example is walked too.
    """
    services: list[Service] = []
    lines: list[str] = []
    before = {one.service.key: one.service for one in published(db)}
    for folder in service_folders(services_folder):
        try:
            services.append(_checked(folder, places, before))
        except NotPublishable as problem:
            lines += problem.lines
    for service in services:
        _publish(db, service, now)
    for agreement in _agreements_of(services):
        agreements.keep(db, agreement_row(agreement, now))
    return Publication(published(db), tuple(lines))


def service_folders(services_folder: Path) -> tuple[Path, ...]:
    """The folders that hold a service, by name."""
    return tuple(sorted(file.parent for file in services_folder.glob(f"*/{FILE}")))


def _checked(folder: Path, places: PlacesPort | None, before: Mapping[str, Service]) -> Service:
    try:
        service = load_folder(folder)
        found = problems(service, load_examples(folder), places, before.get(service.key))
    except DefinitionProblem as error:
        raise NotPublishable(list(error.lines)) from error
    if found:
        file = folder / FILE
        raise NotPublishable([f"{line_in(file, one.where)}: {one.where}: {one.message}" for one in found])
    return service


def _publish(db: Session, service: Service, now: datetime) -> None:
    version_hash = digest(service)
    if service_versions.keep_version(db, service.key, version_hash, canonical(service), now):
        act = Act("command-line", "service.published", f"service:{service.key}", version_hash)
        audit.record(db, act, now)


def _agreements_of(services: list[Service]) -> list[Agreement]:
    """The signed agreements that the registries of these services rest on."""
    wanted = {(registry.service, registry.purpose) for service in services for registry in service.registries}
    return [one for one in load_agreements().values() if (one.service, one.purpose) in wanted]


def agreement_row(agreement: Agreement, now: datetime) -> AgreementRow:
    """A signed agreement as it is put on record at `now`."""
    return AgreementRow(
        revision=agreement.revision,
        key=agreement.key,
        provider=agreement.provider,
        service=agreement.service,
        purpose=agreement.purpose,
        legal_basis=agreement.legal_basis,
        fields_allowed=" ".join(agreement.fields),
        valid_from=agreement.valid_from,
        valid_until=agreement.valid_until,
        recorded_at=now,
    )
