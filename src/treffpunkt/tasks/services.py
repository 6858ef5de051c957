"""Tasks: noting them, doing them, having them checked by another."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import Named, record
from treffpunkt.people.models import Staff
from treffpunkt.tasks import rules
from treffpunkt.tasks.models import Task

FIELDS = frozenset({"title", "note", "owner", "due"})


class Reference:
    """A record named by kind and id only."""

    def __init__(self, kind: str, pk: UUID) -> None:
        self.kind, self.pk = kind, pk


@transaction.atomic
def create_task(
    *,
    by: Agent,
    title: str,
    owner: Staff | None = None,
    due: date | None = None,
    about: Named | None = None,
    promised_by: Named | None = None,
    language: str = "de",
    note: str = "",
    id: UUID | None = None,
) -> Task:
    """Note a task, or with `promised_by` a promise of somebody outside; the same `id` twice is one task."""
    require(rules.may_create(by))
    title = tidy(title)
    if not title:
        raise DomainError(_("Please say what is to be done."))
    if id is not None and (known := Task.objects.filter(pk=id).first()):
        return known
    task = Task(title=title[:300], owner=owner, due=due, language=language, note=tidy(note, lines=True))
    if id is not None:
        task.pk = id
    if about is not None:
        task.about_kind, task.about_id = about.kind, about.pk
    if promised_by is not None:
        task.promised_by_kind, task.promised_by_id = promised_by.kind, promised_by.pk
    task.save()
    record(by, "task.created", task, *neighbours(task))
    return task


@transaction.atomic
def change_task(*, by: Agent, task: Task, version: int | None = None, **changes: Any) -> Task:
    """Change title, note, owner or due date; raises Stale where somebody else was quicker."""
    task = _locked(task)
    require(rules.may_change(by, task))
    if "title" in changes:
        changes["title"] = tidy(changes["title"])[:300]
    if "note" in changes:
        changes["note"] = tidy(changes["note"], lines=True)
    if changes.get("title") == "":
        raise DomainError(_("Please say what is to be done."))
    changed = [name for name in sorted(FIELDS & set(changes)) if getattr(task, name) != changes[name]]
    if not changed:
        return task
    task.advance(version)
    for name in changed:
        setattr(task, name, changes[name])
    task.save()
    record(by, "task.changed", task, *neighbours(task), fields=changed)
    return task


@transaction.atomic
def close_task(*, by: Agent, task: Task) -> Task:
    """Note that a task is done; a second time changes nothing."""
    task = _locked(task)
    require(rules.may_change(by, task))
    if task.state != Task.State.OPEN:
        return task
    task.move_to(Task.State.DONE)
    task.done_at = now()
    task.done_by_id = by.agent_id if by.agent_kind == "staff" else None
    return _moved(by, task, "task.done")


@transaction.atomic
def check_task(*, by: Agent, task: Task) -> Task:
    """Confirm what another has done."""
    task = _locked(task)
    require(rules.may_check(by, task))
    task.move_to(Task.State.CHECKED)
    task.checked_by_id = by.agent_id
    return _moved(by, task, "task.checked")


@transaction.atomic
def reopen_task(*, by: Agent, task: Task) -> Task:
    """Open a task again."""
    task = _locked(task)
    require(rules.may_change(by, task) or rules.may_check(by, task))
    if task.state == Task.State.OPEN:
        return task
    task.move_to(Task.State.OPEN)
    task.done_at = task.done_by = task.checked_by = None
    return _moved(by, task, "task.reopened")


@transaction.atomic
def drop_task(*, by: Agent, task: Task) -> Task:
    """Give a task up without doing it."""
    task = _locked(task)
    require(rules.may_change(by, task))
    task.move_to(Task.State.DROPPED)
    return _moved(by, task, "task.dropped")


def neighbours(task: Task) -> list[Named]:
    """Name the records in whose threads the task stands."""
    found: list[Named] = []
    if task.about_id:
        found.append(Reference(task.about_kind, task.about_id))
    if task.promised_by_id:
        found.append(Reference(task.promised_by_kind, task.promised_by_id))
    return found


def _locked(task: Task) -> Task:
    return Task.objects.select_for_update().get(pk=task.pk)


def _moved(by: Agent, task: Task, verb: str) -> Task:
    task.advance()
    task.save()
    record(by, verb, task, *neighbours(task))
    return task
