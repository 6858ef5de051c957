"""The meeting's lock, and the number under it by which live views read on."""

from __future__ import annotations

from treffpunkt.meetings.models import Meeting


def locked(meeting: Meeting) -> Meeting:
    """Lock a meeting until the transaction ends; whoever locks more than it, locks it first."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def next_number(meeting: Meeting) -> int:
    """Count one more change; the caller holds the meeting's lock, so that nobody reads past a number to come."""
    meeting.seq += 1
    meeting.save(update_fields=["seq"])
    return meeting.seq
