"""A fresh link for whoever holds one: sent the way we know, shown to nobody."""

from __future__ import annotations

from django.db import transaction

from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.journal.services import record
from treffpunkt.meetings import outside, polls
from treffpunkt.meetings.models import PollGuest
from treffpunkt.meetings.rules import POLL
from treffpunkt.meetings.services import news
from treffpunkt.post.services import send

FRESH_DAYS = 30


@transaction.atomic
def send_fresh_link(*, by: LinkHolder) -> bool:
    """Send the holder of a link a fresh one for the same thing, by their own channel; asked twice at once it is one.

    Returns whether a channel leads to them, which whoever asks is not told.
    """
    guest = polls.guest_of(by) if by.purpose == POLL else outside.invitation_of_holder(by)
    to = news.receiver(guest) if guest else None
    if guest is None or to is None:
        return False
    meeting = guest.poll.meeting if isinstance(guest, PollGuest) else guest.meeting
    host = meeting.hosts.first()
    sent = send(
        news.FRESH_LINK,
        to=to,
        language=guest.language,
        occasion=f"fresh_link:{by.subject_id}:{to.id}:{now():%Y%m%d%H%M}",
        context={"host": host.name if host else ""},
        link={
            "purpose": by.purpose, "subject_kind": by.subject_kind, "subject_id": str(by.subject_id),
            "days": FRESH_DAYS, "fresh": 1,
        },
        about=guest,
    )  # fmt: skip
    if sent:
        record(by, "invitation.fresh_link", guest, *([guest.actor] if guest.actor else []))
    return True
