"""Spaces that move: the old one is kept as dormant or lost, the new one goes on with its history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import grow, record
from treffpunkt.network import rules
from treffpunkt.network.models import Relocation, Role, Space
from treffpunkt.network.services.roles import add_role, end_role
from treffpunkt.network.services.spaces import KnownSpace, create_space, move_space

_LEFT = (Space.State.DORMANT, Space.State.LOST)
# What the new place has in common with the old one, unless somebody says otherwise.
_ALIKE = ("name", "short_name", "name_language", "language", "audience", "content", "women_only", "place", "rules")


@transaction.atomic
def relocate_space(
    *,
    by: Agent,
    space: Space,
    new: Space,
    day: date | None = None,
    leaves: str = Space.State.DORMANT,
    along: Iterable[UUID] = (),
) -> Relocation:
    """Note that a space moved to another one: what is left of it sleeps or is lost, its history goes on there.

    `along` names the roles that go along: they hold in the new space from that day on, and end in the old one.
    """
    day = day or today()
    # In one order, so that two who enter the move back and forth do not wait for each other.
    locked = {one.pk: one for one in Space.objects.select_for_update().filter(pk__in=[space.pk, new.pk]).order_by("pk")}
    old, new = locked[space.pk], locked[new.pk]
    require(rules.may_edit_space(by, old))
    require(rules.may_edit_space(by, new))
    _refuse(old, new, day, leaves)
    try:
        with transaction.atomic():
            moved = Relocation.objects.create(old=old, new=new, day=day)
    except IntegrityError:
        raise DomainError(_("This group has moved already.")) from None
    record(by, "space.relocated", old, new)
    grow(old, new)
    if old.state != leaves:
        move_space(by=by, space=old, state=leaves, reason=_("moved"))
    _take_along(by, old, new, day, set(along))
    return moved


@transaction.atomic
def relocate_to_new(
    *,
    by: Agent,
    space: Space,
    address: str,
    day: date | None = None,
    leaves: str = Space.State.DORMANT,
    along: Iterable[UUID] = (),
    **fields: Any,
) -> Relocation:
    """Note that a space moved to an address: the new space is entered with what is known of the old one."""
    alike = {name: getattr(space, name) for name in _ALIKE}
    try:
        with transaction.atomic():
            new = create_space(by=by, address=address, communities=list(space.communities.all()), **{**alike, **fields})
    except KnownSpace as known:
        if known.space_id is None:
            raise
        new = Space.objects.get(pk=known.space_id)
    return relocate_space(by=by, space=space, new=new, day=day, leaves=leaves, along=along)


@transaction.atomic
def take_back_move(*, by: Agent, moved: Relocation) -> None:
    """Take out a move that was entered by mistake; states and roles stay as they are now."""
    moved = Relocation.objects.select_for_update(of=("self",)).select_related("old", "new").get(pk=moved.pk)
    require(rules.may_edit_space(by, moved.old))
    moved.delete()
    record(by, "space.relocation_removed", moved.old, moved.new)


def _refuse(old: Space, new: Space, day: date, leaves: str) -> None:
    if old.pk == new.pk:
        raise DomainError(_("A group cannot move to itself."))
    if day > today():
        raise DomainError(_("This day is still to come. Please note the move once it has happened."))
    if leaves not in _LEFT:
        raise DomainError(_("Please choose what becomes of the old group."))
    if Relocation.objects.filter(old=old).exists():
        raise DomainError(_("This group has moved already."))
    at: UUID | None = new.pk
    while at := Relocation.objects.filter(old=at).exclude(new=at).values_list("new", flat=True).first():
        if at == old.pk:
            raise DomainError(_("The new group has moved to this one before: that would go round in a circle."))


def _take_along(by: Agent, old: Space, new: Space, day: date, along: set[UUID]) -> None:
    for role in Role.objects.present().filter(space=old, pk__in=along).select_related("actor"):
        if role.actor.erased_at is None:
            add_role(by=by, actor=role.actor, space=new, role=role.role, since=day, evidence=role.evidence)
            if role.since is None or role.since <= day:
                end_role(by=by, role=role, until=day)
