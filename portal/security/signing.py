"""Receipts signed with Ed25519, so that anyone with the public key can check one."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.security.envelope import Keyring


@dataclass(frozen=True, slots=True)
class Signature:
    """An Ed25519 signature in unpadded base64url, and the id of the key that made it."""

    key_id: str
    value: str


def sign(keyring: Keyring, payload: bytes) -> Signature:
    """`payload` signed with the current signing key; the same payload always signs the same."""
    key = keyring.signing[keyring.signing_current]
    return Signature(key.id, _encode(Ed25519PrivateKey.from_private_bytes(key.secret).sign(payload)))


def verify(keyring: Keyring, payload: bytes, signature: Signature) -> bool:
    """True when `signature` was made over exactly these bytes by a key on this ring."""
    key = keyring.signing.get(signature.key_id)
    if key is None:
        return False
    try:
        value = urlsafe_b64decode(signature.value + "=" * (-len(signature.value) % 4))
        Ed25519PrivateKey.from_private_bytes(key.secret).public_key().verify(value, payload)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_keys(keyring: Keyring) -> list[dict[str, str]]:
    """The signing keys as public JWKs (RFC 8037), for `/.well-known/portal-keys.json`."""
    return [_jwk(key_id, key.secret) for key_id, key in keyring.signing.items()]


def _jwk(key_id: str, secret: bytes) -> dict[str, str]:
    public = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    return {"kty": "OKP", "crv": "Ed25519", "kid": key_id, "use": "sig", "alg": "EdDSA", "x": _encode(public)}


def _encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
