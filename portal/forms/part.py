"""What every part of a definition shares: it never changes, and its keys and codes are written one way."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

QuestionKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
PageKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Address = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$")]
PlaceCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}([0-9]{2}(-[0-9]{3}(-[0-9]{4})?)?)?$")]
Level = Literal["division", "district", "upazila", "union"]
LEVELS: tuple[Level, ...] = ("division", "district", "upazila", "union")


class Part(BaseModel):
    """What every part of a definition shares: it never changes, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
