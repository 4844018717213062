"""What the environment says, read once; nothing else in the portal reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

Environment = Literal["development", "rehearsal", "production"]
ROOT = Path(__file__).resolve().parent.parent


class Unconfigured(Exception):
    """Production lacks settings it must not guess; the message lists them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every address, folder and key the portal's processes agree on."""

    env: Environment = "development"
    port: int = 8000
    exchange_port: int = 8001
    data: Path = ROOT / "var"
    build: Path = ROOT / "build"
    services: Path = ROOT / "services"
    locales: Path = ROOT / "locales"
    static: Path = ROOT / "static"
    database_url: str = ""
    base_url: str = ""
    exchange_url: str = ""
    exchange_certificate: Path | None = None
    exchange_key: Path | None = None
    exchange_authority: Path | None = None
    client_id: str = "DEMO/GOV/PORTAL/citizen-portal"
    sms_url: str = ""
    trusted_proxies: tuple[str, ...] = ()
    keys: Path | None = None
    intake_seconds: int = 60

    @property
    def is_development(self) -> bool:
        """True where developer pages such as `/_messages` may exist."""
        return self.env == "development"

    @property
    def is_secure(self) -> bool:
        """True when people reach the portal over https."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Settings from `PORTAL_*`; raises `Unconfigured` for a production without its own."""
        env = environ.get("PORTAL_ENV", "development")
        if env not in ("development", "rehearsal", "production"):
            raise Unconfigured(f"PORTAL_ENV must be development, rehearsal or production, not {env!r}")
        if env == "production":
            _require(environ)
        port = int(environ.get("PORTAL_PORT", "8000"))
        exchange_port = int(environ.get("PORTAL_EXCHANGE_PORT", "8001"))
        data = Path(environ.get("PORTAL_DATA", str(ROOT / "var"))).resolve()
        return cls(
            env=cast("Environment", env),
            port=port,
            exchange_port=exchange_port,
            data=data,
            build=Path(environ.get("PORTAL_BUILD", str(ROOT / "build"))).resolve(),
            database_url=environ.get("PORTAL_DATABASE_URL") or f"sqlite:///{data / 'portal.sqlite'}",
            base_url=environ.get("PORTAL_BASE_URL", f"http://127.0.0.1:{port}").rstrip("/"),
            exchange_url=environ.get("PORTAL_EXCHANGE_URL", f"http://127.0.0.1:{exchange_port}").rstrip("/"),
            exchange_certificate=_path(environ, "PORTAL_EXCHANGE_CERTIFICATE"),
            exchange_key=_path(environ, "PORTAL_EXCHANGE_KEY"),
            exchange_authority=_path(environ, "PORTAL_EXCHANGE_AUTHORITY"),
            client_id=environ.get("PORTAL_CLIENT_ID", "DEMO/GOV/PORTAL/citizen-portal"),
            sms_url=environ.get("PORTAL_SMS_URL", ""),
            trusted_proxies=tuple(filter(None, environ.get("PORTAL_TRUSTED_PROXIES", "").split(","))),
            keys=_path(environ, "PORTAL_KEYS"),
            intake_seconds=int(environ.get("PORTAL_INTAKE_SECONDS", "60")),
        )


def _path(environ: Mapping[str, str], name: str) -> Path | None:
    value = environ.get(name)
    return Path(value).resolve() if value else None


def _require(environ: Mapping[str, str]) -> None:
    needed = (
        "PORTAL_KEYS",
        "PORTAL_BASE_URL",
        "PORTAL_EXCHANGE_URL",
        "PORTAL_DATABASE_URL",
        "PORTAL_SMS_URL",
    )
    missing = [name for name in needed if not environ.get(name)]
    if not environ.get("PORTAL_BASE_URL", "https://").startswith("https://"):
        missing.append("PORTAL_BASE_URL beginning with https://")
    if missing:
        raise Unconfigured("production needs " + ", ".join(missing))
