"""Seats that were offered and not taken in time: they go to the next in line."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from treffpunkt.core.agent import SYSTEM, Agent, is_system
from treffpunkt.core.clock import now
from treffpunkt.core.errors import require
from treffpunkt.journal.services import record_many
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.meetings.services import news
from treffpunkt.meetings.services.seats import move_up

S = Invitation.State


def let_due_offers_lapse() -> int:
    """Go through every meeting in which somebody had until now to take a seat; returns how many did not."""
    due = Invitation.objects.filter(meeting=OuterRef("pk"), offered_until__lte=now())
    return sum(len(let_offers_lapse(by=SYSTEM, meeting=one)) for one in Meeting.objects.filter(Exists(due)))


@transaction.atomic
def let_offers_lapse(*, by: Agent, meeting: Meeting) -> list[Invitation]:
    """Let the seats of whoever did not answer in time go to the next; she goes to the end of the line and is told.

    Whom our message did not reach in time keeps her place: it is not her fault; where nobody else wants the seat, it is
    offered to her anew. Nobody who let one pass is offered the same seat again.
    """
    require(is_system(by))
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    present = now()
    due = list(news.guests(meeting).select_for_update(of=("self",)).filter(offered_until__lte=present))
    told = _told(due)
    lapsed = [row for row in due if row.pk in told and meeting.state == Meeting.State.INVITING]
    for row in due:
        row.offered_at = row.offered_until = None
        if row in lapsed:
            row.waiting_since = row.offer_lapsed_at = present
        row.advance()
        row.save()
    news.take_back(by=by, invitations=[row for row in due if row.pk not in told])
    news.tell_lapsed(meeting=meeting, invitations=lapsed)
    record_many(SYSTEM, "invitation.lapsed", [(row, [meeting, *([row.actor] if row.actor else [])]) for row in lapsed])
    before = set(meeting.invitations.filter(offer_lapsed_at__isnull=False).values_list("pk", flat=True))
    move_up(meeting=meeting, passing_over={*before, *(row.pk for row in due)})
    move_up(meeting=meeting, passing_over=before)
    return lapsed


def take_offers_back(meeting: Meeting) -> None:
    """Take back every seat that is kept for somebody, since the day does not hold; she keeps her place in the line."""
    meeting.invitations.filter(offered_until__isnull=False).update(offered_at=None, offered_until=None)


def _told(rows: list[Invitation]) -> set[UUID]:
    """Tell whom the offer reached as far as we know: the mail went out, or the text was sent by hand."""
    found = news.offers_sent([row.pk for row in rows])
    return {row.pk for row in rows if row.offered_at and found.get(row.pk) and found[row.pk] >= row.offered_at}
