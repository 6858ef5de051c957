"""The mailbox in which answers to our mail arrive, read over IMAP."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

logger = logging.getLogger(__name__)

TIMEOUT = 30  # seconds a server may take for one answer
MOST = 500  # mails in one round; the rest follows in the next
# Put on what is not for us, so that it is looked at once and stays for whoever reads the mailbox by hand.
LOOKED_AT = b"TreffpunktLookedAt"


class Unreachable(Exception):
    """The mailbox could not be opened; why, without any address."""


@dataclass(frozen=True)
class Round:
    """How many mails were looked at, and how many of them were taken and are gone from the mailbox."""

    read: int = 0
    taken: int = 0


def read_new(take: Callable[[bytes], bool], longest: int) -> Round:
    """Hand each new mail to `take`, oldest first, as it came; what was taken is deleted, the rest stays unread.

    A mail larger than `longest` bytes is not fetched, and one that breaks us is looked at once and stays. Killed
    between taking and deleting, the mail is handed over again: `take` has to be safe to call twice.
    """
    try:
        with _opened() as box:
            found = box.search(["UNDELETED", "UNKEYWORD", LOOKED_AT])[:MOST]
            sizes: Any = box.fetch(found, [b"RFC822.SIZE"]) if found else {}
            taken = [pk for pk in found if sizes[pk][b"RFC822.SIZE"] <= longest and _taken(take, _mail(box, pk))]
            if rest := [pk for pk in found if pk not in set(taken)]:
                box.add_flags(rest, [LOOKED_AT], silent=True)
            if taken:
                box.delete_messages(taken, silent=True)
                box.expunge(taken if box.has_capability("UIDPLUS") else None)
            return Round(len(found), len(taken))
    except (IMAPClientError, OSError, ssl.SSLError, socket.gaierror) as error:
        raise Unreachable(type(error).__name__) from error


def _taken(take: Callable[[bytes], bool], mail: bytes) -> bool:
    """Hand a mail over; what is wrong with one must not keep all others from being read."""
    try:
        return take(mail)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.error("a mail could not be read: %s", type(error).__name__)
        return False


def greet() -> None:
    """Open the mailbox and leave it as it is; Unreachable where that fails."""
    try:
        with _opened(readonly=True):
            pass
    except (IMAPClientError, OSError) as error:
        raise Unreachable(type(error).__name__) from error


def _opened(*, readonly: bool = False) -> IMAPClient:
    imap: Any = settings.IMAP
    box = IMAPClient(imap.host, imap.port, ssl=imap.tls, timeout=TIMEOUT)
    if imap.starttls:
        box.starttls(ssl.create_default_context())
    box.login(imap.user, imap.password)
    box.select_folder(imap.folder, readonly=readonly)
    return box


def _mail(box: IMAPClient, pk: int) -> bytes:
    answer: Any = box.fetch([pk], [b"BODY.PEEK[]"])
    content: bytes = answer[pk][b"BODY[]"]
    return content
