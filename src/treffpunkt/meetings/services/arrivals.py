"""Who is here: ticked in one tap while the meeting runs, also those whom nobody had invited."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.meetings.services.invitations import note_attendance
from treffpunkt.meetings.services.numbering import locked
from treffpunkt.network.models import Actor
from treffpunkt.network.rules import viewable_actors
from treffpunkt.network.services.reaching import language_of

MOST_OTHERS = 1000


@transaction.atomic
def note_here(*, by: Agent, invitation: Invitation, here: bool) -> Invitation:
    """Note that a guest is here, or take it back."""
    meeting = locked(Meeting(pk=invitation.meeting_id))
    wanted = Invitation.Attendance.ATTENDED if here else Invitation.Attendance.UNKNOWN
    note_attendance(by=by, meeting=meeting, attendance={invitation.pk: wanted})
    return meeting.invitations.get(pk=invitation.pk)


@transaction.atomic
def note_arrival(*, by: Agent, meeting: Meeting, actor: Actor) -> Invitation:
    """Note that somebody is here who is not on the guest list: they are on it from now on; nobody writes to them."""
    meeting = locked(meeting)
    require(rules.may_write(by, meeting) and viewable_actors(by).filter(pk=actor.pk, erased_at=None).exists())
    if actor.not_a_person:
        raise DomainError(_("This is not a person."))
    invitation = meeting.invitations.filter(actor=actor).first()
    if invitation is None:
        invitation = Invitation.objects.create(
            meeting=meeting, actor=actor, uid=secrets.token_hex(16), language=language_of(actor),
            state=Invitation.State.ACCEPTED, answered_at=now(), answered_via=Invitation.Via.STAFF,
        )  # fmt: skip
    return note_here(by=by, invitation=invitation, here=True)


@transaction.atomic
def count_others(*, by: Agent, meeting: Meeting, others: int) -> Meeting:
    """Note how many are here whose names nobody asks for."""
    meeting = locked(meeting)
    require(rules.may_write(by, meeting))
    if meeting.state in rules.BEFORE:
        raise DomainError(_("Who came is noted once the meeting has begun."))
    if not 0 <= others <= MOST_OTHERS:
        raise DomainError(_("This number cannot be right."))
    if others != meeting.others_here:
        meeting.others_here = others
        meeting.save(update_fields=["others_here"])
        record(by, "meeting.others_counted", meeting)
    return meeting
