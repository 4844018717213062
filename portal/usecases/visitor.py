"""Who is at the other end of a request, as far as anybody knows before signing in."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser: its cookie token, the language of its page, and its address, which only limits see."""

    holder: str = field(repr=False)
    locale: str
    client: str = field(default="", repr=False)
    """Network address from the trusted side of the proxies; empty when unknown."""
