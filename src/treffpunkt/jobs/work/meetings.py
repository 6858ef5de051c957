"""Sending the minutes of a meeting."""

from __future__ import annotations

from procrastinate.contrib.django import app

from treffpunkt.core.agent import SYSTEM
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.services import minutes


@app.task(name="meetings.send_minutes")
def send_minutes(meeting_id: str) -> None:
    """Write and send the minutes of a closed meeting."""
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is not None:
        minutes.send_minutes(by=SYSTEM, meeting=meeting)
