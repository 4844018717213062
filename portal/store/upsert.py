"""Insert a row unless its key is there already, the same way on both databases."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from portal.store.database import Session


def insert_unless_there(db: Session, row: SQLModel) -> None:
    """Insert `row`; a row with the same key stays as it is."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    db.execute(insert(type(row)).values(**row.model_dump()).on_conflict_do_nothing())
