"""Gazetted holidays, lunar ones included: days on which no office works."""

from datetime import date

from sqlmodel import Field, SQLModel, col, select

from portal.store.database import Session


class HolidayRow(SQLModel, table=True):
    """One day off, with its name."""

    __tablename__ = "holidays"

    day: date = Field(primary_key=True)
    bn: str
    en: str


def load_holidays(db: Session) -> frozenset[date]:
    """Every holiday on record."""
    return frozenset(db.exec(select(col(HolidayRow.day))))
