"""Who sees and changes tasks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from treffpunkt.core.agent import Agent, has_role, is_system
from treffpunkt.people.models import Role
from treffpunkt.people.queries import covered_by, covered_ids
from treffpunkt.tasks.models import Task

Viewable = Callable[[Agent], QuerySet[Any]]

# Who sees a record sees the tasks about it. The modules above say who that is (`see_through`); we do not know them.
_about: dict[str, Viewable] = {}


def see_through(kind: str, viewable_records: Viewable) -> None:
    """Let those who see records of this kind see the tasks about them."""
    _about[kind] = viewable_records


def viewable(by: Agent) -> QuerySet[Task]:
    """Coordination sees all tasks; others their own, those they asked for or did, and those about what they see."""
    if is_system(by) or has_role(by, Role.COORDINATOR):
        return Task.objects.all()
    if by.agent_kind != "staff":
        return Task.objects.none()
    seen = _of(by)
    for kind, records in _about.items():
        seen |= Q(about_kind=kind) & Q(Exists(records(by).filter(pk=OuterRef("about_id"))))
    return Task.objects.filter(seen)


def own(by: Agent) -> QuerySet[Task]:
    """Of the tasks one sees those one has to do with: all for coordination, else one's own. The search asks this:
    the whole rule takes longer than the finding.
    """
    if is_system(by) or has_role(by, Role.COORDINATOR):
        return Task.objects.all()
    return Task.objects.filter(_of(by)) if by.agent_kind == "staff" else Task.objects.none()


def _of(by: Agent) -> Q:
    """Say whose tasks are one's own: those one has, stands in for, asked for, did or checked."""
    me = by.agent_id
    return Q(owner=me) | Q(owner__in=covered_ids(by)) | Q(created_by=me) | Q(done_by=me) | Q(checked_by=me)


def may_create(by: Agent) -> bool:
    """Everybody on the staff may note what is to be done."""
    return is_system(by) or by.agent_kind == "staff"


def may_change(by: Agent, task: Task) -> bool:
    """Coordination changes every task, others their own, those they stand in or asked for and,
    where they see it, nobody's.
    """
    if is_system(by) or has_role(by, Role.COORDINATOR):
        return True
    if by.agent_kind != "staff":
        return False
    if by.agent_id in (task.owner_id, task.created_by_id):
        return True
    if task.owner_id is not None and covered_by(by).filter(pk=task.owner_id).exists():
        return True
    return task.owner_id is None and viewable(by).filter(pk=task.pk).exists()


def may_check(by: Agent, task: Task) -> bool:
    """Somebody else than who did it looks whether it is done."""
    if by.agent_kind != "staff" or task.done_by_id is None or task.done_by_id == by.agent_id:
        return False
    return has_role(by, Role.COORDINATOR) or viewable(by).filter(pk=task.pk).exists()
