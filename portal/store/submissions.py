"""Submitted applications, sealed with the vault of the draft they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, cast

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.sql.expression import Select

from portal.security.sealing import Cell, Key, open_sealed
from portal.security.signing import Signature
from portal.store.database import Session
from portal.store.refused import NotFound
from portal.store.vaults import VaultRow, unwrapped

State = Literal[
    "received", "in_review", "needs_information", "approved", "refused", "withdrawn", "waiting_for_allocation"
]
DECIDED: frozenset[State] = frozenset({"approved", "refused", "withdrawn"})


class SubmissionRow(SQLModel, table=True):
    """An application as it lies at rest; numbers of people only as blind indexes."""

    __tablename__ = "submissions"

    id: str = Field(primary_key=True)
    reference: str = Field(unique=True)
    draft_id: str = Field(foreign_key="drafts.id", unique=True)
    vault_id: str = Field(foreign_key="vaults.id")
    holder_hash: str = Field(index=True)
    mobile_index: str | None = None
    service_key: str = Field(index=True)
    version_hash: str = Field(foreign_key="service_versions.hash")
    version: int
    language: str
    assisted: bool
    assurance: int
    state: str
    office_agency: str
    office_level: str
    office_place: str
    digest: str
    sealed: bytes
    receipt: str
    receipt_key: str
    receipt_signature: str
    received_at: datetime
    due_on: date | None = None
    delivered_at: datetime | None = None
    case_number: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """Who decides: the agency, the level of its office, and the place it serves."""

    agency: str
    level: str
    place: str
    """Place code; empty when the service has one office for the country."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was signed on arrival, byte for byte, and the signature over it."""

    payload: str
    signature: Signature


@dataclass(frozen=True, slots=True)
class Submission:
    """One application. What the person said is in `body`, kept out of repr."""

    id: str
    reference: str
    draft_id: str
    service_key: str
    version_hash: str
    version: int
    language: str
    assisted: bool
    assurance: int
    """Reached: 0 nobody known, 1 phone code, 2 phone code and registry match."""
    state: State
    office: Office
    digest: str
    """SHA-256 (hex) of the canonical body, which holds a secret salt."""
    receipt: Receipt
    received_at: datetime
    due_on: date | None
    """Day in Dhaka by which the office should have decided; None when the service promises none."""
    delivered_at: datetime | None
    case_number: str | None
    """The office's own number, once it has the application."""
    decided_at: datetime | None
    body: bytes = field(repr=False)
    """Canonical JSON of what was sent."""
    mobile_index: str | None = field(repr=False)
    holder_hash: str = field(repr=False)
    vault: Key = field(repr=False)


def body_cell(submission_id: str) -> Cell:
    """Where a submission's body is sealed to."""
    return Cell("submissions", "sealed", submission_id)


def by_draft(db: Session, draft_id: str) -> Submission | None:
    """The submission a draft became, if it was sent."""
    return _first(db, col(SubmissionRow.draft_id) == draft_id)


def by_id(db: Session, submission_id: str) -> Submission | None:
    """The submission with this id, whoever sent it."""
    return _first(db, col(SubmissionRow.id) == submission_id)


def by_reference(db: Session, reference: str) -> Submission | None:
    """The submission with this reference, whoever sent it: only for proofs of knowledge and receipts."""
    return _first(db, col(SubmissionRow.reference) == reference)


def load_visible(db: Session, reference: str, holder_hash: str, granted: frozenset[str]) -> Submission:
    """The submission, when the holder sent it or was granted a look; else `NotFound`."""
    found = _first(
        db,
        col(SubmissionRow.reference) == reference,
        or_(col(SubmissionRow.holder_hash) == holder_hash, col(SubmissionRow.id).in_(granted)),
    )
    if found is None:
        raise NotFound
    return found


def all_visible(db: Session, holder_hash: str, granted: frozenset[str]) -> tuple[Submission, ...]:
    """What the holder sent or may look at, newest first."""
    query = _query(or_(col(SubmissionRow.holder_hash) == holder_hash, col(SubmissionRow.id).in_(granted)))
    rows = db.exec(query.order_by(col(SubmissionRow.received_at).desc()))
    return tuple(_submission(db, row, wrapped) for row, wrapped in rows if wrapped is not None)


