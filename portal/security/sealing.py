"""Sealed values: AES-256-GCM bound to the table, column and row they were written for."""

import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = 1
_NONCE_BYTES = 12
_KEY_BYTES = 32


class Unsealable(Exception):
    """Sealed bytes are not from this cell, not under this key, or were changed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where sealed bytes live; moved anywhere else they no longer open."""

    table: str
    column: str
    row: str

    @property
    def authenticated(self) -> bytes:
        """The cell as additional authenticated bytes; ids never hold a unit separator."""
        return f"{self.table}\x1f{self.column}\x1f{self.row}".encode()


@dataclass(frozen=True, slots=True)
class Key:
    """A named 256-bit key; its secret never reaches a repr or a log."""

    id: str
    secret: bytes = field(repr=False)

    @classmethod
    def new(cls, key_id: str) -> "Key":
        """A fresh random key under `key_id`."""
        return cls(key_id, secrets.token_bytes(_KEY_BYTES))


def seal(key: Key, plaintext: bytes, cell: Cell) -> bytes:
    """`plaintext` sealed: version, length of key id, key id, nonce, ciphertext with tag."""
    head = _head(key.id)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return head + nonce + AESGCM(key.secret).encrypt(nonce, plaintext, head + cell.authenticated)


def open_sealed(key: Key, sealed: bytes, cell: Cell) -> bytes:
    """What `seal` was given; raises `Unsealable` for a wrong key, another cell or changed bytes."""
    head = _head(key.id)
    if not sealed.startswith(head):
        raise Unsealable(f"sealed value in {cell.table}.{cell.column} is under another key")
    nonce, body = sealed[len(head) : len(head) + _NONCE_BYTES], sealed[len(head) + _NONCE_BYTES :]
    try:
        return AESGCM(key.secret).decrypt(nonce, body, head + cell.authenticated)
    except (InvalidTag, ValueError) as error:
        raise Unsealable(f"sealed value in {cell.table}.{cell.column} does not open") from error


def key_id_of(sealed: bytes) -> str:
    """The id of the key `sealed` was made with; raises `Unsealable` for bytes of no known shape."""
    if len(sealed) < 2 or sealed[0] != _VERSION or len(sealed) < 2 + sealed[1]:
        raise Unsealable("not a sealed value of a known version")
    try:
        return sealed[2 : 2 + sealed[1]].decode()
    except UnicodeDecodeError as error:
        raise Unsealable("not a sealed value of a known version") from error


def _head(key_id: str) -> bytes:
    name = key_id.encode()
    return bytes((_VERSION, len(name))) + name
