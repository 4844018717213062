"""Drafts: sealed answers that belong to the browser holding a random cookie."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, insert, select, update
from sqlmodel import Field, SQLModel

from portal.security.sealing import Cell, open_sealed, seal
from portal.security.tokens import hash_token, new_id
from portal.store.database import Session
from portal.store.draft import Draft, Prefilled, Replaced, read, written
from portal.store.refused import NotFound, StaleDraft
from portal.store.vaults import destroy, new_vault, unwrapped

__all__ = [
    "Beginning",
    "Draft",
    "DraftRow",
    "Prefilled",
    "Replaced",
    "create",
    "forget",
    "load",
    "load_by_id",
    "load_for_change",
    "of_holder",
    "save",
    "untouched",
]


class DraftRow(SQLModel, table=True):
    """A draft as it lies at rest: everything a person said is inside `sealed`."""

    __tablename__ = "drafts"

    id: str = Field(primary_key=True)
    holder_hash: str = Field(index=True)
    vault_id: str = Field(foreign_key="vaults.id")
    service_key: str
    version_hash: str = Field(foreign_key="service_versions.hash")
    locale: str
    revision: int
    sealed: bytes
    sign_in_skipped: bool
    submitted_reference: str | None = None
    created_at: datetime
    updated_at: datetime = Field(index=True)


# Every request reads a draft and every answer writes one: the statements are put together once, without
# the object mapper, which costs more than SQLite does.
type _Query = Select[*tuple[Any, ...]]
_DRAFTS, _VAULTS = SQLModel.metadata.tables["drafts"], SQLModel.metadata.tables["vaults"]
_CHANGING = frozenset(_DRAFTS.c.keys()) - {"id", "holder_hash", "vault_id", "created_at"}
_THEIR_VAULTS = _DRAFTS.join(_VAULTS, _VAULTS.c.id == _DRAFTS.c.vault_id)
_KEPT: _Query = select(*_DRAFTS.c, _VAULTS.c.wrapped).select_from(_THEIR_VAULTS)
_IS_HOLDERS = _DRAFTS.c.holder_hash == bindparam("held_by")
_IS_IT = _DRAFTS.c.id == bindparam("draft_id")
_HELD = _KEPT.where(_IS_IT, _IS_HOLDERS)
_HELD_LOCKED = _HELD.with_for_update(of=_DRAFTS)
_ANYBODYS_LOCKED = _KEPT.where(_IS_IT).with_for_update(of=_DRAFTS)
_IS_UNSENT = _DRAFTS.c.submitted_reference.is_(None)
_UNSENT = _KEPT.where(_IS_HOLDERS, _IS_UNSENT).order_by(_DRAFTS.c.updated_at.desc())
_UNTOUCHED = _UNSENT.where(_DRAFTS.c.revision == 0, _DRAFTS.c.version_hash == bindparam("version"))
_SAVE = (
    update(_DRAFTS)
    .where(_IS_IT, _IS_HOLDERS, _DRAFTS.c.revision == bindparam("expected"))
    .values({name: bindparam(f"new_{name}") for name in sorted(_CHANGING)})
    .returning(_DRAFTS.c.id)
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new draft starts from."""

    service_key: str
    version_hash: str
    locale: str
    holder: str = field(repr=False)


def create(db: Session, beginning: Beginning, now: datetime) -> Draft:
    """A new, empty draft of one service version."""
    draft = Draft(
        id=new_id(),
        service_key=beginning.service_key,
        version_hash=beginning.version_hash,
        locale=beginning.locale,
        created_at=now,
        updated_at=now,
        holder_hash=hash_token(beginning.holder),
        vault=new_vault(db, now),
    )
    db.execute(insert(_DRAFTS), _stored(draft))
    return draft


def load(db: Session, draft_id: str, holder: str) -> Draft:
    """The draft of this holder; raises `NotFound` for no draft and for somebody else's."""
    return _one(db, _HELD, draft_id=draft_id, held_by=hash_token(holder))


