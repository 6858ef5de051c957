"""Who sees and changes tasks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from treffpunkt.core.agent import Agent, has_role, is_system
from treffpunkt.people.models import Role
from treffpunkt.tasks.models import Task


def viewable(by: Agent) -> QuerySet[Task]:
    """Coordination sees every task; others see those they owe, did or check, and those nobody owns yet."""
    if is_system(by) or has_role(by, Role.COORDINATOR):
        return Task.objects.all()
    if by.agent_kind != "staff":
        return Task.objects.none()
    return Task.objects.filter(Q(owner=by.agent_id) | Q(owner=None) | Q(done_by=by.agent_id) | Q(checked_by=by.agent_id))


def may_create(by: Agent) -> bool:
    """Everybody who works here notes tasks; so do the system and the forms behind a link."""
    return by.agent_kind in ("staff", "system", "link")


def may_change(by: Agent, task: Task) -> bool:
    """Whoever owes a task, or coordination; what nobody owns, anybody takes."""
    return is_system(by) or has_role(by, Role.COORDINATOR) or task.owner_id in (None, by.agent_id)


def may_check(by: Agent, task: Task) -> bool:
    """Somebody else than who did it says that it is done."""
    return by.agent_kind == "staff" and task.done_by_id is not None and task.done_by_id != by.agent_id
