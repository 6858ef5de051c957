"""Minutes that go out, and guests who were erased."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from treffpunkt.agreements.services import forgetting as agreements
from treffpunkt.core.agent import SYSTEM
from treffpunkt.meetings import rooms
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.services import forgetting, minutes


@app.task(name="meetings.send_minutes")
def send_minutes(meeting_id: str) -> None:
    """Write and send the minutes of a closed meeting."""
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is not None:
        minutes.send_minutes(by=SYSTEM, meeting=meeting)


@app.task(name="meetings.send_review")
def send_review(meeting_id: str) -> None:
    """Write the first revision of the minutes and send whoever came the link to correct it."""
    meeting = Meeting.objects.filter(pk=meeting_id, state=Meeting.State.REVIEWING).first()
    if meeting is not None:
        minutes.send_review(by=SYSTEM, meeting=meeting)


@app.task(name="network.actor_erased")
def actor_erased(actor_id: str) -> None:
    """Blank what meetings and agreements hold of somebody who was erased."""
    forgetting.forget_guests(by=SYSTEM, actor_ids=[UUID(actor_id)])
    agreements.forget_parties(by=SYSTEM, actor_ids=[UUID(actor_id)])


@app.task(name="meetings.documents_changed")
def documents_changed(minutes_id: str) -> None:
    """Throw away the PDF of minutes from which a name was taken."""
    forgetting.forget_documents([UUID(minutes_id)])


@app.task(name="meetings.close_room", retry=3)
def close_room(meeting_id: str) -> None:
    """Close the video room of a meeting that has ended."""
    meeting = Meeting.objects.filter(pk=meeting_id, state=Meeting.State.HELD).first()
    if meeting is not None:
        rooms.end(meeting)
