"""Blind indexes and keyed hashes: equal values can be found without being stored."""

import hmac

from portal.security.envelope import Keyring


def blind_index(keyring: Keyring, purpose: str, value: str) -> str:
    """HMAC-SHA256 of `value` in hex; the same value under two purposes gives unrelated indexes."""
    return hmac.digest(keyring.index, f"{purpose}\x1f{value}".encode(), "sha256").hex()


def code_hash(keyring: Keyring, code_id: str, code: str) -> str:
    """A one-time code as stored: keyed with a pepper outside the database and bound to its row."""
    return hmac.digest(keyring.pepper, f"code\x1f{code_id}\x1f{code}".encode(), "sha256").hex()


def derived_salt(keyring: Keyring, purpose: str, value: str) -> str:
    """A salt nobody can guess without the keyring, yet always the same for `value`; 32 hex digits."""
    return hmac.digest(keyring.pepper, f"salt\x1f{purpose}\x1f{value}".encode(), "sha256").hex()[:32]


def is_same(one: str, other: str) -> bool:
    """Compare two hashes in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
