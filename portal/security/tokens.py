"""Random ids, cookie tokens and the reference people read out over the phone."""

import hashlib
import re
import secrets

# Crockford's alphabet less the two digits people confuse with letters: no 0 1 I L O U.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_SIZE = len(ALPHABET)
_RANDOM_CHARACTERS = 7
_ASCII_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
_NOISE = re.compile(r"[\s\-‐-―−_.\u200b-\u200f\u2060\ufeff]+")
_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")


def new_id() -> str:
    """A 128-bit url-safe id of 22 characters."""
    return secrets.token_urlsafe(16)


def new_token() -> str:
    """A 256-bit url-safe secret of 43 characters, for a cookie."""
    return secrets.token_urlsafe(32)


def is_id(text: str) -> bool:
    """True for anything `new_id` makes, and for UUIDs."""
    return _ID.fullmatch(text) is not None


def hash_token(token: str) -> str:
    """SHA-256 of a cookie token, in hex: all the database ever sees of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code(digits: int = 6) -> str:
    """A one-time code of decimal digits."""
    return "".join(secrets.choice("0123456789") for _ in range(digits))


def new_reference() -> str:
    """A new `BD-XXXX-XXXX`; the last character checks the seven before it."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM_CHARACTERS))
    return _written(body + _check_character(body))


def clean_reference(typed: str) -> str:
    """`typed` as the portal writes references: any case, dashes, spaces and digits are welcome.

    What cannot be a reference comes back folded but otherwise as it was typed.
    """
    folded = _NOISE.sub("", typed.translate(_ASCII_DIGITS)).upper()
    body = folded.removeprefix("BD") if len(folded) == len("BD") + _RANDOM_CHARACTERS + 1 else folded
    return _written(body) if len(body) == _RANDOM_CHARACTERS + 1 else folded


def is_reference(text: str) -> bool:
    """True when `text` is written `BD-XXXX-XXXX` and its check character fits."""
    body = text.removeprefix("BD-").replace("-", "")
    if text != _written(body) or len(body) != _RANDOM_CHARACTERS + 1 or not set(body) <= set(ALPHABET):
        return False
    return body[-1] == _check_character(body[:-1])


def _written(body: str) -> str:
    return f"BD-{body[:4]}-{body[4:]}"


def _check_character(body: str) -> str:
    """ISO/IEC 7064 hybrid system, modulus 31 and 30: one wrong character never passes."""
    rest = _SIZE
    for character in body:
        total = (rest + ALPHABET.index(character)) % _SIZE or _SIZE
        rest = total * 2 % (_SIZE + 1)
    return ALPHABET[(_SIZE + 1 - rest) % _SIZE]
