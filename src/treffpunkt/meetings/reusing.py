"""What of a past meeting goes into the next one: what was promised and is still open, and who was invited."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from treffpunkt.core.agent import Agent
from treffpunkt.core.dates import spoken_day
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import AgendaItem, DatePoll, Invitation, Meeting
from treffpunkt.meetings.telling import said_openly
from treffpunkt.network.models import Actor
from treffpunkt.tasks.models import Task


def open_promises(by: Agent, past: Meeting) -> list[Task]:
    """List the promises and tasks of a meeting, and of those before it in its series, that are still open.

    So are those it asked about itself. What grew from something said in confidence is left out: the agenda is read
    by everybody.
    """
    before = Q(pk=past.pk)
    if past.series_id:
        groups = list(past.communities.values_list("pk", flat=True))
        before |= Q(series=past.series_id, starts__lt=past.starts, communities__in=groups)
    meetings = rules.viewable(by).filter(pk__in=Meeting.objects.filter(before).values("pk"))
    asked = AgendaItem.promises.through.objects.filter(agendaitem__meeting=past).values("task")
    rows = (
        Task.objects.filter(Q(about_kind=past.kind, about_id__in=meetings.values("pk")) | Q(pk__in=asked))
        .filter(state=Task.State.OPEN)
        .exclude(pk__in=DatePoll.objects.filter(task__isnull=False).values("task"))
        .order_by("due", "id")
    )
    return said_openly(rows)


def promised(item: AgendaItem | None) -> list[Task]:
    """List what is asked about under a topic of the agenda, as it stands by now; what was dropped is not asked about."""
    if item is None or item.topic_id or item.organisation_id:
        return []
    return said_openly(item.promises.exclude(state=Task.State.DROPPED).order_by("due", "id"))


def promise_lines(rows: Sequence[Task]) -> list[tuple[str, str]]:
    """Say each promise in a line, with the language it is in: what is kept with a tick, what is open with its day."""
    return [(_line(row), row.language) for row in rows]


def _line(row: Task) -> str:
    if row.state != Task.State.OPEN:
        return f"✓ {row.title}"
    return f"{row.title} ({spoken_day(row.due, row.language)})" if row.due else row.title


def guests_again(past: Meeting) -> QuerySet[Invitation]:
    """List who was invited to a meeting and may be invited to the next: neither erased nor asking to be left alone."""
    outside = Q(actor__isnull=False, actor__erased_at=None) & ~Q(actor__standing=Actor.Standing.DECLINED)
    return past.invitations.filter(outside | Q(staff__is_active=True)).order_by("id")
