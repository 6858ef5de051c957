"""Entering a meeting's video room."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.meetings import rooms, rules
from treffpunkt.meetings.models import Invitation, Meeting

# The room opens for guests this long before the beginning; until then its address stays with us.
OPENS = timedelta(hours=1)
_COMING = (Invitation.State.ACCEPTED, Invitation.State.TENTATIVE)
_OVER = (Meeting.State.CANCELLED, Meeting.State.POSTPONED, Meeting.State.CLOSED)


def enter_room(*, by: Agent, meeting: Meeting, name: str, language: str) -> str:
    """Open the meeting's room in BigBlueButton and give the address by which one enters under a name of one's choice.

    The name is handed to the room and kept nowhere. Raises DomainError where there is no such room, where it is
    not open yet, or where its server does not answer.
    """
    is_guest = isinstance(by, LinkHolder)
    require(_is_coming(by, meeting) if is_guest else rules.may_write(by, meeting))
    if meeting.room_kind != Meeting.Room.BBB or meeting.state in _OVER:
        raise DomainError(_("There is no open room."))
    if is_guest and not is_open(meeting):
        raise DomainError(_("The room opens one hour before the beginning."))
    shown = tidy(name)[:60]
    if not shown:
        raise DomainError(_("Please say by which name the others may see you."))
    try:
        rooms.create(meeting, language)
    except rooms.RoomAway:
        raise DomainError(_("The video room does not answer at the moment. Please try again in a minute.")) from None
    return rooms.join_address(meeting, shown, host=not is_guest)


def is_open(meeting: Meeting) -> bool:
    """Say whether guests may enter already."""
    return meeting.state == Meeting.State.RUNNING or now() >= meeting.starts - OPENS


def _is_coming(by: Agent, meeting: Meeting) -> bool:
    return rules.viewable_invitations(by).filter(meeting=meeting.pk, state__in=_COMING).exists()
