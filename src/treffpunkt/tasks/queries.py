"""Reading tasks."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import covered_ids
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.rules import viewable

OPEN, DONE = Task.State.OPEN, Task.State.DONE
# What a list of due tasks shows.
_DUE = ("title", "language", "due", "owner__name")


def tasks(by: Agent) -> QuerySet[Task]:
    """List the tasks one sees, with whose they are and who did them."""
    return viewable(by).select_related("owner", "done_by")


def due_for(staff: Staff, on: date | None = None) -> QuerySet[Task]:
    """List a person's open tasks whose day has come, with those of whoever they stand in for; the oldest first.

    What falls on a day they do not work is due on the next one they do. While they are away and somebody stands
    in, it is that colleague's list.
    """
    day = staff.last_working_day(on or today())
    return _due(staff, day, staff.covered_by_id is None) if day is not None else Task.objects.none()


def due_today(staff: Staff, *, team: bool, most: int) -> list[Task]:
    """Give the oldest of the tasks that are due for somebody, or with `team` of all that they see; one query."""
    if team:
        return prepared.rows(_due_for_all, staff, today(), most)
    day = staff.last_working_day(today())
    return prepared.rows(_due_for_one, staff, day, staff.covered_by_id is None, most) if day is not None else []


def _due(by: Agent, day: date, mine: bool) -> QuerySet[Task]:
    whose = Q(owner__in=covered_ids(by))
    if mine:
        whose |= Q(owner=by.agent_id)
    return Task.objects.filter(whose, state=OPEN, due__lte=day).select_related("owner").order_by("due", "id")


def _due_for_one(by: Agent, day: date, mine: bool, most: int) -> QuerySet[Task]:
    return _due(by, day, mine).only(*_DUE)[:most]


def _due_for_all(by: Agent, day: date, most: int) -> QuerySet[Task]:
    due = viewable(by).filter(state=OPEN, due__lte=day).select_related("owner")
    return due.only(*_DUE).order_by("due", "id")[:most]


def newly_due(staff: Staff) -> QuerySet[Task]:
    """List what has become due since somebody's last working day; nothing on a day they do not work."""
    day = today(staff.time_zone)
    before = staff.last_working_day(day - timedelta(days=1))
    if staff.last_working_day(day) != day or before is None:
        return Task.objects.none()
    return due_for(staff, day).filter(due__gt=before)


def open_of(staff: Staff) -> QuerySet[Task]:
    """List what somebody still has to do: to be handed over when they leave."""
    return Task.objects.filter(owner=staff, state=OPEN)


def overdue(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Keep the open tasks whose day is past."""
    return rows.filter(state=OPEN, due__lt=today())


def open_about(record_id: UUID) -> list[Task]:
    """List the open tasks and promises about a record, the most urgent first; the caller has asked its rule."""
    return prepared.rows(_open_about, record_id)


def _open_about(record_id: UUID) -> QuerySet[Task]:
    return Task.objects.filter(about_id=record_id, state=OPEN).select_related("owner").order_by("due", "id")


def promises(by: Agent, promised_by: UUID | None = None) -> QuerySet[Task]:
    """List what people outside promised and have not yet done, of one of them or of all; the most urgent first."""
    rows = tasks(by).filter(state=OPEN, promised_by_id__isnull=False)
    if promised_by is not None:
        rows = rows.filter(promised_by_id=promised_by)
    return rows.order_by("due", "id")


def to_check(by: Agent) -> QuerySet[Task]:
    """List what others say they have done and somebody else should look at, the oldest first."""
    return tasks(by).filter(state=DONE).exclude(done_by=by.agent_id).order_by("done_at", "id")
