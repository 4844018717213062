"""What people allowed and took back, bound to the agreement and to the words they read."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel, col, select

from portal.store.database import Session


class ConsentRow(SQLModel, table=True):
    """One yes or no; the last one for a draft and a registry counts. Never changed."""

    __tablename__ = "consents"

    id: str = Field(primary_key=True)
    draft_id: str = Field(foreign_key="drafts.id", index=True)
    registry_key: str
    agreement_revision: str | None = Field(default=None, foreign_key="agreements.revision")
    words_hash: str
    """SHA-256 (hex) of the question as it was shown, in `language`."""
    language: str
    given: bool
    at: datetime


def last(db: Session, draft_id: str, registry: str) -> ConsentRow | None:
    """What the person said last about this registry."""
    return db.exec(
        select(ConsentRow)
        .where(ConsentRow.draft_id == draft_id, ConsentRow.registry_key == registry)
        .order_by(col(ConsentRow.at).desc(), col(ConsentRow.given))
        .limit(1)
    ).first()
