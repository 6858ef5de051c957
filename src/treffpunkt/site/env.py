"""Every setting an administrator may change, read from the environment, typed."""

from __future__ import annotations

import os
import secrets
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ

from treffpunkt.launch.places import erasures_file, files, home


@dataclass(frozen=True)
class Smtp:
    """Where mail is handed over: host, port, sign-in and how the connection is protected."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    starttls: bool
    tls: bool


@dataclass(frozen=True)
class Imap:
    """The mailbox in which answers arrive: host, port, sign-in, protection and folder."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    starttls: bool
    tls: bool
    folder: str


@dataclass(frozen=True)
class Bbb:
    """A BigBlueButton server: where its API is, and the secret that signs our calls."""

    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Oidc:
    """The organisation's own sign-in: its address, what we are there, and how its button is called."""

    url: str
    client: str
    secret: str = field(repr=False)
    name: str

    @property
    def origin(self) -> str:
        """Give scheme and host, which the browser may be led to."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class Env:
    """The settings of one installation."""

    home: Path
    files: Path
    secret_key: str = field(repr=False)
    debug: bool
    demo: bool
    testing: bool
    hosts: list[str]
    base_url: str
    behind_proxy: bool
    network_name: str
    language: str
    time_zone: str
    database: dict[str, Any] = field(repr=False)
    pooled: bool
    smtp: Smtp | None
    imap: Imap | None
    oidc: Oidc | None
    bbb: Bbb | None
    jitsi_url: str
    mail_from: str
    bounce_address: str
    import_max_mb: int
    erasures_file: Path
    metrics_token: str = field(repr=False)


def read() -> Env:
    """Read the settings from `TREFFPUNKT_*`; a missing one has a default that is safe."""
    env = environ.Env()
    base_url = env.str("TREFFPUNKT_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    return Env(
        home=home(),
        files=files(),
        secret_key=env.str("TREFFPUNKT_SECRET_KEY", "") or _secret_key(),
        debug=env.bool("TREFFPUNKT_DEBUG", False),
        demo=env.bool("TREFFPUNKT_DEMO", False),
        testing="pytest" in sys.modules,
        hosts=[*env.list("TREFFPUNKT_HOSTS", default=_host(base_url)), "127.0.0.1", "localhost", "[::1]"],
        base_url=base_url,
        behind_proxy=env.bool("TREFFPUNKT_BEHIND_PROXY", False),
        network_name=env.str("TREFFPUNKT_NETWORK_NAME", "Fem-Netz (Beispiel)"),
        language=env.str("TREFFPUNKT_LANGUAGE", "de"),
        time_zone=env.str("TREFFPUNKT_TIME_ZONE", "Europe/Berlin"),
        database=env.db_url("TREFFPUNKT_DATABASE_URL", "postgresql:///treffpunkt"),
        pooled=_pooled(),
        smtp=_smtp(env.str("TREFFPUNKT_SMTP_URL", "")),
        imap=_imap(env.str("TREFFPUNKT_IMAP_URL", "")),
        oidc=_oidc(env),
        bbb=_bbb(env.str("TREFFPUNKT_BBB_URL", ""), env.str("TREFFPUNKT_BBB_SECRET", "")),
        jitsi_url=env.str("TREFFPUNKT_JITSI_URL", "").rstrip("/"),
        mail_from=env.str("TREFFPUNKT_MAIL_FROM", "Treffpunkt <treffpunkt@example.org>"),
        bounce_address=env.str("TREFFPUNKT_BOUNCE_ADDRESS", ""),
        import_max_mb=env.int("TREFFPUNKT_IMPORT_MAX_MB", 100),
        erasures_file=erasures_file(),
        metrics_token=env.str("TREFFPUNKT_METRICS_TOKEN", ""),
    )


def _secret_key() -> str:
    """Read the secret the launcher has made; without one, take a new one that ends with this process."""
    path = home() / "secret-key"
    return path.read_text().strip() if path.exists() else secrets.token_urlsafe(48)


def _pooled() -> bool:
    """Say whether the database is reached through a pooler: where another address leads past one."""
    direct = os.environ.get("TREFFPUNKT_DIRECT_DATABASE_URL")
    return bool(direct) and direct != os.environ.get("TREFFPUNKT_DATABASE_URL")


def _host(base_url: str) -> list[str]:
    """Give the host that the installation's own address names."""
    host = urlsplit(base_url).hostname
    return [host] if host else []


def _oidc(env: environ.Env) -> Oidc | None:
    """Read the organisation's sign-in; without an address and a client there is none."""
    url, client = env.str("TREFFPUNKT_OIDC_URL", "").rstrip("/"), env.str("TREFFPUNKT_OIDC_CLIENT", "")
    if not (url and client):
        return None
    secret = env.str("TREFFPUNKT_OIDC_SECRET", "")
    return Oidc(url=url, client=client, secret=secret, name=env.str("TREFFPUNKT_OIDC_NAME", "") or "OpenID Connect")


def _smtp(url: str) -> Smtp | None:
    """Read `smtp://user:password@host:port`, `smtp+tls://` (STARTTLS) or `smtps://`; empty means none."""
    if not url:
        return None
    parts = environ.Env.email_url_config(url)
    return Smtp(
        host=parts["EMAIL_HOST"] or "localhost",
        port=parts["EMAIL_PORT"] or 25,
        user=parts["EMAIL_HOST_USER"] or "",
        password=parts["EMAIL_HOST_PASSWORD"] or "",
        starttls=bool(parts.get("EMAIL_USE_TLS")),
        tls=bool(parts.get("EMAIL_USE_SSL")),
    )


def _imap(url: str) -> Imap | None:
    """Read `imaps://user:password@host/folder`, `imap+tls://` (STARTTLS) or `imap://`; empty means none."""
    if not url:
        return None
    parts = urlsplit(url)
    tls = parts.scheme == "imaps"
    return Imap(
        host=parts.hostname or "localhost",
        port=parts.port or (993 if tls else 143),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "imap+tls",
        tls=tls,
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


def _bbb(url: str, secret: str) -> Bbb | None:
    """Read the server's address as `bbb-conf --secret` prints it; without both there is none."""
    return Bbb(url.rstrip("/").removesuffix("/api"), secret) if url and secret else None
