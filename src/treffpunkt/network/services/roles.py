"""Who leads which space, who speaks for which organisation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Organisation, Role, Space
from treffpunkt.network.services.counts import recount_actors, recount_spaces
from treffpunkt.network.services.planning import ask_for_new_plan
from treffpunkt.network.services.shaping import shape

FIELDS = frozenset({"role", "since", "until", "evidence"})


@transaction.atomic
def add_role(
    *,
    by: Agent,
    actor: Actor,
    space: Space | None = None,
    organisation: Organisation | None = None,
    role: str = Role.Kind.ADMINISTRATOR,
    since: date | None = None,
    until: date | None = None,
    evidence: str = "",
) -> Role:
    """Note that an actor leads a space or speaks for an organisation; said twice, it is the same role.

    Who was to stop on a day to come, and is said to go on without an end, stays.
    """
    if (space is None) == (organisation is None):
        raise DomainError(_("A role is in one space or in one organisation."))
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    _require(by, actor, space, organisation)
    shaped = shape(
        Role,
        {"role": role, "since": since, "until": until, "evidence": evidence},
        FIELDS,
    )
    _in_order(shaped["since"], shaped["until"])
    if shaped["until"] is None:
        held = Role.objects.present().filter(actor=actor, space=space, organisation=organisation, role=shaped["role"])
        if present := held.select_for_update().order_by(F("until").desc(nulls_first=True)).first():
            return _lasting(by, present)
    added = Role.objects.create(actor=actor, space=space, organisation=organisation, **shaped)
    record(by, "role.added", actor, *filter(None, (space, organisation)), fields=["role"])
    _after(added)
    return added


@transaction.atomic
def end_role(*, by: Agent, role: Role, until: date | None = None) -> Role:
    """Note that an actor gives up a role, today or on another day; that it was so stays known.

    A day to come may change; one that is over stands.
    """
    role = Role.objects.select_for_update(of=("self",)).select_related("actor", "space", "organisation").get(pk=role.pk)
    _require(by, role.actor, role.space, role.organisation)
    _in_order(role.since, until)
    last = until or today()
    if role.until is not None and (role.until <= today() or role.until == last):
        return role
    role.until = last
    role.save(update_fields=["until"])
    record(
        by,
        "role.ended",
        role.actor,
        *filter(None, (role.space, role.organisation)),
        fields=["role"],
    )
    _after(role)
    return role


@transaction.atomic
def remove_role(*, by: Agent, role: Role) -> None:
    """Take out a role that was entered by mistake."""
    role = Role.objects.select_for_update(of=("self",)).select_related("actor", "space", "organisation").get(pk=role.pk)
    _require(by, role.actor, role.space, role.organisation)
    role.delete()
    record(
        by,
        "role.removed",
        role.actor,
        *filter(None, (role.space, role.organisation)),
        fields=["role"],
    )
    _after(role)


def _lasting(by: Agent, role: Role) -> Role:
    """Take back that a role ends on a day to come."""
    if role.until is None:
        return role
    role.until = None
    role.save(update_fields=["until"])
    record(by, "role.stays", role.actor, *filter(None, (role.space, role.organisation)), fields=["role"])
    _after(role)
    return role


def _require(by: Agent, actor: Actor, space: Space | None, organisation: Organisation | None) -> None:
    """Whoever keeps the space or organisation says who leads it, of people they see or have just entered."""
    if space is not None:
        require(rules.may_edit_space(by, space))
    if organisation is not None:
        require(rules.may_edit_organisation(by, organisation))
    require(actor.erased_at is None and rules.viewable_actors(by).filter(pk=actor.pk).exists())


def _in_order(since: Any, until: Any) -> None:
    if since and until and until < since:
        raise DomainError(_("A role cannot end before it begins."))


def _after(role: Role) -> None:
    recount_actors([role.actor_id])
    if role.space_id:
        recount_spaces([role.space_id])
        ask_for_new_plan()


def recount_ended(days: int = 7) -> int:
    """Count anew the spaces and people whose roles ended during these last days; returns how many roles there were."""
    ended = Role.objects.filter(until__lte=today(), until__gt=today() - timedelta(days=days))
    roles = list(ended.values_list("actor_id", "space_id"))
    recount_actors(actor for actor, _space in roles)
    recount_spaces(space for _actor, space in roles if space)
    if roles:
        ask_for_new_plan()
    return len(roles)
