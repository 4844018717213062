"""Tables and queries, one aggregate a file; the only place with SQL."""

from sqlmodel import SQLModel

# Named constraints can be changed by a later migration on either database; this must run before any table.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
