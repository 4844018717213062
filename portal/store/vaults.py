"""One data key per person's draft and application; destroying it erases everything sealed with it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from portal.security.envelope import Keyring
from portal.security.sealing import Cell, Key
from portal.security.tokens import new_id
from portal.store.database import Session
from portal.store.refused import NotFound


class VaultRow(SQLModel, table=True):
    """A data key, wrapped by the keyring's master key; without `wrapped` it has been destroyed."""

    __tablename__ = "vaults"

    id: str = Field(primary_key=True)
    wrapped: bytes | None
    created_at: datetime
    destroyed_at: datetime | None = None


def new_vault(db: Session, now: datetime) -> Key:
    """A fresh data key, kept wrapped."""
    key = Key.new(new_id())
    db.add(VaultRow(id=key.id, wrapped=db.keyring.wrap(key, _cell(key.id)), created_at=now))
    db.flush()
    return key


def open_vault(db: Session, vault_id: str) -> Key:
    """The data key of `vault_id`; raises `NotFound` when it was destroyed."""
    row = db.get(VaultRow, vault_id)
    return unwrapped(db.keyring, vault_id, row.wrapped if row else None)


def unwrapped(keyring: Keyring, vault_id: str, wrapped: bytes | None) -> Key:
    """The data key inside `wrapped`, for queries that already joined the vault."""
    if wrapped is None:
        raise NotFound
    return keyring.unwrap(vault_id, wrapped, _cell(vault_id))


def destroy(db: Session, vault_id: str, now: datetime) -> None:
    """Forget the key: what it sealed can never be read again."""
    row = db.get(VaultRow, vault_id)
    if row is None:
        raise NotFound
    row.wrapped, row.destroyed_at = None, now
    db.add(row)


def _cell(vault_id: str) -> Cell:
    return Cell("vaults", "wrapped", vault_id)
