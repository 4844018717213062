"""What differs between the kinds of security server a portal may stand behind."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """One make of security server: its header prefix, and what its answers can be held to."""

    name: str
    header_prefix: str = "X-Road-"
    has_request_hash: bool = True
    """True when X-Road-Request-Hash can be recomputed: nothing between it and us rewrites headers."""

    def header(self, noun: str) -> str:
        """The lower-case header for `noun` (`Client`, `Id`): lower case is what our request hash covers."""
        return (self.header_prefix + noun).lower()


XROAD = Profile("X-Road 7.8 and later")
