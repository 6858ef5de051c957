"""Answers that guests' calendars send (iTIP in mail, RFC 5546 and RFC 6047): read, whatever program wrote them."""

from __future__ import annotations

import email
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.message import Message as Mail
from typing import Any

from icalendar import Calendar, Component

from treffpunkt.core.clock import now
from treffpunkt.core.text import tidy

# No calendar writes a longer answer; what is sent to fill our memory is not read to its end.
LONGEST = 2 * 2**20
ANSWERS = frozenset({"ACCEPTED", "TENTATIVE", "DECLINED", "COUNTER"})
_FILES = ("text/calendar", "application/ics", "text/x-vcalendar")
_MOST = 20  # answers in one mail


@dataclass(frozen=True)
class Reply:
    """What somebody's calendar says about one entry: `answer` is one of ANSWERS, or empty where it says none."""

    uid: str
    mail: str
    answer: str
    sequence: int
    stamped_at: datetime
    proposed_at: datetime | None = None
    comment: str = ""

    @property
    def digest(self) -> str:
        """Name what was said by a hash: the same mail delivered twice has the same."""
        said = (self.uid, self.mail, self.answer, self.sequence, self.stamped_at, self.proposed_at, self.comment)
        return hashlib.sha256(repr(said).encode()).hexdigest()


def read_mail(raw: bytes) -> list[Reply]:
    """Read the answers in a mail; none where it holds no calendar reply, or one that cannot be read."""
    mail = email.message_from_bytes(raw[:LONGEST])
    found = [reply for part in mail.walk() if _is_calendar(part) for reply in read_calendar(_bytes(part))]
    return list({reply.digest: reply for reply in found}.values())[:_MOST]


def read_calendar(content: bytes) -> list[Reply]:
    """Read the answers in a calendar file; requests, cancellations and what is broken give none."""
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return []
    return [reply for calendar in calendars for reply in _replies(calendar)]


def _replies(calendar: Any) -> Iterator[Reply]:
    method = str(calendar.get("METHOD", "")).upper()
    if method not in ("REPLY", "COUNTER"):
        return
    for event in calendar.walk("VEVENT"):
        for attendee in _listed(event.get("ATTENDEE"))[:1]:  # a reply speaks for one person
            yield Reply(
                uid=tidy(str(event.get("UID", "")))[:255],
                mail=_address(attendee),
                answer=_answer(method, attendee),
                sequence=_number(event.get("SEQUENCE")),
                stamped_at=_moment(event.get("DTSTAMP")) or now(),
                proposed_at=_moment(event.get("DTSTART")) if method == "COUNTER" else None,
                comment=_comment(event),
            )


def _answer(method: str, attendee: Any) -> str:
    if method == "COUNTER":
        return "COUNTER"
    answer = str(getattr(attendee, "params", {}).get("PARTSTAT", "")).upper()
    return answer if answer in ANSWERS else ""


def _address(attendee: Any) -> str:
    address = str(attendee).strip()
    return (address[7:] if address.lower().startswith("mailto:") else address).strip("<> ").lower()[:320]


def _comment(event: Component) -> str:
    said = [str(one) for one in _listed(event.get("COMMENT"))]
    return tidy(" ".join(said))[:500]


def _number(value: Any) -> int:
    try:
        return min(max(int(value), 0), 2**31 - 1)
    except (TypeError, ValueError):
        return 0


def _moment(value: Any) -> datetime | None:
    """Give the moment of a date of a calendar; a day alone means its beginning, a time without a zone UTC."""
    try:
        found = getattr(value, "dt", None)
    except ValueError:  # the parser keeps what it cannot read, and raises once it is asked for
        return None
    if isinstance(found, date) and not isinstance(found, datetime):
        found = datetime.combine(found, time(), UTC)
    if not isinstance(found, datetime):
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, AttributeError):
        return None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _is_calendar(part: Mail) -> bool:
    return part.get_content_type() in _FILES or str(part.get_filename() or "").lower().endswith(".ics")


def _bytes(part: Mail) -> bytes:
    payload: Any = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
