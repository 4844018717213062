"""The local certificate: made once, made again when it no longer fits, its key for nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from portal.running.certificate import local_certificate

NOW = datetime(2026, 11, 22, 4, 31, tzinfo=UTC)


def test_the_key_is_for_its_owner_only(tmp_path: Path) -> None:
    files = local_certificate(tmp_path / "certificates", NOW)
    assert files.key.stat().st_mode & 0o077 == 0


def test_it_names_this_machine(tmp_path: Path) -> None:
    files = local_certificate(tmp_path, NOW)
    certificate = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "localhost" in names.get_values_for_type(x509.DNSName)
    assert "127.0.0.1" in map(str, names.get_values_for_type(x509.IPAddress))


def test_it_is_kept_until_it_is_about_to_end(tmp_path: Path) -> None:
    first = local_certificate(tmp_path, NOW).certificate.read_bytes()
    assert local_certificate(tmp_path, NOW + timedelta(days=300)).certificate.read_bytes() == first
    assert local_certificate(tmp_path, NOW + timedelta(days=395)).certificate.read_bytes() != first


def test_a_new_address_gets_a_new_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = local_certificate(tmp_path, NOW).certificate.read_bytes()
    monkeypatch.setattr("portal.running.certificate.own_addresses", lambda: ("127.0.0.1", "192.0.2.7"))
    assert local_certificate(tmp_path, NOW).certificate.read_bytes() != first
