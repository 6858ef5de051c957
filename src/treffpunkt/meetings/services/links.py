"""A fresh link for whoever holds one: sent the way we know, shown to nobody."""

from __future__ import annotations

from django.db import transaction

from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.journal.services import record
from treffpunkt.meetings import queries
from treffpunkt.meetings.services import news
from treffpunkt.post.services import send

FRESH_DAYS = 30


@transaction.atomic
def send_fresh_link(*, by: LinkHolder) -> bool:
    """Send the holder of a link a fresh one for the same thing, by their own channel; asked twice at once it is one.

    Returns whether a channel leads to them, which whoever asks is not told.
    """
    invitation = queries.invitation_of_holder(by)
    to = news.receiver(invitation) if invitation else None
    if invitation is None or to is None:
        return False
    host = invitation.meeting.hosts.first()
    sent = send(
        news.FRESH_LINK,
        to=to,
        language=invitation.language,
        occasion=f"fresh_link:{by.subject_id}:{to.id}:{now():%Y%m%d%H%M}",
        context={"host": host.name if host else ""},
        link={
            "purpose": by.purpose, "subject_kind": by.subject_kind, "subject_id": str(by.subject_id),
            "days": FRESH_DAYS, "fresh": 1,
        },
        about=invitation,
    )  # fmt: skip
    if sent:
        record(by, "invitation.fresh_link", invitation, *([invitation.actor] if invitation.actor else []))
    return True
