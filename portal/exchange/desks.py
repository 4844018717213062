"""The offices whose intakes the stand-in plays: who they are, how they number cases, what they may say."""

from __future__ import annotations

from dataclasses import dataclass

ANY_LEVEL = frozenset({"division", "district", "upazila", "union"})
UPAZILA = frozenset({"upazila"})


@dataclass(frozen=True, slots=True)
class Desk:
    """One office's intake."""

    key: str
    """The subsystem of the exchange, for example `dss-intake`."""
    member: str
    prefix: str
    """Case numbers begin with it."""
    levels: frozenset[str]
    """The levels of place an office of this kind exists at."""
    rations: bool = False
    """True where money is given out: an application may have to wait for allocation."""


DESKS: tuple[Desk, ...] = (
    Desk("union-intake", "LGD", "UP", ANY_LEVEL),
    Desk("dss-intake", "DSS", "SS", UPAZILA, rations=True),
    Desk("dwa-intake", "DWA", "WA", UPAZILA, rations=True),
    Desk("bdris-intake", "ORGBDR", "BR", ANY_LEVEL),
    Desk("grs-intake", "CABINET", "GR", ANY_LEVEL),
)
DESK_BY_KEY = {desk.key: desk for desk in DESKS}
