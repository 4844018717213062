"""The keyring: made once in development, never in production, and closed to other users."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from portal.security.blind import blind_index, code_hash, derived_salt, is_same
from portal.security.envelope import Keyring, Unkeyed
from portal.security.sealing import Cell, Key, Unsealable
from portal.security.signing import Signature, public_keys, sign, verify
from portal.settings import ROOT, Settings

CELL = Cell("vaults", "wrapped", "vault-1")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "var")


def test_development_makes_its_own_keys_readable_to_their_owner_only(settings: Settings) -> None:
    Keyring.load(settings)
    path = settings.data / "keys" / "keyring.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["keyring.json"]


def test_the_second_start_finds_the_keys_of_the_first(settings: Settings) -> None:
    wrapped = Keyring.load(settings).wrap(Key("vault-1", bytes(32)), CELL)
    assert Keyring.load(settings).unwrap("vault-1", wrapped, CELL).secret == bytes(32)


def test_four_processes_starting_at_once_agree_on_one_keyring(settings: Settings) -> None:
    program = (
        "import sys; from pathlib import Path; from portal.settings import Settings\n"
        "from portal.security.envelope import Keyring\n"
        "print(Keyring.load(Settings(data=Path(sys.argv[1]))).index.hex())"
    )
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(settings.data)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        for _ in range(4)
    ]
    said = {program_run.communicate(timeout=60)[0] for program_run in starting}
    assert len(said) == 1
    assert [one.name for one in (settings.data / "keys").iterdir()] == ["keyring.json"]


def test_production_refuses_to_make_its_own_keys(settings: Settings, tmp_path: Path) -> None:
    production = replace(settings, env="production", keys=tmp_path / "missing.json")
    with pytest.raises(Unkeyed, match="never makes its own"):
        Keyring.load(production)
    assert not (tmp_path / "missing.json").exists()


def test_production_refuses_keys_that_everybody_on_the_machine_may_read(settings: Settings) -> None:
    Keyring.load(settings)
    path = settings.data / "keys" / "keyring.json"
    production = replace(settings, env="production", keys=path)
    Keyring.load(production)
    path.chmod(0o644)
    with pytest.raises(Unkeyed, match="chmod"):
        Keyring.load(production)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda _: {},
        lambda ring: {**ring, "index": "c2hvcnQ="},
        lambda ring: {**ring, "pepper": "not base64 !"},
        lambda ring: {**ring, "wrapping": {"current": "gone", "keys": {}}},
        lambda ring: {**ring, "extra": "x"},
    ],
)
def test_a_spoilt_keyring_is_refused_without_quoting_it(settings: Settings, spoilt: object) -> None:
    Keyring.load(settings)
    path = settings.data / "keys" / "keyring.json"
    ring = json.loads(path.read_text())
    path.write_text(json.dumps(spoilt(ring)))  # type: ignore[operator]
    with pytest.raises(Unkeyed) as refused:
        Keyring.load(settings)
    assert ring["index"] not in str(refused.value)
    assert refused.value.__cause__ is None


def test_an_older_wrapping_key_still_opens_what_it_wrapped(settings: Settings) -> None:
    old = Keyring.load(settings)
    wrapped = old.wrap(Key("vault-1", bytes(32)), CELL)
    newer = Key.new("w-newer")
    rotated = replace(old, wrapping={**old.wrapping, newer.id: newer}, wrapping_current=newer.id)
    assert rotated.unwrap("vault-1", wrapped, CELL).secret == bytes(32)
    again = rotated.wrap(Key("vault-1", bytes(32)), CELL)
    with pytest.raises(Unsealable, match="not on the keyring"):
        old.unwrap("vault-1", again, CELL)


def test_a_keyring_never_shows_a_secret(settings: Settings) -> None:
    ring = Keyring.load(settings)
    shown = repr(ring)
    assert ring.index.hex() not in shown
    assert repr(ring.pepper) not in shown
    assert "Key(" not in shown


def test_the_same_number_has_unrelated_indexes_for_two_purposes(settings: Settings) -> None:
    ring = Keyring.load(settings)
    assert blind_index(ring, "mobile", "01712345678") == blind_index(ring, "mobile", "01712345678")
    assert blind_index(ring, "mobile", "01712345678") != blind_index(ring, "nid", "01712345678")
    assert blind_index(ring, "mobile", "01712345678") != blind_index(ring, "mobile", "01712345679")


def test_a_code_is_kept_as_a_hash_bound_to_its_row(settings: Settings) -> None:
    ring = Keyring.load(settings)
    assert code_hash(ring, "a", "123456") != code_hash(ring, "b", "123456")
    assert is_same(code_hash(ring, "a", "123456"), code_hash(ring, "a", "123456"))
    assert not is_same(code_hash(ring, "a", "123456"), code_hash(ring, "a", "123457"))
    assert len(derived_salt(ring, "submission", "x")) == 32


def test_a_receipt_signed_here_is_known_again_and_nothing_else_is(settings: Settings, tmp_path: Path) -> None:
    ring, other = Keyring.load(settings), Keyring.load(Settings(data=tmp_path / "other"))
    signature = sign(ring, b"payload")
    assert sign(ring, b"payload") == signature
    assert verify(ring, b"payload", signature)
    assert not verify(ring, b"Payload", signature)
    assert not verify(other, b"payload", signature)
    assert not verify(ring, b"payload", Signature(signature.key_id, signature.value[:-4] + "AAAA"))
    assert not verify(ring, b"payload", Signature(signature.key_id, "ছোট"))


def test_the_public_keys_hold_no_secret(settings: Settings) -> None:
    ring = Keyring.load(settings)
    [key] = public_keys(ring)
    assert key["kty"] == "OKP"
    assert key["kid"] == sign(ring, b"").key_id
    assert "d" not in key
