"""Each registry is asked on its own, so how that stands lies with what is sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("drafts", "prefill_started")
    op.drop_column("drafts", "prefill_state")


def downgrade() -> None:
    op.add_column("drafts", sa.Column("prefill_state", sa.Text(), nullable=False, server_default="none"))
    op.add_column("drafts", sa.Column("prefill_started", sa.DateTime(timezone=True), nullable=True))
