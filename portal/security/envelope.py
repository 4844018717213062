"""The portal's long-lived secrets: wrapping keys, index key, pepper and signing keys, in one file."""

import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from portal.security.sealing import Cell, Key, Unsealable, key_id_of, open_sealed, seal
from portal.settings import Settings

_FILE = "keyring.json"


class Unkeyed(Exception):
    """The keyring is missing, unreadable or open to other users; the message says what to do."""


class _Ring(BaseModel):
    """One kind of key: which is current, and every one still needed to read, in base64."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    current: str
    keys: dict[str, str]


class _Stored(BaseModel):
    """The file as it lies on disk."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: int
    wrapping: _Ring
    signing: _Ring
    index: str
    pepper: str


@dataclass(frozen=True, slots=True)
class Keyring:
    """Every secret of one portal; made by `Keyring.load` and never printed."""

    wrapping: Mapping[str, Key] = field(repr=False)
    wrapping_current: str
    signing: Mapping[str, Key] = field(repr=False)
    signing_current: str
    index: bytes = field(repr=False)
    pepper: bytes = field(repr=False)

    @classmethod
    def load(cls, settings: Settings) -> "Keyring":
        """The keyring `settings` names; outside production a missing one is created, once, mode 0600.

        Raises `Unkeyed` when production has none, others may read it, or it makes no sense.
        """
        path = _location(settings)
        if not path.exists():
            if settings.env == "production":
                raise Unkeyed(f"{path} does not exist: production never makes its own keys")
            _create(path)
        if settings.env == "production" and path.stat().st_mode & 0o007:
            raise Unkeyed(f"{path} may be read by every user of this machine: chmod o-rwx it")
        return cls._read(path)

    @classmethod
    def _read(cls, path: Path) -> "Keyring":
        try:
            stored = _Stored.model_validate_json(path.read_bytes())
            return cls(
                wrapping=_keys(stored.wrapping),
                wrapping_current=stored.wrapping.current,
                signing=_keys(stored.signing),
                signing_current=stored.signing.current,
                index=_secret(stored.index),
                pepper=_secret(stored.pepper),
            )
        except (ValidationError, ValueError) as error:
            # The cause would carry the file's own words, which are secrets.
            raise Unkeyed(f"{path} is not a keyring: {type(error).__name__}") from None

    def seal(self, plaintext: bytes, cell: Cell) -> bytes:
        """`plaintext` under the current wrapping key: for short-lived rows that have no vault."""
        return seal(self.wrapping[self.wrapping_current], plaintext, cell)

    def open(self, sealed: bytes, cell: Cell) -> bytes:
        """What `seal` was given; raises `Unsealable`, also when the wrapping key is gone."""
        wrapping = self.wrapping.get(key_id_of(sealed))
        if wrapping is None:
            raise Unsealable("the wrapping key of this value is not on the keyring")
        return open_sealed(wrapping, sealed, cell)

    def wrap(self, key: Key, cell: Cell) -> bytes:
        """A data key sealed under the current wrapping key."""
        return self.seal(key.secret, cell)

    def unwrap(self, key_id: str, wrapped: bytes, cell: Cell) -> Key:
        """The data key inside `wrapped`; raises `Unsealable` when its wrapping key is gone."""
        return Key(key_id, self.open(wrapped, cell))


def _location(settings: Settings) -> Path:
    path = settings.keys or settings.data / "keys"
    return path if path.suffix == ".json" or path.is_file() else path / _FILE


def _create(path: Path) -> None:
    """Write a new keyring beside `path` and link it in; whoever links first wins."""
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump(_fresh(), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        _link(draft, path)
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def _link(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        # Portal, worker and exchange start together; the first keyring is everybody's keyring.
        return


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fresh() -> dict[str, object]:
    wrapping, signing = f"w-{secrets.token_hex(4)}", f"s-{secrets.token_hex(4)}"
    return {
        "format": 1,
        "wrapping": {"current": wrapping, "keys": {wrapping: _random()}},
        "signing": {"current": signing, "keys": {signing: _random()}},
        "index": _random(),
        "pepper": _random(),
    }


def _random() -> str:
    return b64encode(secrets.token_bytes(32)).decode()


def _keys(ring: _Ring) -> dict[str, Key]:
    if ring.current not in ring.keys:
        raise ValueError("the current key is not on the ring")
    return {key_id: Key(key_id, _secret(secret)) for key_id, secret in ring.keys.items()}


def _secret(text: str) -> bytes:
    secret = b64decode(text, validate=True)
    if len(secret) != 32:
        raise ValueError("a key must have 32 bytes")
    return secret
