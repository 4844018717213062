"""Publishing services: checked first, immutable after."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from portal.settings import ROOT
from portal.store import agreements
from portal.store.agreements import AgreementRow
from portal.store.database import Database
from portal.store.service_versions import ServiceVersionRow
from portal.usecases.catalogue import Published, load_live, load_version
from portal.usecases.publish import publish_services
from portal.usecases.refusals import NotFound
from tests.making_services import KEY, asked, definition, page, write_service
from tests.usecases.letter import NOW, letter, places, publish_letter

SERVICES = ROOT / "services"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the first pilot that may be changed."""
    shutil.copytree(SERVICES / "citizenship_certificate", tmp_path / "services" / "citizenship_certificate")
    return tmp_path / "services"


def _publish(database: Database, folder: Path, days: int = 0) -> tuple[Published, ...]:
    with database.write() as db:
        return publish_services(db, folder, NOW + timedelta(days=days)).live


def _edit(folder: Path, before: str, after: str) -> None:
    [file] = [path for path in folder.glob("*/service.toml") if before in path.read_text()]
    file.write_text(file.read_text().replace(before, after))


def test_the_pilot_services_are_fit_to_be_published(database: Database) -> None:
    with database.write() as db:
        live = publish_services(db, SERVICES, NOW, places()).live
    assert [one.service.key for one in live] == sorted(one.service.key for one in live)
    assert all(one.version == 1 and len(one.hash) == 64 for one in live)
    assert live


def test_publishing_the_same_again_changes_nothing(database: Database, folder: Path) -> None:
    first = _publish(database, folder)
    assert _publish(database, folder, days=1) == first
    with database.read() as db:
        assert len(list(db.exec(select(ServiceVersionRow)))) == len(first)


def test_a_changed_word_makes_a_new_version_and_keeps_the_old_one(database: Database, folder: Path) -> None:
    [before] = [one for one in _publish(database, folder) if one.service.key == "citizenship-certificate"]
    _edit(folder, "Citizenship certificate", "Certificate of citizenship")
    [after] = [one for one in _publish(database, folder, 1) if one.service.key == "citizenship-certificate"]
    assert (before.version, after.version) == (1, 2)
    with database.read() as db:
        old = load_version(db, before.hash)
    assert old.title.words("en") == "Citizenship certificate"
    assert after.service.title.words("en") == "Certificate of citizenship"


def test_going_back_to_an_older_version_makes_no_third_one(database: Database, folder: Path) -> None:
    first = _publish(database, folder)
    _edit(folder, "Citizenship certificate", "Certificate of citizenship")
    _publish(database, folder, days=1)
    _edit(folder, "Certificate of citizenship", "Citizenship certificate")
    assert _publish(database, folder, days=2) == first


def test_a_service_with_a_problem_is_left_out_and_the_others_are_published(
    database: Database, folder: Path
) -> None:
    write_service(folder, definition([]))
    _edit(folder, 'label = { bn = "আপনি কোন এলাকায় থাকেন?", en = ', "label = { en = ")
    with database.write() as db:
        done = publish_services(db, folder, NOW)
    assert KEY in {one.service.key for one in done.live}
    assert "citizenship-certificate" not in {one.service.key for one in done.live}
    assert any("citizenship_certificate/service.toml:" in line for line in done.lines)


def test_a_service_that_got_a_problem_keeps_its_live_version(database: Database, folder: Path) -> None:
    before = _publish(database, folder)
    _edit(folder, 'label = { bn = "আপনি কোন এলাকায় থাকেন?", en = ', "label = { en = ")
    assert _publish(database, folder, days=1) == before


def test_a_file_that_cannot_be_read_says_file_and_line(database: Database, folder: Path) -> None:
    _edit(folder, "schema = 1", "schema = ")
    with database.write() as db:
        done = publish_services(db, folder, NOW)
    assert any("service.toml" in line and "line 1" in line for line in done.lines)


def test_a_key_that_changes_its_kind_is_not_published(database: Database, folder: Path) -> None:
    write_service(folder, definition([page("story", asked("text", "story"))]))
    _publish(database, folder)
    write_service(folder, definition([page("story", asked("long_text", "story"))]))
    with database.write() as db:
        done = publish_services(db, folder, NOW)
    assert any("was of kind text" in line for line in done.lines)


def test_the_agreements_its_registries_rest_on_are_put_on_record(database: Database, folder: Path) -> None:
    _publish(database, folder)
    _publish(database, folder, days=1)
    with database.read() as db:
        [agreement] = db.exec(select(AgreementRow))
    assert agreement.service == "nid/verify"
    assert agreement.recorded_at == NOW
    assert "name_bn" in agreement.fields_allowed.split()


def test_publishing_does_not_bring_a_withdrawn_agreement_back(database: Database, folder: Path) -> None:
    _publish(database, folder)
    with database.write() as db:
        [agreement] = db.exec(select(AgreementRow))
        agreements.withdraw(db, agreement.revision, NOW)
    _publish(database, folder, days=1)
    with database.read() as db:
        assert agreements.current(db, "nid/verify", "identity_verification") is None


def test_a_version_nobody_published_is_not_there(database: Database) -> None:
    with database.read() as db:
        with pytest.raises(NotFound):
            load_version(db, "0" * 64)
        with pytest.raises(NotFound):
            load_live(db, "residence-letter")


def test_the_live_version_is_found_by_its_key(database: Database) -> None:
    with database.write() as db:
        publish_letter(db, NOW)
        publish_letter(db, NOW, letter(days=9))
        live = load_live(db, "residence-letter")
    assert (live.version, live.service.time_limit.value) == (2, 9)
