"""Handing over meetings and series when somebody leaves."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.journal.services import record_many
from treffpunkt.meetings.models import Meeting, Series
from treffpunkt.meetings.queries import unfinished_of
from treffpunkt.people.models import Staff
from treffpunkt.people.rules import may_manage_staff


@transaction.atomic
def hand_over_meetings(*, by: Agent, leaver: Staff, to: Staff, ids: Collection[UUID] | None = None) -> int:
    """Let a colleague host what the leaver would have hosted, or some of it; give how many meetings.

    With all of it the colleague is named for the leaver's series.
    """
    require(may_manage_staff(by))
    rows = unfinished_of(leaver)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    meetings = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for meeting in meetings:
        meeting.hosts.remove(leaver)
        meeting.hosts.add(to)
        meeting.advance()
    Meeting.objects.bulk_update(meetings, ["version"])
    record_many(by, "meeting.changed", [(meeting, ()) for meeting in meetings], fields=["hosts"])
    if ids is not None:
        return len(meetings)
    series = list(Series.objects.filter(contact=leaver).select_for_update().order_by("pk"))
    for one in series:
        one.contact = to
        one.advance()
    Series.objects.bulk_update(series, ["contact", "version"])
    record_many(by, "series.changed", [(one, ()) for one in series], fields=["contact"])
    return len(meetings)
