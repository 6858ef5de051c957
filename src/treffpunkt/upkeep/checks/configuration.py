"""The settings an administrator has made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from treffpunkt.upkeep.findings import ATTENTION, BROKEN, GOOD, Finding

SHORTEST_SECRET = 32


def check_configuration() -> Iterator[Finding]:
    """Look at the secret, the addresses and the switches."""
    found = [*_secret(), *_switches(), *_addresses()]
    yield from found or [Finding("configuration", GOOD, _("The settings are as they should be."))]


def _secret() -> Iterator[Finding]:
    path = Path(settings.HOME) / "secret-key"
    if not os.environ.get("TREFFPUNKT_SECRET_KEY") and not path.exists():
        yield Finding(
            "configuration", BROKEN, _("There is no secret key: every restart closes all links and sessions."),
            _("Start once with treffpunkt up, or set TREFFPUNKT_SECRET_KEY."),
        )  # fmt: skip
    elif len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield Finding(
            "configuration", BROKEN, _("The secret key is too short to be one."),
            _("Set TREFFPUNKT_SECRET_KEY to 50 random characters; links sent so far close with it."),
        )  # fmt: skip
    if path.exists() and path.stat().st_mode & 0o077:
        yield Finding(
            "configuration", BROKEN, _("Other accounts of this machine can read the secret key."),
            _("Run: chmod 600 %(path)s") % {"path": path},
        )  # fmt: skip


def _switches() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding(
            "configuration", BROKEN, _("Error pages show the program's inside, with what people have entered."),
            _("Leave out TREFFPUNKT_DEBUG."),
        )  # fmt: skip
    if settings.DEMO and not _local():
        yield Finding(
            "configuration", BROKEN, _("The demo opens everybody's mail to everybody."),
            _("Leave out --demo and TREFFPUNKT_DEMO."),
        )  # fmt: skip
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(
            "configuration", ATTENTION, _("Every host name is accepted."),
            _("Name yours in TREFFPUNKT_HOSTS."),
        )  # fmt: skip


def _addresses() -> Iterator[Finding]:
    if _local():
        return
    if not settings.BASE_URL.startswith("https://"):
        yield Finding(
            "configuration", BROKEN, _("Links lead to an address without https: anybody on the way can read along."),
            _("Put a reverse proxy with a certificate in front and set TREFFPUNKT_BASE_URL to https://..."),
        )  # fmt: skip
    host = urlsplit(settings.BASE_URL).hostname or ""
    if host not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        yield Finding(
            "configuration", BROKEN, _("The address in links (%(host)s) is not among the hosts that are served.")
            % {"host": host},
            _("Add it to TREFFPUNKT_HOSTS, or leave that setting out."),
        )  # fmt: skip
    if parseaddr(settings.MAIL_FROM)[1].endswith("example.org"):
        yield Finding(
            "configuration", BROKEN, _("Mails are sent from an address that is only an example."),
            _("Set TREFFPUNKT_MAIL_FROM to an address of yours."),
        )  # fmt: skip


def _local() -> bool:
    """Say whether links lead to this machine only: then somebody is trying things out."""
    host = urlsplit(settings.BASE_URL).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
