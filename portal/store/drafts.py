"""Drafts: sealed answers that belong to the browser holding a random cookie."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, cast

from sqlalchemy import update
from sqlmodel import Field, SQLModel, col, select

from portal.forms.answers import Answer, Answers, Value
from portal.security.sealing import Cell, Key, open_sealed, seal
from portal.security.tokens import hash_token, new_id
from portal.store.database import Session
from portal.store.refused import NotFound, StaleDraft
from portal.store.vaults import VaultRow, destroy, new_vault, unwrapped

PrefillState = Literal["none", "pending", "done", "unavailable", "no_match"]
_PATIENCE = timedelta(seconds=20)


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
    prefill_state: str
    prefill_started: datetime | None = None
    sign_in_skipped: bool
    submitted_reference: str | None = None
    created_at: datetime
    updated_at: datetime = Field(index=True)


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A value a registry gave, waiting to be confirmed. Kept out of repr."""

    value: Value = field(repr=False)
    registry: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a question's answer was until `revision`; lets a late tab be merged instead of obeyed."""

    key: str
    revision: int
    answer: Answer | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """One person's unfinished application. Its repr holds nothing they said."""

    id: str
    service_key: str
    version_hash: str
    locale: str
    """The language the person last answered in."""
    created_at: datetime
    updated_at: datetime
    revision: int = 0
    answers: Answers = field(default_factory=Answers, repr=False)
    prefill: Mapping[str, Prefilled] = field(default_factory=dict, repr=False)
    """Values of registries by question key."""
    prefill_state: PrefillState = "none"
    prefill_started: datetime | None = None
    mobile: str | None = field(default=None, repr=False)
    """The number a code was checked for, like 01712345678."""
    sign_in_skipped: bool = False
    submitted_reference: str | None = None
    replaced: tuple[Replaced, ...] = field(default=(), repr=False)
    holder_hash: str = field(default="", repr=False)
    vault: Key | None = field(default=None, repr=False)

    @property
    def is_signed_in(self) -> bool:
        """True once a phone code was checked."""
        return self.mobile is not None

    def is_waiting(self, now: datetime) -> bool:
        """True while a registry is being asked; an asking that died is given up after 20 seconds."""
        started = self.prefill_started
        return self.prefill_state == "pending" and started is not None and now - started < _PATIENCE

    def offered(self, key: str) -> Value | None:
        """What should stand in the controls of question `key`: the answer, else what a registry said."""
        if key in self.answers:
            return self.answers[key].value
        return self.prefill[key].value if key in self.prefill else None


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
    db.add(_row(draft))
    db.flush()
    return draft


def load(db: Session, draft_id: str, holder: str) -> Draft:
    """The draft of this holder; raises `NotFound` for no draft and for somebody else's."""
    return _one(db, draft_id, hash_token(holder), lock=False)


def load_for_change(db: Session, draft: Draft) -> Draft:
    """`draft` as it is now, locked until the transaction ends."""
    return _one(db, draft.id, draft.holder_hash, lock=True)


def load_by_id(db: Session, draft_id: str) -> Draft:
    """The draft whoever holds it, locked: for work that goes on after the person's request."""
    return _one(db, draft_id, None, lock=True)


def of_holder(db: Session, holder: str) -> tuple[Draft, ...]:
    """Every draft of this holder, the one touched last first; sent ones left out."""
    query = (
        select(DraftRow, VaultRow.wrapped)
        .join(VaultRow, col(VaultRow.id) == col(DraftRow.vault_id))
        .where(DraftRow.holder_hash == hash_token(holder), col(DraftRow.submitted_reference).is_(None))
        .order_by(col(DraftRow.updated_at).desc())
    )
    return tuple(_draft(db, row, wrapped) for row, wrapped in db.exec(query) if wrapped is not None)


def untouched(db: Session, beginning: Beginning) -> Draft | None:
    """The newest draft of this holder that began the same way and in which nothing has been said yet."""
    return next(
        (
            draft
            for draft in of_holder(db, beginning.holder)
            if draft.revision == 0 and draft.version_hash == beginning.version_hash
        ),
        None,
    )


def forget(db: Session, before: datetime, now: datetime, most: int) -> int:
    """Destroy the keys of up to `most` unsent drafts nobody touched since `before`; how many."""
    query = (
        select(DraftRow.vault_id)
        .join(VaultRow, col(VaultRow.id) == col(DraftRow.vault_id))
        .where(
            col(DraftRow.updated_at) < before,
            col(DraftRow.submitted_reference).is_(None),
            col(VaultRow.wrapped).is_not(None),
        )
        .order_by(col(DraftRow.updated_at))
        .limit(most)
    )
    vaults = tuple(db.exec(query))
    for vault_id in vaults:
        destroy(db, vault_id, now)
    return len(vaults)


