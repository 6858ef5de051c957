"""Owing, doing and checking."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record, record_many
from treffpunkt.people.models import Staff
from treffpunkt.people.rules import may_manage_staff
from treffpunkt.search.services import index
from treffpunkt.tasks import rules
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.queries import open_of

_CHANGEABLE = ("title", "note", "language", "owner", "due")


class Named(Protocol):
    """Anything that can be named by kind and id."""

    @property
    def kind(self) -> str: ...

    @property
    def pk(self) -> UUID: ...


@dataclass(frozen=True)
class Reference:
    """A record known by kind and id alone."""

    kind: str
    pk: UUID


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
    """Note what is to be done, or what somebody outside promised; the same id twice is the same task."""
    require(rules.may_create(by))
    if id is not None and (known := rules.viewable(by).filter(pk=id).first()):
        return known
    task = Task(
        title=_title(title),
        note=tidy(note, lines=True),
        language=language,
        owner=owner,
        due=due,
        about_kind=about.kind if about else "",
        about_id=about.pk if about else None,
        promised_by_kind=promised_by.kind if promised_by else "",
        promised_by_id=promised_by.pk if promised_by else None,
        created_by_id=_staff_id(by),
    )
    if id is not None:
        task.pk = id
    task.save(force_insert=True)
    record(by, "task.created", task, *_neighbours(task))
    index(task, names=[task.title])
    return task


@transaction.atomic
def change_task(*, by: Agent, task: Task, version: int | None = None, **changes: Any) -> Task:
    """Change what a task says, whose it is or until when; nothing changed is no change."""
    task = _locked(task)
    require(rules.may_change(by, task))
    if unknown := changes.keys() - set(_CHANGEABLE):
        raise TypeError(f"A task has no {', '.join(sorted(unknown))} to change.")
    if "title" in changes:
        changes["title"] = _title(changes["title"])
    if "note" in changes:
        changes["note"] = tidy(changes["note"], lines=True)
    changed = [name for name in _CHANGEABLE if name in changes and changes[name] != getattr(task, name)]
    if not changed:
        return task
    task.advance(version)
    for name in changed:
        setattr(task, name, changes[name])
    task.save()
    record(by, "task.changed", task, *_neighbours(task), fields=changed)
    if "title" in changed:
        index(task, names=[task.title])
    return task


@transaction.atomic
def close_task(*, by: Agent, task: Task) -> Task:
    """Say that a task is done, or that a promise was kept; done twice is done once."""
    task = _locked(task)
    require(rules.may_change(by, task))
    if task.state in (Task.State.DONE, Task.State.CHECKED):
        return task
    task.move_to(Task.State.DONE)
    task.done_at, task.done_by_id, task.checked_by_id = now(), _staff_id(by), None
    return _moved(by, task, "task.done")


@transaction.atomic
def check_task(*, by: Agent, task: Task) -> Task:
    """Confirm that what another says is done really is."""
    task = _locked(task)
    if task.state == Task.State.CHECKED:
        return task
    if task.done_by_id is not None and task.done_by_id == by.agent_id:
        raise DomainError(_("What you did yourself, somebody else checks."))
    require(rules.may_check(by, task))
    task.move_to(Task.State.CHECKED)
    task.checked_by_id = _staff_id(by)
    return _moved(by, task, "task.checked")


@transaction.atomic
def reopen_task(*, by: Agent, task: Task) -> Task:
    """Take up a task again: it was not done after all, or should not have been dropped."""
    task = _locked(task)
    require(rules.may_change(by, task) or rules.may_check(by, task) or _did(by, task))
    if task.state == Task.State.OPEN:
        return task
    task.move_to(Task.State.OPEN)
    task.done_at = task.done_by = task.checked_by = None
    return _moved(by, task, "task.reopened")


@transaction.atomic
def drop_task(*, by: Agent, task: Task) -> Task:
    """Give a task up: it need not be done any more."""
    task = _locked(task)
    require(rules.may_change(by, task))
    if task.state == Task.State.DROPPED:
        return task
    task.move_to(Task.State.DROPPED)
    return _moved(by, task, "task.dropped")


@transaction.atomic
def hand_over_tasks(*, by: Agent, leaver: Staff, to: Staff, ids: Collection[UUID] | None = None) -> int:
    """Give all that somebody still has to do, or some of it, to a colleague; give how many tasks that are."""
    require(may_manage_staff(by))
    rows = open_of(leaver)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    tasks = list(rows.select_for_update().order_by("pk"))
    for task in tasks:
        task.owner = to
        task.advance()
    Task.objects.bulk_update(tasks, ["owner", "version"], batch_size=500)
    record_many(by, "task.changed", [(task, _neighbours(task)) for task in tasks], fields=["owner"])
    return len(tasks)


def _locked(task: Task) -> Task:
    return Task.objects.select_for_update().get(pk=task.pk)


def _moved(by: Agent, task: Task, verb: str) -> Task:
    task.advance()
    task.save()
    record(by, verb, task, *_neighbours(task))
    return task


def _neighbours(task: Task) -> list[Reference]:
    """Give the records in whose threads the task shows."""
    pairs = ((task.about_kind, task.about_id), (task.promised_by_kind, task.promised_by_id))
    return [Reference(kind, pk) for kind, pk in pairs if pk is not None]


def _title(text: str) -> str:
    title = tidy(text)
    if not title:
        raise DomainError(_("Please say what is to be done."))
    return title[:300]


def _staff_id(by: Agent) -> UUID | None:
    return by.agent_id if by.agent_kind == "staff" else None


def _did(by: Agent, task: Task) -> bool:
    return by.agent_kind == "staff" and task.done_by_id is not None and task.done_by_id == by.agent_id
