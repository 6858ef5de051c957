"""Seats: who has one, with whom, and who moves up from the waiting list."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from treffpunkt.core.agent import SYSTEM, Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.subject import as_system
from treffpunkt.journal.services import record, record_many
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Invitation, Meeting, Needs
from treffpunkt.meetings.services import news

S = Invitation.State
# A guest may bring one person, who needs no name.
MOST_COMPANIONS = 1
# However near the meeting is, somebody has so long to answer; and never longer than it takes to begin.
SHORTEST = timedelta(hours=1)


def taken(meeting: Meeting, *, but: Invitation | None = None) -> int:
    """Count the seats that are taken or kept for somebody, those of companions too, but for those of one guest."""
    rows = meeting.invitations.filter(Q(state=S.ACCEPTED) | Q(offered_until__isnull=False))
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return rows.aggregate(number=Sum(F("companions") + 1))["number"] or 0


def fits(meeting: Meeting, invitation: Invitation, companions: int) -> bool:
    """Say whether there are seats for a guest and whom she brings."""
    return meeting.seats is None or taken(meeting, but=invitation) + 1 + companions <= meeting.seats


def check_companions(invitation: Invitation, companions: int) -> None:
    """Refuse a number of companions that this invitation does not allow."""
    if companions and not invitation.may_bring:
        raise DomainError(_("This invitation is for one person."))
    if not 0 <= companions <= MOST_COMPANIONS:
        raise DomainError(_("A guest may bring one person."))


@transaction.atomic
def note_company(
    *, by: Agent, invitation: Invitation, companions: int | None = None, welcome: bool | None = None
) -> Invitation:
    """Note whether a guest brings somebody; `welcome` says for her alone whether she may, hosts set it.

    Raises DomainError where no second seat is free. Whom she brought before goes where it is not allowed any more.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=invitation.meeting_id)
    invitation = meeting.invitations.select_for_update(of=("self",)).select_related("actor").get(pk=invitation.pk)
    require(rules.may_answer(by, invitation))
    invitation.meeting = meeting
    before = invitation.companions
    if welcome is not None and welcome != invitation.may_bring:
        require(rules.may_edit(by, meeting))
        invitation.companions_welcome = welcome
    wanted = before if companions is None else companions
    if not invitation.may_bring and companions is None:
        wanted = 0
    check_companions(invitation, wanted)
    seated = invitation.state == S.ACCEPTED or invitation.offered_until is not None
    if wanted > before and seated and not fits(meeting, invitation, wanted):
        raise DomainError(_("There is no second seat at present. One is kept."))
    invitation.companions = wanted
    invitation.advance()
    invitation.save(update_fields=["companions", "companions_welcome", "version", "changed_at"])
    if wanted != before:
        record(by, "invitation.company", invitation, meeting, *([invitation.actor] if invitation.actor else []))
    if wanted < before:
        move_up(meeting=meeting)
    return invitation


def move_up(*, meeting: Meeting, passing_over: Collection[UUID] = ()) -> list[Invitation]:
    """Offer free seats to those first in line who fit, each until a moment; the caller holds the meeting's lock.

    Where seats are not counted any more everybody has one at once. `passing_over` are not asked this time.
    """
    if meeting.seats is None:
        return _seat_all(meeting)
    if meeting.state != Meeting.State.INVITING or meeting.starts <= now():
        return []
    free = meeting.seats - taken(meeting)
    rows = []
    for row in line(meeting).filter(offered_until=None).exclude(pk__in=passing_over) if free > 0 else ():
        if 1 + row.companions <= free:
            free -= 1 + row.companions
            rows.append(row)
    present = now()
    for row in rows:
        row.offered_at, row.offered_until = present, deadline(meeting, present)
        row.advance()
        row.save(update_fields=["offered_at", "offered_until", "version", "changed_at"])
    news.tell_offered(meeting=meeting, invitations=rows)
    record_many(SYSTEM, "invitation.offered", [(row, [meeting, *([row.actor] if row.actor else [])]) for row in rows])
    return rows


def line(meeting: Meeting) -> QuerySet[Invitation]:
    """List who waits for a seat, first in line first."""
    place = Coalesce("waiting_since", "answered_at")
    return news.guests(meeting).filter(state=S.WAITING).order_by(place, "id")


def deadline(meeting: Meeting, at: datetime) -> datetime:
    """Say until when a seat offered at a moment is kept: the meeting's hours, near it half of what is left."""
    left = meeting.starts - at
    wait = min(timedelta(hours=meeting.offer_hours), left / 2)
    return at + min(max(wait, SHORTEST), left)


def give_up_place(invitation: Invitation) -> None:
    """Clear what stands of a place in the line; the caller saves."""
    invitation.waiting_since = invitation.offered_at = invitation.offered_until = invitation.offer_lapsed_at = None


def _seat_all(meeting: Meeting) -> list[Invitation]:
    rows = list(line(meeting))
    for row in rows:
        row.move_to(S.ACCEPTED)
        give_up_place(row)
        row.advance()
        row.save()
    if rows and meeting.state == Meeting.State.INVITING:
        news.tell_moved_up(meeting=meeting, invitations=rows)
    record_many(SYSTEM, "invitation.moved_up", [(row, [meeting, *([row.actor] if row.actor else [])]) for row in rows])
    return rows


def forget_needs_of_guest(invitation: Invitation) -> None:
    """Let go of what somebody needed who does not come."""
    with as_system():
        Needs.objects.filter(invitation=invitation).delete()