def load_for_change(db: Session, draft: Draft) -> Draft:
    """`draft` as it is now, locked until the transaction ends."""
    return _one(db, _HELD_LOCKED, draft_id=draft.id, held_by=draft.holder_hash)


def load_by_id(db: Session, draft_id: str) -> Draft:
    """The draft whoever holds it, locked: for work that goes on after the person's request."""
    return _one(db, _ANYBODYS_LOCKED, draft_id=draft_id)


def of_holder(db: Session, holder: str) -> tuple[Draft, ...]:
    """Every draft of this holder, the one touched last first; sent ones left out."""
    return _all(db, _UNSENT, held_by=hash_token(holder))


def untouched(db: Session, beginning: Beginning) -> Draft | None:
    """The newest draft of this holder that began the same way and in which nothing has been said yet."""
    known = {"held_by": hash_token(beginning.holder), "version": beginning.version_hash}
    return next(iter(_all(db, _UNTOUCHED, **known)), None)


def forget(db: Session, before: datetime, now: datetime, most: int) -> int:
    """Destroy the keys of up to `most` unsent drafts nobody touched since `before`; how many."""
    query = (
        select(_VAULTS.c.id)
        .select_from(_THEIR_VAULTS)
        .where(_DRAFTS.c.updated_at < before, _IS_UNSENT, _VAULTS.c.wrapped.is_not(None))
        .order_by(_DRAFTS.c.updated_at)
        .limit(most)
    )
    vaults = tuple(db.execute(query).scalars())
    for vault_id in vaults:
        destroy(db, vault_id, now)
    return len(vaults)


def save(db: Session, draft: Draft, expected_revision: int) -> Draft:
    """Store `draft` as the revision after `expected_revision`; raises `StaleDraft` when that is gone."""
    kept = replace(draft, revision=expected_revision + 1)
    stored = {f"new_{name}": value for name, value in _stored(kept).items() if name in _CHANGING}
    known = {"draft_id": draft.id, "held_by": draft.holder_hash, "expected": expected_revision}
    if db.execute(_SAVE, {**stored, **known}).first() is None:
        raise StaleDraft
    return kept


def _one(db: Session, query: _Query, **known: str) -> Draft:
    found = db.execute(query, known).first()
    if found is None:
        raise NotFound
    return _draft(db, found)


def _all(db: Session, query: _Query, **known: str) -> tuple[Draft, ...]:
    return tuple(_draft(db, row) for row in db.execute(query, known) if row.wrapped is not None)


def _cell(draft_id: str) -> Cell:
    return Cell("drafts", "sealed", draft_id)


def _stored(draft: Draft) -> dict[str, object]:
    """The columns of a draft's row."""
    if draft.vault is None:
        raise ValueError("a draft is stored with the vault it was loaded with")
    return {
        "id": draft.id,
        "holder_hash": draft.holder_hash,
        "vault_id": draft.vault.id,
        "service_key": draft.service_key,
        "version_hash": draft.version_hash,
        "locale": draft.locale,
        "revision": draft.revision,
        "sealed": seal(draft.vault, written(draft), _cell(draft.id)),
        "sign_in_skipped": draft.sign_in_skipped,
        "submitted_reference": draft.submitted_reference,
        "created_at": draft.created_at,
        "updated_at": draft.updated_at,
    }


def _draft(db: Session, row: Row[*tuple[Any, ...]]) -> Draft:
    vault = unwrapped(db.keyring, row.vault_id, row.wrapped)
    said = read(open_sealed(vault, row.sealed, _cell(row.id)))
    return Draft(
        id=row.id,
        service_key=row.service_key,
        version_hash=row.version_hash,
        locale=row.locale,
        created_at=row.created_at,
        updated_at=row.updated_at,
        revision=row.revision,
        answers=said.answers,
        prefill=said.prefill,
        askings=said.askings,
        mobile=said.mobile,
        sign_in_skipped=row.sign_in_skipped,
        submitted_reference=row.submitted_reference,
        replaced=said.replaced,
        holder_hash=row.holder_hash,
        vault=vault,
    )
