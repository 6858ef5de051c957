"""The screen that everybody in the room sees."""

from __future__ import annotations

from django.db import transaction

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.journal.services import record
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.services.numbering import locked, next_number


@transaction.atomic
def let_screen_wait(*, by: Agent, meeting: Meeting, waits: bool) -> Meeting:
    """Say whether what we note comes onto the shared screen at once, or only once somebody has put it there.

    What stands on it stays; what came by phone comes onto it when it is released.
    """
    meeting = locked(meeting)
    require(rules.may_write(by, meeting))
    if meeting.screen_waits != waits:
        meeting.screen_waits = waits
        meeting.save(update_fields=["screen_waits"])
        next_number(meeting)
        record(by, "meeting.screen_changed", meeting)
    return meeting
