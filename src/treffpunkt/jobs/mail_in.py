"""Mail that comes in: notes that another one did not arrive, and answers of guests' calendars."""

from __future__ import annotations

from treffpunkt.meetings import itip
from treffpunkt.meetings.services import replies
from treffpunkt.post import bounces

LONGEST = max(bounces.LONGEST, itip.LONGEST)


def take(raw: bytes) -> bool:
    """Take a mail that is about one of ours; False where it is for people to read. Twice is once."""
    return bounces.take(raw) is not None or bool(replies.take_mail(raw))
