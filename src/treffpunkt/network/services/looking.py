"""The daily round: one tap says what a look into a space found, and can be taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent, has_role
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.models import Look, Snapshot, Space
from treffpunkt.network.services.spaces import after_change, check_space, next_look
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import active_staff
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.services import change_task, create_task, drop_task

# Where something is going on one looks again soon, in days.
_SOON = 7
_UNDO = timedelta(hours=12)
_WORD = 300


@transaction.atomic
def look_into(*, by: Agent, space: Space, outcome: str, members: int | None = None, id: UUID | None = None) -> Look:
    """Say what a look into a space found, perhaps how many members it has; sets the next look.

    A question leaves whoever looked a task to log it, a problem leaves coordination one. An `id` that is known already
    gives that look, so that a second tap counts once.
    """
    space = Space.objects.select_for_update().get(pk=space.pk)
    require(rules.may_edit_space(by, space))
    if id and (known := Look.objects.filter(pk=id).first()):
        require(known.space_id == space.pk)
        return known
    if outcome not in Look.Outcome.values:
        raise DomainError(_("Please say what you found."))
    found = Look.Outcome(outcome)
    look = Look(
        **({"id": id} if id else {}),
        space=space,
        staff_id=by.agent_id if by.agent_kind == "staff" else None,
        outcome=found,
        members=members,
        before=_standing(space),
    )
    again = _next_look(space, found, members)
    checked = check_space(by=by, space=space, members=members, next_check=again)
    look.at = checked.checked_at or now()
    look.before |= {"then_due": _written(checked.check_due)}
    if found != Look.Outcome.NOTHING:
        look.task_id = _task(by, space, found).pk
    look.save(force_insert=True)
    return look


@transaction.atomic
def say_more(*, by: Agent, look: Look, word: str) -> Look:
    """Add a word to what a look found: it stands with the task that came of it."""
    look = Look.objects.select_for_update().get(pk=look.pk)
    require(look.staff_id is not None and look.staff_id == by.agent_id)
    word = tidy(word)[:_WORD]
    task = Task.objects.filter(pk=look.task_id).first() if look.task_id else None
    if task is None or task.state != Task.State.OPEN:
        raise DomainError(_("There is no open task any more to which this could be added."))
    if word:
        change_task(by=by, task=task, note=word)
    return look


@transaction.atomic
def undo_look(*, by: Agent, look: Look) -> Space:
    """Take one's last look back: what stood in the space before stands there again, the task is dropped.

    Raises DomainError where somebody has looked in or changed it since.
    """
    space = Space.objects.select_for_update().get(pk=look.space_id)
    known = Look.objects.select_for_update().filter(pk=look.pk).first()
    if known is None:
        return space  # taken back already
    require(known.staff_id is not None and known.staff_id == by.agent_id)
    if space.checked_at != known.at or now() - known.at > _UNDO:
        raise DomainError(_("Somebody has looked in since, or it was too long ago to take it back."))
    before: dict[str, Any] = known.before
    space.checked_at = _moment(before.get("checked_at"))
    if _written(space.check_due) == before.get("then_due"):
        space.check_due = _day(before.get("check_due"))
    counted = known.members is not None and space.members == known.members
    if counted:
        space.members, space.members_counted_on = before.get("members"), _day(before.get("counted_on"))
    space.advance()
    space.save()
    if counted:
        _forget_count(space, known)
        after_change([space], ["members"])
    _drop(by, known)
    known.delete()
    record(by, "space.look_undone", space)
    return space


def forget_looks(before: datetime) -> int:
    """Let go of looks before a moment."""
    return Look.objects.filter(at__lt=before).delete()[0]


def _standing(space: Space) -> dict[str, Any]:
    """Write down what a look changes."""
    entered = Snapshot.objects.filter(space=space, day=today(), source=Snapshot.Source.ENTERED).first()
    return {
        "checked_at": space.checked_at.isoformat() if space.checked_at else None,
        "check_due": _written(space.check_due),
        "members": space.members,
        "counted_on": _written(space.members_counted_on),
        "entered": entered.members if entered else None,
    }


def _next_look(space: Space, found: Look.Outcome, members: int | None) -> date | None:
    usual = next_look(Space(state=space.state, members=space.members if members is None else members))
    if found == Look.Outcome.NOTHING or usual is None:
        return usual
    return min(usual, today() + timedelta(days=_SOON))


def _task(by: Agent, space: Space, found: Look.Outcome) -> Task:
    name = space.short_name or space.name
    if found == Look.Outcome.QUESTION:
        # Until questions have a place of their own, this is how one is not forgotten.
        title, owner = _("Log the question from %(name)s"), _themselves(by)
    else:
        title, owner = _("Problem in %(name)s"), _coordination(by)
    language = get_language() or "de"
    return create_task(
        by=by, title=title % {"name": name[:200]}, owner=owner, due=today(), about=space, language=language
    )


def _themselves(by: Agent) -> Staff | None:
    if by.agent_kind != "staff" or by.agent_id is None:
        return None
    return Staff.objects.filter(pk=by.agent_id).first()


def _coordination(by: Agent) -> Staff | None:
    """Give the one in coordination whose it is: whoever looked, where they coordinate, else the only one there is."""
    if has_role(by, rules.COORDINATION):
        return _themselves(by)
    some = list(active_staff().filter(roles__contains=[rules.COORDINATION])[:2])
    return some[0] if len(some) == 1 else None


def _forget_count(space: Space, look: Look) -> None:
    """Take the day's figure back, unless it has been entered anew since."""
    rows = Snapshot.objects.filter(space=space, day=today(), source=Snapshot.Source.ENTERED, members=look.members)
    former = look.before.get("entered")
    if former is not None:
        rows.update(members=former)
    else:
        rows.filter(posts=None).delete()
        rows.update(members=None)


def _drop(by: Agent, look: Look) -> None:
    task = Task.objects.filter(pk=look.task_id, state=Task.State.OPEN).first() if look.task_id else None
    if task is not None:
        drop_task(by=by, task=task)


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
