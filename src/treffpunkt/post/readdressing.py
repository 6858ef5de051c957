"""Where a mail goes that did not arrive: to the address its receiver has by now."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

from treffpunkt.post.models import Message

MailOf = Callable[[UUID], str]

# Who knows the present address of a kind of receiver; told from above (`readdress_through`), where they are known.
_mail_of: dict[str, MailOf] = {}


def readdress_through(kind: str, mail_of: MailOf) -> None:
    """Let a mail to receivers of this kind follow a corrected address; `mail_of` gives it, or "" where there is none."""
    _mail_of[kind] = mail_of


def readdress(message: Message) -> None:
    """Put the present address of its receiver on a mail, unsaved; without one it keeps the old."""
    present = _mail_of[message.to_kind](message.to_id) if message.to_kind in _mail_of else ""
    if present and present != message.address:
        message.calendar = _invited_at(message.calendar, message.address, present)
        message.address = present


def _invited_at(calendar: str, old: str, new: str) -> str:
    """Change the guest's address in a calendar entry, also where a line is folded within it (RFC 5545)."""
    folded = r"(?:\r?\n[ \t])?"
    pattern = folded + folded.join(re.escape(sign) for sign in f"mailto:{old}")
    return re.sub(pattern, lambda match: f"\r\n mailto:{new}", calendar) if old else calendar
