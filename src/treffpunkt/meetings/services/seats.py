"""Seats: who has one, with whom, and who moves up from the waiting list."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from treffpunkt.core.agent import SYSTEM, Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.subject import as_system
from treffpunkt.journal.services import record, record_many
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Invitation, Meeting, Needs
from treffpunkt.meetings.services import news

S = Invitation.State
# A guest may bring one person, who needs no name.
MOST_COMPANIONS = 1


def taken(meeting: Meeting, *, but: Invitation | None = None) -> int:
    """Count the seats that are taken, those of companions too, but for those of one guest."""
    rows = meeting.invitations.filter(state=S.ACCEPTED)
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
    if wanted > before and invitation.state == S.ACCEPTED and not fits(meeting, invitation, wanted):
        raise DomainError(_("There is no second seat at present. One is kept."))
    invitation.companions = wanted
    invitation.advance()
    invitation.save(update_fields=["companions", "companions_welcome", "version", "changed_at"])
    if wanted != before:
        record(by, "invitation.company", invitation, meeting, *([invitation.actor] if invitation.actor else []))
    if wanted < before and invitation.state == S.ACCEPTED:
        move_up(meeting=meeting)
    return invitation


def move_up(*, meeting: Meeting) -> list[Invitation]:
    """Give free seats to those who have waited longest and fit, and tell them; the caller holds the meeting's lock."""
    waiting = news.guests(meeting).filter(state=S.WAITING).order_by("answered_at", "id")
    free = None if meeting.seats is None else meeting.seats - taken(meeting)
    rows = []
    for row in waiting if free is None or free > 0 else ():
        if free is not None and 1 + row.companions > free:
            continue
        free = None if free is None else free - 1 - row.companions
        row.move_to(S.ACCEPTED)
        row.advance()
        row.save(update_fields=["state", "version", "changed_at"])
        rows.append(row)
    if rows and meeting.state == Meeting.State.INVITING:
        news.tell_moved_up(meeting=meeting, invitations=rows)
    record_many(SYSTEM, "invitation.moved_up", [(row, [meeting, *([row.actor] if row.actor else [])]) for row in rows])
    return rows


def forget_needs_of_guest(invitation: Invitation) -> None:
    """Let go of what somebody needed who does not come."""
    with as_system():
        Needs.objects.filter(invitation=invitation).delete()
