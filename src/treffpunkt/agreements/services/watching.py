"""What the radar found becomes a task, in one tap."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from treffpunkt.agreements import rules
from treffpunkt.agreements.health import findings as f
from treffpunkt.agreements.models import GrantedRight
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.core.errors import require
from treffpunkt.people.models import Staff
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.services import create_task, reopen_task

# What is to be done about each kind, within how many days.
REMEDIES: dict[str, tuple[str | Promise, int]] = {
    f.GONE: (_("Find out who leads the group now: %(name)s"), 7),
    f.PARTY_GONE: (_("Who agreed has left: does it still hold? %(name)s"), 7),
    f.FAILING: (_("“%(right)s” does not work, talk about it: %(name)s"), 3),
    f.LEAVING: (_("Ask first with whom we may speak: %(name)s"), 3),
    f.SUSPENDED: (_("Profile blocked, object or set up another: %(name)s"), 3),
    f.LIMITED: (_("Profile limited, find out why: %(name)s"), 7),
    f.SINGLE: (_("Settle the succession: %(name)s"), 28),
    f.MOVED: (_("Let the agreement speak of the new group: %(name)s"), 14),
    f.REVIEW: (_("Ask whether the agreement still suits: %(name)s"), 14),
    f.UNPROVEN: (_("Try “%(right)s” for the first time: %(name)s"), 14),
    f.UNTRIED: (_("Try whether “%(right)s” still works: %(name)s"), 14),
    f.UNCHECKED: (_("Look into the group: %(name)s"), 7),
}


@transaction.atomic
def make_task(*, by: Agent, finding: f.Finding) -> Task:
    """Make the task that settles a finding; tapped twice it is one, and one that was closed is taken up again."""
    require(rules.may_watch(by))
    known = Task.objects.filter(pk=finding.task_id).first()
    if known is not None:
        return known if known.state == Task.State.OPEN else reopen_task(by=by, task=known)
    owner = _owner(by, finding)
    language = owner.language if owner else "de"
    title, days = REMEDIES[finding.kind]
    with translation.override(language):
        words = {"name": finding.short or finding.name, "right": _right(finding.right_kind)}
        said = str(title) % words
    try:
        with transaction.atomic():
            return create_task(
                by=by, title=said, owner=owner, due=today() + timedelta(days=days), about=finding.about,
                language=language, id=finding.task_id,
            )  # fmt: skip
    except IntegrityError:  # somebody else tapped at the same moment
        return Task.objects.get(pk=finding.task_id)


def _owner(by: Agent, finding: f.Finding) -> Staff | None:
    """Give whoever looks after it, else whoever tapped."""
    wanted = [finding.owner_id, by.agent_id if by.agent_kind == "staff" else None]
    found = {one.pk: one for one in Staff.objects.filter(pk__in=[pk for pk in wanted if pk], is_active=True)}
    return next((found[pk] for pk in wanted if pk in found), None)


def _right(kind: str) -> str:
    return str(GrantedRight.Kind(kind).label) if kind in GrantedRight.Kind.values else ""
