"""How far the minutes have got on their way."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.post.models import Message

MINUTES = "meetings/messages/minutes"


@dataclass(frozen=True)
class Delivery:
    """How many messages went out, wait for the post, wait in a send-list, or did not arrive."""

    sent: int
    queued: int
    by_hand: int
    failed: int

    @property
    def all(self) -> int:
        """Count all of them."""
        return self.sent + self.queued + self.by_hand + self.failed


def delivery(meeting: Meeting) -> Delivery:
    """Count the messages with the minutes, by where they are."""
    invitations = Invitation.objects.filter(meeting=meeting).values("pk")
    rows = Message.objects.filter(template=MINUTES, about_id__in=invitations)
    counts = dict(rows.order_by().values_list("state").annotate(Count("id")))
    state = Message.State
    return Delivery(
        sent=counts.get(state.SENT, 0),
        queued=counts.get(state.QUEUED, 0) + counts.get(state.SENDING, 0),
        by_hand=counts.get(state.BY_HAND, 0),
        failed=counts.get(state.FAILED, 0) + counts.get(state.UNCLEAR, 0),
    )
