"""Who did what to what: rows written in the transaction of the act, never changed after."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Field, SQLModel

from portal.security.tokens import new_id
from portal.store.database import Session


class AuditRow(SQLModel, table=True):
    """One act. The database refuses to change or delete it."""

    __tablename__ = "audit_rows"

    id: str = Field(primary_key=True)
    at: datetime = Field(index=True)
    actor: str
    acting_for: str
    grant_id: str
    action: str
    object: str = Field(index=True)
    digest: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Act:
    """What happened: `actor` and `object` are opaque ids such as `holder:…`, never names or numbers."""

    actor: str
    action: str
    object: str
    digest: str = ""
    acting_for: str = ""
    grant_id: str = ""
    request_id: str = ""


def record(db: Session, act: Act, now: datetime) -> None:
    """Keep `act` in the transaction that did it."""
    db.add(
        AuditRow(
            id=new_id(),
            at=now,
            actor=act.actor,
            acting_for=act.acting_for,
            grant_id=act.grant_id,
            action=act.action,
            object=act.object,
            digest=act.digest,
            request_id=act.request_id,
        )
    )
