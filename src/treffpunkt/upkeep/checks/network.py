"""What lies on other machines: the mail server and the certificate of our own address."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from treffpunkt.post import inbox
from treffpunkt.post.relay import Away, greet
from treffpunkt.upkeep.findings import ATTENTION, BROKEN, GOOD, Finding

TIMEOUT = 5
SOON, NOW = timedelta(days=21), timedelta(days=7)


def check_mail() -> Iterator[Finding]:
    """Open a connection to the mail server, sign in and hang up; nothing is sent."""
    if settings.SMTP is None:
        if settings.DEMO:
            yield Finding("mail", GOOD, _("In the demo no mail leaves this computer."))
        else:
            yield Finding(
                "mail", BROKEN, _("No mail server is named: nobody can sign in with a code and nothing is sent."),
                _("Name it in TREFFPUNKT_SMTP_URL, such as smtp+tls://user:password@mail.example.org:587."),
            )  # fmt: skip
        return
    server = f"{settings.SMTP.host}:{settings.SMTP.port}"
    try:
        greet(timeout=TIMEOUT)
    except Away as error:
        yield Finding(
            "mail", BROKEN, _("%(server)s does not take our mail (%(error)s).") % {"server": server, "error": error},
            _("Check TREFFPUNKT_SMTP_URL (name, port, user, password) and whether this machine may reach it."),
        )  # fmt: skip
        return
    yield Finding("mail", GOOD, _("%(server)s takes our mail.") % {"server": server})
    yield from _check_inbox()


def _check_inbox() -> Iterator[Finding]:
    if settings.IMAP is None:
        return
    server = f"{settings.IMAP.host}:{settings.IMAP.port}"
    try:
        inbox.greet()
    except inbox.Unreachable as error:
        yield Finding(
            "mail", ATTENTION,
            _("The mailbox at %(server)s does not open (%(error)s).") % {"server": server, "error": error},
            _("Check TREFFPUNKT_IMAP_URL (name, port, user, password, folder). Until then answers of calendars and "
              "notes about lost mail are not read."),
        )  # fmt: skip
        return
    yield Finding("mail", GOOD, _("Answers are read from the mailbox at %(server)s.") % {"server": server})


def check_certificate() -> Iterator[Finding]:
    """Look how long the certificate of our address is valid."""
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme != "https" or not parts.hostname:
        return
    renew = _("Renew it where https ends, in the reverse proxy (certbot renew, or look why Caddy could not).")
    try:
        ends = _valid_until(parts.hostname, parts.port or 443)
    except ssl.SSLCertVerificationError as error:
        said = _("Browsers refuse the certificate of %(host)s: %(why)s.")
        yield Finding("certificate", BROKEN, said % {"host": parts.hostname, "why": error.verify_message}, renew)
        return
    except OSError as error:
        said = _("The certificate of %(host)s cannot be seen from here (%(error)s).")
        yield Finding(
            "certificate", ATTENTION, said % {"host": parts.hostname, "error": type(error).__name__},
            _("Open the address in a browser to see whether it answers."),
        )  # fmt: skip
        return
    left = ends - datetime.now(UTC)
    said = _("The certificate of %(host)s is valid for %(days)s more days.")
    level = BROKEN if left < NOW else ATTENTION if left < SOON else GOOD
    yield Finding(
        "certificate", level, said % {"host": parts.hostname, "days": left.days}, "" if level == GOOD else renew
    )


def _valid_until(host: str, port: int) -> datetime:
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=TIMEOUT) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        certificate = secure.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
