"""Minutes that go out, and guests who were erased."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from treffpunkt.core.agent import SYSTEM
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.services import minutes
from treffpunkt.meetings.services.invitations import forget_guest


@app.task(name="meetings.send_minutes")
def send_minutes(meeting_id: str) -> None:
    """Write and send the minutes of a closed meeting."""
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is not None:
        minutes.send_minutes(by=SYSTEM, meeting=meeting)


@app.task(name="network.actor_erased")
def actor_erased(actor_id: str) -> None:
    """Blank what meetings hold of somebody who was erased."""
    forget_guest(by=SYSTEM, actor_id=UUID(actor_id))
