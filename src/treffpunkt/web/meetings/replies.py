"""Answers of calendars that wait for a person, as the meeting's page shows them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.meetings import queries
from treffpunkt.meetings.models import CalendarReply, Invitation, Meeting

_SAID = {
    "ACCEPTED": gettext_lazy("It says: is coming."),
    "TENTATIVE": gettext_lazy("It says: maybe."),
    "DECLINED": gettext_lazy("It says: is not coming."),
}


def replies(meeting: Meeting, invitations: list[Invitation]) -> list[CalendarReply]:
    """List what waits, each with who it is about, what it says and where a proposed time is taken over."""
    found = queries.open_replies(invitations)
    for reply in found:
        shown: Any = reply
        shown.who = str(reply.invitation.actor or reply.invitation.staff or _("name no longer kept"))
        shown.said = str(_SAID.get(reply.answer, ""))
        shown.counts = reply.answer in _SAID
        shown.edit_url = _edit(meeting, reply)
    return found


def _edit(meeting: Meeting, reply: CalendarReply) -> str:
    """Give the address of the form in which the proposed time stands already."""
    if reply.proposed_at is None:
        return ""
    local = reply.proposed_at.astimezone(ZoneInfo(meeting.zone))
    query = urlencode({"day": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"})
    return f"{reverse('web:meetings:edit', args=[meeting.pk])}?{query}"
