"""What alembic runs: every step in the one transaction that `migrate` opened."""

from alembic import context

from portal.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