def save(db: Session, draft: Draft, expected_revision: int) -> Draft:
    """Store `draft` as the revision after `expected_revision`; raises `StaleDraft` when that is gone."""
    kept = replace(draft, revision=expected_revision + 1)
    values = _row(kept).model_dump(exclude={"id", "holder_hash", "vault_id", "created_at"})
    changed = db.execute(
        update(DraftRow)
        .where(
            col(DraftRow.id) == draft.id,
            col(DraftRow.holder_hash) == draft.holder_hash,
            col(DraftRow.revision) == expected_revision,
        )
        .values(**values)
        .returning(col(DraftRow.id))
        .execution_options(synchronize_session=False)
    ).first()
    if changed is None:
        raise StaleDraft
    return kept


def _one(db: Session, draft_id: str, holder_hash: str | None, *, lock: bool) -> Draft:
    query = (
        select(DraftRow, VaultRow.wrapped)
        .join(VaultRow, col(VaultRow.id) == col(DraftRow.vault_id))
        .where(DraftRow.id == draft_id)
        # A second look in the same transaction must see the row, not the session's memory of it.
        .execution_options(populate_existing=True)
    )
    if holder_hash is not None:
        query = query.where(DraftRow.holder_hash == holder_hash)
    if lock:
        query = query.with_for_update(of=DraftRow)
    found = db.exec(query).first()
    if found is None:
        raise NotFound
    return _draft(db, *found)


def _cell(draft_id: str) -> Cell:
    return Cell("drafts", "sealed", draft_id)


def _row(draft: Draft) -> DraftRow:
    if draft.vault is None:
        raise ValueError("a draft is stored with the vault it was loaded with")
    return DraftRow(
        id=draft.id,
        holder_hash=draft.holder_hash,
        vault_id=draft.vault.id,
        service_key=draft.service_key,
        version_hash=draft.version_hash,
        locale=draft.locale,
        revision=draft.revision,
        sealed=seal(draft.vault, _written(draft), _cell(draft.id)),
        prefill_state=draft.prefill_state,
        prefill_started=draft.prefill_started,
        sign_in_skipped=draft.sign_in_skipped,
        submitted_reference=draft.submitted_reference,
        created_at=draft.created_at,
        updated_at=draft.updated_at,
    )


def _draft(db: Session, row: DraftRow, wrapped: bytes | None) -> Draft:
    vault = unwrapped(db.keyring, row.vault_id, wrapped)
    said = json.loads(open_sealed(vault, row.sealed, _cell(row.id)))
    return Draft(
        id=row.id,
        service_key=row.service_key,
        version_hash=row.version_hash,
        locale=row.locale,
        created_at=row.created_at,
        updated_at=row.updated_at,
        revision=row.revision,
        answers=Answers.from_json(said["answers"]),
        prefill={key: _prefilled(one) for key, one in said["prefill"].items()},
        prefill_state=cast("PrefillState", row.prefill_state),
        prefill_started=row.prefill_started,
        mobile=said["mobile"],
        sign_in_skipped=row.sign_in_skipped,
        submitted_reference=row.submitted_reference,
        replaced=tuple(_replaced(one) for one in said["replaced"]),
        holder_hash=row.holder_hash,
        vault=vault,
    )


def _written(draft: Draft) -> bytes:
    return json.dumps(
        {
            "answers": draft.answers.to_json(),
            "prefill": {
                key: {"value": one.value, "registry": one.registry, "fetched_at": one.fetched_at.isoformat()}
                for key, one in draft.prefill.items()
            },
            "mobile": draft.mobile,
            "replaced": [
                {"key": one.key, "revision": one.revision, "answer": one.answer and one.answer.to_json()}
                for one in draft.replaced
            ],
        },
        ensure_ascii=False,
    ).encode()


def _replaced(stored: Mapping[str, object]) -> Replaced:
    answer = stored["answer"]
    return Replaced(
        key=str(stored["key"]),
        revision=cast("int", stored["revision"]),
        answer=Answer.from_json(answer) if isinstance(answer, dict) else None,
    )


def _prefilled(stored: Mapping[str, object]) -> Prefilled:
    return Prefilled(
        value=cast("Value", stored["value"]),
        registry=str(stored["registry"]),
        fetched_at=datetime.fromisoformat(str(stored["fetched_at"])),
    )
