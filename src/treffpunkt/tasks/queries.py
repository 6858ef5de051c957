"""Reading tasks."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.people.models import Staff
from treffpunkt.tasks import rules
from treffpunkt.tasks.models import Task


def tasks(by: Agent) -> QuerySet[Task]:
    """List the tasks somebody may see, with who owes, did and checked them."""
    return rules.viewable(by).select_related("owner", "done_by", "checked_by")


def due_for(staff: Staff) -> QuerySet[Task]:
    """List what somebody owes today or is late with, oldest first."""
    return Task.objects.filter(owner=staff, state=Task.State.OPEN, due__lte=today()).order_by("due", "id")


def open_about(by: Agent, record_id: UUID) -> QuerySet[Task]:
    """List the open tasks about a record."""
    return tasks(by).filter(about_id=record_id, state=Task.State.OPEN).order_by("due", "id")


def about(by: Agent, record_ids: Iterable[UUID]) -> QuerySet[Task]:
    """List all tasks about some records."""
    return tasks(by).filter(about_id__in=list(record_ids)).order_by("id")


def promises_of(by: Agent, actor_id: UUID) -> QuerySet[Task]:
    """List what somebody outside has promised."""
    return tasks(by).filter(promised_by_id=actor_id).order_by("-id")
