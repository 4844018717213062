"""A certificate for trying the portal on a phone: an authority of our own that vouches for a server."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
# Browsers refuse a server certificate that lives longer than 398 days.
SERVER_DAYS = 397
# A documentation address (RFC 5737): connecting a datagram socket sends nothing, it only picks our own side.
ELSEWHERE = ("192.0.2.1", 9)
_SIGNING = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


@dataclass(frozen=True, slots=True)
class LocalCertificate:
    """Files of a certificate for this machine; a phone trusts it after installing `authority`."""

    certificate: Path
    key: Path
    authority: Path


def local_certificate(folder: Path, now: datetime) -> LocalCertificate:
    """The certificate in `folder`, made when missing, ending soon, or lacking an address this machine has."""
    files = LocalCertificate(folder / "server.pem", folder / "server.key", folder / "authority.pem")
    addresses = own_addresses()
    if not _still_good(files.certificate, addresses, now):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(files, addresses, now)
    return files


def own_addresses() -> tuple[str, ...]:
    """The loopback address, then the address other machines on this network see, when there is one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
            outside = str(probe.getsockname()[0])
        except OSError:
            outside = "127.0.0.1"
    return tuple(dict.fromkeys(("127.0.0.1", outside)))


def _still_good(path: Path, addresses: tuple[str, ...], now: datetime) -> bool:
    if not path.is_file():
        return False
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    held = {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    return held >= set(addresses) and certificate.not_valid_after_utc > now + timedelta(days=7)


def _make(files: LocalCertificate, addresses: tuple[str, ...], now: datetime) -> None:
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority_name = _name("Shohoj Sheba local authority")
    authority = (
        _builder(authority_name, authority_name, authority_key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_SIGNING, critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    key = ec.generate_private_key(ec.SECP256R1())
    names = [x509.DNSName("localhost"), *(x509.IPAddress(ipaddress.ip_address(one)) for one in addresses)]
    server = (
        _builder(_name("localhost"), authority_name, key, now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    files.key.touch(mode=0o600)
    files.key.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    files.authority.write_bytes(authority.public_bytes(pem))
    files.certificate.write_bytes(server.public_bytes(pem) + authority.public_bytes(pem))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])
