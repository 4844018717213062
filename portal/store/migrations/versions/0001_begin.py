"""Everything the portal needs to take one application from a draft to a decision."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table, and forbid the audit rows to change."""
    _services()
    _agreements()
    _drafts()
    _submissions()
    _happenings()
    _phones()
    _housekeeping()
    _audit()


def downgrade() -> None:
    """Drop it all: only ever for a database that was never used."""
    op.execute(
        "DROP TRIGGER audit_rows_stay ON audit_rows" if _is_postgresql() else "DROP TRIGGER audit_rows_stay"
    )
    op.execute("DROP FUNCTION refuse_change()" if _is_postgresql() else "DROP TRIGGER audit_rows_remain")
    for table in (
        *("audit_rows", "holidays", "heartbeats", "limits", "sent_messages", "phone_codes", "grants"),
        *("deliveries", "events", "submissions", "exchange_calls", "consents", "drafts", "vaults"),
        *("agreements", "live_services", "service_versions"),
    ):
        op.drop_table(table)


def _text(name: str, *references: sa.ForeignKey, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, AutoString(), *references, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, UTCDateTime(), nullable=nullable)


def _sealed(name: str, *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _create(name: str, *parts: SchemaItem, indexes: tuple[tuple[str, ...], ...] = ()) -> None:
    op.create_table(name, *parts)
    for columns in indexes:
        op.create_index(None, name, list(columns))


def _services() -> None:
    _create(
        "service_versions",
        _text("hash"),
        _text("key"),
        _whole("n"),
        _sealed("canonical"),
        _moment("published_at"),
        sa.PrimaryKeyConstraint("hash"),
        sa.UniqueConstraint("key", "n"),
    )
    _create(
        "live_services",
        _text("key"),
        _text("hash", sa.ForeignKey("service_versions.hash")),
        _moment("changed_at"),
        sa.PrimaryKeyConstraint("key"),
    )


def _agreements() -> None:
    _create(
        "agreements",
        _text("revision"),
        _text("key"),
        _text("provider"),
        _text("service"),
        _text("purpose"),
        _text("legal_basis"),
        _text("fields_allowed"),
        _day("valid_from"),
        _day("valid_until", nullable=True),
        _moment("recorded_at"),
        _moment("withdrawn_at", nullable=True),
        sa.PrimaryKeyConstraint("revision"),
        indexes=(("service",),),
    )


def _drafts() -> None:
    _create(
        "vaults",
        _text("id"),
        _sealed("wrapped", nullable=True),
        _moment("created_at"),
        _moment("destroyed_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    _create(
        "drafts",
        _text("id"),
        _text("holder_hash"),
        _text("vault_id", sa.ForeignKey("vaults.id")),
        _text("service_key"),
        _text("version_hash", sa.ForeignKey("service_versions.hash")),
        _text("locale"),
        _whole("revision"),
        _sealed("sealed"),
        _text("prefill_state"),
        _moment("prefill_started", nullable=True),
        _flag("sign_in_skipped"),
        _text("submitted_reference", nullable=True),
        _moment("created_at"),
        _moment("updated_at"),
        sa.PrimaryKeyConstraint("id"),
        indexes=(("holder_hash",), ("updated_at",)),
    )
    _consents()


def _consents() -> None:
    _create(
        "consents",
        _text("id"),
        _text("draft_id", sa.ForeignKey("drafts.id")),
        _text("registry_key"),
        _text("agreement_revision", sa.ForeignKey("agreements.revision"), nullable=True),
        _text("words_hash"),
        _text("language"),
        _flag("given"),
        _moment("at"),
        sa.PrimaryKeyConstraint("id"),
        indexes=(("draft_id",),),
    )
    _create(
        "exchange_calls",
        _text("id"),
        _moment("at"),
        _text("actor"),
        _text("draft_id", sa.ForeignKey("drafts.id")),
        _text("registry_key"),
        _text("whose"),
        _text("provider"),
        _text("service"),
        _text("fields_asked"),
        _text("purpose"),
        _text("legal_basis"),
        _text("agreement_revision", sa.ForeignKey("agreements.revision")),
        _text("consent_id", sa.ForeignKey("consents.id")),
        _text("message_id"),
        _text("request_id"),
        _text("request_hash"),
        _text("outcome"),
        _moment("finished_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        indexes=(("draft_id",), ("whose",)),
    )


def _submissions() -> None:
    _create(
        "submissions",
        _text("id"),
        _text("reference"),
        _text("draft_id", sa.ForeignKey("drafts.id")),
        _text("vault_id", sa.ForeignKey("vaults.id")),
        _text("holder_hash"),
        _text("mobile_index", nullable=True),
        _text("service_key"),
        _text("version_hash", sa.ForeignKey("service_versions.hash")),
        _whole("version"),
        _text("language"),
        _flag("assisted"),
        _whole("assurance"),
        _text("state"),
        *(_text("office_agency"), _text("office_level"), _text("office_place")),
        _text("digest"),
        _sealed("sealed"),
        *(_text("receipt"), _text("receipt_key"), _text("receipt_signature")),
        _moment("received_at"),
        _day("due_on", nullable=True),
        _moment("delivered_at", nullable=True),
        _text("case_number", nullable=True),
        _moment("decided_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference"),
        sa.UniqueConstraint("draft_id"),
        indexes=(("holder_hash",), ("service_key",)),
    )


def _happenings() -> None:
    _create(
        "events",
        _text("id"),
        _text("submission_id", sa.ForeignKey("submissions.id")),
        _whole("position"),
        _text("kind"),
        _text("source"),
        _moment("at"),
        _sealed("sealed_words", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("submission_id", "position"),
    )
    _create(
        "deliveries",
        _text("id"),
        _text("submission_id", sa.ForeignKey("submissions.id")),
        _text("target"),
        _text("state"),
        _whole("attempts"),
        _moment("due_at"),
        _text("leased_by", nullable=True),
        _moment("leased_until", nullable=True),
        _flag("is_ambiguous"),
        _text("last_code", nullable=True),
        _text("last_support_reference", nullable=True),
        _moment("created_at"),
        _moment("finished_at", nullable=True),
        _moment("ask_at", nullable=True),
        _whole("asked"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("submission_id", "target"),
        indexes=(("state", "due_at"), ("ask_at",)),
    )


def _phones() -> None:
    _create(
        "phone_codes",
        _text("id"),
        _text("purpose"),
        _text("subject"),
        _text("holder_hash"),
        _text("mobile_index"),
        _text("code_hash"),
        _whole("tries_left"),
        _moment("expires_at"),
        _moment("created_at"),
        _moment("used_at", nullable=True),
        _sealed("sealed_mobile", nullable=True),
        _text("opens", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        indexes=(("expires_at",), ("purpose", "subject", "holder_hash")),
    )
    _create(
        "sent_messages",
        _text("id"),
        _text("kind"),
        _text("language"),
        _text("state"),
        _sealed("sealed"),
        _moment("created_at"),
        _moment("due_at"),
        _whole("attempts"),
        _moment("sent_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        indexes=(("created_at",), ("state", "due_at")),
    )


def _housekeeping() -> None:
    _create(
        "grants",
        _text("id"),
        _text("holder_hash"),
        _text("submission_id", sa.ForeignKey("submissions.id")),
        _moment("created_at"),
        _moment("expires_at"),
        sa.PrimaryKeyConstraint("id"),
        indexes=(("holder_hash",), ("submission_id",)),
    )
    _create(
        "limits",
        _text("key"),
        _whole("used"),
        _moment("full_at"),
        sa.PrimaryKeyConstraint("key"),
        indexes=(("full_at",),),
    )
    _create(
        "heartbeats",
        _text("id"),
        _text("name"),
        _moment("at"),
        sa.PrimaryKeyConstraint("id"),
        indexes=(("name",),),
    )
    _create("holidays", _day("day"), _text("bn"), _text("en"), sa.PrimaryKeyConstraint("day"))


def _audit() -> None:
    _create(
        "audit_rows",
        _text("id"),
        _moment("at"),
        _text("actor"),
        _text("acting_for"),
        _text("grant_id"),
        _text("action"),
        _text("object"),
        _text("digest"),
        _text("request_id"),
        sa.PrimaryKeyConstraint("id"),
        indexes=(("at",), ("object",)),
    )
    if _is_postgresql():
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'audit rows stay as they are'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_rows_stay BEFORE UPDATE OR DELETE ON audit_rows "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for name, act in (("audit_rows_stay", "UPDATE"), ("audit_rows_remain", "DELETE")):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON audit_rows "
            "BEGIN SELECT RAISE(ABORT, 'audit rows stay as they are'); END"
        )


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
