"""What the store itself refuses; every other refusal lives with the use cases."""

from typing import ClassVar


class Refused(Exception):
    """Somebody may not do this, now, or at all. Its text never holds personal values."""

    keeps_facts: ClassVar[bool] = False
    """True when what was written before the refusal must stay: a counted attempt, an audit row."""


class NotFound(Refused):
    """There is no such thing, or it is somebody else's: from outside the two look alike."""


class StaleDraft(Refused):
    """The draft changed in another window since it was read; nothing was saved over it."""
