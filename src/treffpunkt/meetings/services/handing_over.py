"""Handing over meetings and series when somebody leaves."""

from __future__ import annotations

from django.db import transaction

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.journal.services import record_many
from treffpunkt.meetings.models import Meeting, Series
from treffpunkt.meetings.queries import unfinished_of
from treffpunkt.people.models import Staff
from treffpunkt.people.rules import may_manage_staff


@transaction.atomic
def hand_over_meetings(*, by: Agent, leaver: Staff, to: Staff) -> int:
    """Let a colleague host what the leaver would have hosted, and be named for their series; give how many meetings."""
    require(may_manage_staff(by))
    meetings = list(unfinished_of(leaver).select_for_update(of=("self",)).order_by("pk"))
    for meeting in meetings:
        meeting.hosts.remove(leaver)
        meeting.hosts.add(to)
        meeting.advance()
    Meeting.objects.bulk_update(meetings, ["version"])
    record_many(by, "meeting.changed", [(meeting, ()) for meeting in meetings], fields=["hosts"])
    series = list(Series.objects.filter(contact=leaver).select_for_update().order_by("pk"))
    for one in series:
        one.contact = to
        one.advance()
    Series.objects.bulk_update(series, ["contact", "version"])
    record_many(by, "series.changed", [(one, ()) for one in series], fields=["contact"])
    return len(meetings)
