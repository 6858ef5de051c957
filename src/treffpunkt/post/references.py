"""The name a message carries through the mail: in its Message-ID and, where wanted, in its return path."""

from __future__ import annotations

import re
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

IN_MESSAGE_ID = re.compile(r"<([0-9a-f]{32})@")
IN_RETURN_PATH = re.compile(r"\+([0-9a-f]{32})@")


def reference_of(pk: UUID) -> str:
    """Give a message's reference: it tells nothing about the row, and nobody but its receiver learns it."""
    return salted_hmac("treffpunkt.post", str(pk), algorithm="sha256").hexdigest()[:32]


def return_path(pk: UUID) -> str | None:
    """Give the address to which a mail returns that does not arrive: with its reference, where one is set."""
    name, _at, host = parseaddr(settings.BOUNCE_ADDRESS)[1].partition("@")
    return f"{name}+{reference_of(pk)}@{host}" if host else None