def insert(db: Session, submission: Submission, sealed: bytes) -> None:
    """Store a new submission; its body as `sealed` for `body_cell`."""
    db.add(
        SubmissionRow(
            id=submission.id,
            reference=submission.reference,
            draft_id=submission.draft_id,
            vault_id=submission.vault.id,
            holder_hash=submission.holder_hash,
            mobile_index=submission.mobile_index,
            service_key=submission.service_key,
            version_hash=submission.version_hash,
            version=submission.version,
            language=submission.language,
            assisted=submission.assisted,
            assurance=submission.assurance,
            state=submission.state,
            office_agency=submission.office.agency,
            office_level=submission.office.level,
            office_place=submission.office.place,
            digest=submission.digest,
            sealed=sealed,
            receipt=submission.receipt.payload,
            receipt_key=submission.receipt.signature.key_id,
            receipt_signature=submission.receipt.signature.value,
            received_at=submission.received_at,
            due_on=submission.due_on,
        )
    )
    db.flush()


def is_known(db: Session, reference: str) -> bool:
    """True when the reference is taken."""
    return db.exec(select(SubmissionRow.id).where(SubmissionRow.reference == reference)).first() is not None


def mark(db: Session, submission_id: str, **changes: object) -> None:
    """Change the columns that may change after arrival: state, delivered_at, case_number, decided_at."""
    allowed = {"state", "delivered_at", "case_number", "decided_at"}
    if not changes.keys() <= allowed:
        raise ValueError("a submission's facts never change")
    db.execute(
        update(SubmissionRow)
        .where(col(SubmissionRow.id) == submission_id)
        .values(**changes)
        .execution_options(synchronize_session=False)
    )


def _query(*where: ColumnElement[bool]) -> Select[SubmissionRow, bytes | None]:
    return (
        select(SubmissionRow, VaultRow.wrapped)
        .join(VaultRow, col(VaultRow.id) == col(SubmissionRow.vault_id))
        .where(*where)
        .execution_options(populate_existing=True)
    )


def _first(db: Session, *where: ColumnElement[bool]) -> Submission | None:
    found = db.exec(_query(*where)).first()
    return _submission(db, *found) if found else None


def _submission(db: Session, row: SubmissionRow, wrapped: bytes | None) -> Submission:
    vault = unwrapped(db.keyring, row.vault_id, wrapped)
    return Submission(
        id=row.id,
        reference=row.reference,
        draft_id=row.draft_id,
        service_key=row.service_key,
        version_hash=row.version_hash,
        version=row.version,
        language=row.language,
        assisted=row.assisted,
        assurance=row.assurance,
        state=cast("State", row.state),
        office=Office(row.office_agency, row.office_level, row.office_place),
        digest=row.digest,
        receipt=Receipt(row.receipt, Signature(row.receipt_key, row.receipt_signature)),
        received_at=row.received_at,
        due_on=row.due_on,
        delivered_at=row.delivered_at,
        case_number=row.case_number,
        decided_at=row.decided_at,
        body=open_sealed(vault, row.sealed, body_cell(row.id)),
        mobile_index=row.mobile_index,
        holder_hash=row.holder_hash,
        vault=vault,
    )


@dataclass(frozen=True, slots=True)
class Contact:
    """Just enough to see whether a number belongs to a reference."""

    id: str
    mobile_index: str = field(repr=False)


def contact(db: Session, reference: str) -> Contact | None:
    """Whose number goes with this reference; opens nothing, so that a hit takes no longer than a miss."""
    query = select(SubmissionRow.id, SubmissionRow.mobile_index).where(SubmissionRow.reference == reference)
    found = db.exec(query).first()
    return Contact(found[0], found[1] or "") if found else None


def reference_of(db: Session, submission_id: str) -> str:
    """The reference of a submission; raises `NotFound`."""
    found = db.exec(select(SubmissionRow.reference).where(SubmissionRow.id == submission_id)).first()
    if found is None:
        raise NotFound
    return found
