"""Mail that comes back: read from what mail servers write (RFC 3464, and the plain notes of older ones)."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as Mail
from typing import Any

from django.db import transaction

from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.jobs import defer
from treffpunkt.journal.services import record
from treffpunkt.post.models import Message
from treffpunkt.post.references import IN_MESSAGE_ID, IN_RETURN_PATH

# Nobody writes a longer note; what is sent to fill our memory is not read to its end.
LONGEST = 2 * 2**20
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_CODE = re.compile(r"\b(5\d\d)\b")
_RETURNED = ("message/rfc822", "message/global")
_HEADERS = ("text/rfc822-headers", "message/global-headers", "message/rfc822-headers")
_SENT_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_POSTMASTERS = re.compile(r"mailer-daemon|postmaster|mail delivery (sub)?system", re.IGNORECASE)


@dataclass(frozen=True)
class Bounce:
    """What a mail server says: about which of our messages, whether for good, and why (an RFC 3463 status)."""

    references: tuple[str, ...]
    failed: bool
    status: str


def read(raw: bytes) -> Bounce | None:
    """Read a mail as a note that another one did not arrive; None where it is none."""
    mail = email.message_from_bytes(raw[:LONGEST])
    references = tuple(dict.fromkeys(_references(mail)))
    reports = [block for part in mail.walk() if _is_status(part) for block in _blocks(part)]
    if reports:
        failed = [one for one in reports if _word(one, "Action").lower() == "failed"]
        chosen = failed[0] if failed else reports[0]
        return Bounce(references, bool(failed), _status(_word(chosen, "Status"), _word(chosen, "Diagnostic-Code")))
    if mail.get("X-Failed-Recipients") or (_is_from_a_server(mail) and not _is_automatic_answer(mail)):
        text = _text(mail)
        return Bounce(references, bool(mail.get("X-Failed-Recipients")) or _is_for_good(text), _status(text, text))
    return None


@transaction.atomic
def take(raw: bytes) -> Message | None:
    """Mark the message that came back as not delivered and return it; None where the mail tells of none of ours.

    Only who has read the message knows its reference, so a stranger cannot make others' addresses look wrong.
    """
    bounce = read(raw)
    if bounce is None or not bounce.failed or not bounce.references:
        return None
    found = Message.objects.select_for_update().filter(reference__in=bounce.references, channel=Message.Channel.MAIL)
    message = found.order_by("id").first()
    if message is None:
        return None
    if message.state == Message.State.FAILED:
        return message
    if not message.may_move_to(Message.State.FAILED):
        return None
    message.move_to(Message.State.FAILED)
    message.problem = bounce.status
    message.save(update_fields=["state", "problem"])
    record(SYSTEM, "message.came_back", message)
    tell_of_failure(message)
    return message


def tell_of_failure(message: Message) -> None:
    """Let those who know the receiver hear that mail does not arrive there."""
    defer("network.mail_failed", message_id=str(message.pk))


def _references(mail: Mail) -> Iterator[str]:
    """Give the references of our messages that a note names, the surest place first."""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind in _RETURNED and part is not mail:
            inner: Any = part.get_payload()
            if isinstance(inner, list) and inner:
                yield from IN_MESSAGE_ID.findall(str(inner[0].get("Message-ID", "")))
        elif kind in _HEADERS:
            yield from _in_headers(_content(part))
    for name in _SENT_TO:
        for value in mail.get_all(name, []):
            yield from IN_RETURN_PATH.findall(str(value))
    for name in ("References", "In-Reply-To"):
        yield from IN_MESSAGE_ID.findall(str(mail.get(name, "")))
    yield from _in_headers(_text(mail))


def _in_headers(text: str) -> Iterator[str]:
    for line in re.findall(r"^[>\s]*Message-ID:\s*(\S+)", text, re.IGNORECASE | re.MULTILINE):
        yield from IN_MESSAGE_ID.findall(line)


def _is_status(part: Mail) -> bool:
    return part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")


def _blocks(part: Mail) -> list[Mail]:
    """Give the fields for each receiver; some servers send them as text, some encode them."""
    payload: Any = part.get_payload()
    blocks = payload if isinstance(payload, list) else []
    if not any(block.get("Action") for block in blocks):
        text = "\n\n".join(block.as_string() for block in blocks) if blocks else _content(part)
        blocks = [email.message_from_string(block) for block in re.split(r"\r?\n\s*\r?\n", text)]
    return [block for block in blocks if block.get("Action")]


def _word(block: Mail, name: str) -> str:
    return str(block.get(name, "")).strip()


def _status(status: str, diagnostic: str) -> str:
    """Keep the code alone: a server's words may repeat the address."""
    exact = [code for text in (status, diagnostic) for code in _STATUS.findall(text)]
    # 5.0.0 says nothing; what the other server answered may say more.
    telling = [code for code in exact if not code.endswith(".0.0")]
    if telling or exact:
        return str((telling or exact)[0])
    code = _CODE.search(diagnostic)
    return f"SMTP {code.group(1)}" if code else "5.0.0"


def _is_from_a_server(mail: Mail) -> bool:
    return bool(_POSTMASTERS.search(str(mail.get("From", "")))) or str(mail.get("Return-Path", "")).strip() == "<>"


def _is_automatic_answer(mail: Mail) -> bool:
    """Tell a note of absence from a note of failure."""
    return str(mail.get("Auto-Submitted", "")).lower().startswith("auto-replied") and not _POSTMASTERS.search(
        str(mail.get("From", ""))
    )


def _is_for_good(text: str) -> bool:
    return bool(
        re.search(
            r"permanent|undeliver|unzustellbar|could not be delivered|\b5\d\d[ -]|\b5\.\d\.\d", text, re.IGNORECASE
        )
    )


def _text(mail: Mail) -> str:
    return "\n".join(_content(part) for part in mail.walk() if part.get_content_type() == "text/plain")


def _content(part: Mail) -> str:
    content: Any = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content.decode("utf-8", "replace")
    return str(part.get_payload())
