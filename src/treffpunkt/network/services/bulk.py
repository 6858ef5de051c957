"""Thousands of spaces, people and roles at once: a few statements each, by the same rules as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.bulk import insert
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record_many
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Channel, Organisation, Role, Space
from treffpunkt.network.queries import erased_among
from treffpunkt.network.services import actors as of_actors
from treffpunkt.network.services import organisations as of_organisations
from treffpunkt.network.services import roles as of_roles
from treffpunkt.network.services import spaces as of_spaces
from treffpunkt.network.services.belonging import belonging, own_communities
from treffpunkt.network.services.bulk_changes import (
    change_actors,
    change_organisations,
    change_spaces,
)
from treffpunkt.network.services.bulk_removal import (
    remove_actors,
    remove_organisations,
    remove_roles,
    remove_spaces,
)
from treffpunkt.network.services.counts import pieces, recount_actors, recount_spaces
from treffpunkt.network.services.names import (
    index_actors,
    index_organisations,
    index_spaces,
)
from treffpunkt.network.services.planning import ask_for_new_plan
from treffpunkt.network.services.shaping import required, shape
from treffpunkt.network.services.snapshots import copy_members

__all__ = [
    "change_actors",
    "change_organisations",
    "change_spaces",
    "create_actors",
    "create_organisations",
    "create_roles",
    "create_spaces",
    "remove_actors",
    "remove_organisations",
    "remove_roles",
    "remove_spaces",
]

_BATCH = 2000
# From here on a space's thread says once who all leads it, not once for each.
_MANY = 500


@dataclass(frozen=True)
class Named:
    """A record named by kind and id, where only its id is at hand."""

    kind: str
    pk: UUID


@transaction.atomic
def create_spaces(*, by: Agent, rows: Iterable[Mapping[str, Any]]) -> list[Space]:
    """Enter many spaces, in the order of the rows; raises KnownSpace where an address is entered already."""
    require(rules.may_create(by))
    own = own_communities(by)
    spaces, communities = [], []
    for row in rows:
        values = dict(row)
        pk = values.pop("id", None)
        shaped = of_spaces.shape_space(values)
        required(shaped.get("name", ""), _("name"))
        required(shaped.get("platform_id") or "", _("platform"))
        communities.append(belonging(own, shaped.pop("communities", ()), language=shaped.get("language_id")))
        spaces.append(of_spaces.new_space(shaped, id=pk))
    _refuse_known(by, spaces)
    _insert(Space, spaces)
    _put_into(Space, "space_id", spaces, communities)
    copy_members(map(vars, spaces))
    index_spaces(spaces)
    record_many(by, "space.imported", [(space, ()) for space in spaces])
    if spaces:
        ask_for_new_plan()
    return spaces


@transaction.atomic
def create_organisations(*, by: Agent, rows: Iterable[Mapping[str, Any]]) -> list[Organisation]:
    """Enter many organisations, in the order of the rows."""
    require(rules.may_create(by))
    own = own_communities(by)
    organisations, communities = [], []
    for row in rows:
        values = dict(row)
        pk = values.pop("id", None)
        shaped = of_organisations.shape_organisation(values)
        required(shaped.get("name", ""), _("name"))
        communities.append(belonging(own, shaped.pop("communities", ())))
        organisations.append(Organisation(**({"id": pk} if pk else {}), **shaped))
    _insert(Organisation, organisations)
    _put_into(Organisation, "organisation_id", organisations, communities)
    index_organisations(organisations)
    record_many(
        by,
        "organisation.imported",
        [(organisation, ()) for organisation in organisations],
    )
    return organisations


@transaction.atomic
def create_actors(*, by: Agent, rows: Iterable[Mapping[str, Any]]) -> list[Actor]:
    """Enter many people, in the order of the rows, each with its `channels`: pairs of kind and value.

    Raises DomainError where one of them was erased before: they do not come back by a file.
    """
    require(rules.may_create(by))
    owner = None if rules.sees_all(by) else by.agent_id
    actors: list[Actor] = []
    channels: list[Channel] = []
    for row in rows:
        values = dict(row)
        pk, given = values.pop("id", None), values.pop("channels", ())
        shaped = of_actors.shape_actor(values)
        if not shaped.get("name") and not shaped.get("handle"):
            raise DomainError(_("Please give a name or a handle."))
        shaped["owner_id"] = shaped.get("owner_id") or owner
        actor = Actor(**({"id": pk} if pk else {}), **shaped)
        actors.append(actor)
        channels += of_actors.new_channels(actor, given)
    if erased_among(actor.source_key for actor in actors):
        raise DomainError(_("Somebody in this list was erased here at their own wish and is not entered again."))
    _insert(Actor, actors)
    _insert(Channel, channels)
    index_actors(actors)
    record_many(by, "actor.imported", [(actor, ()) for actor in actors])
    return actors


@transaction.atomic
def create_roles(*, by: Agent, rows: Iterable[Mapping[str, Any]]) -> list[Role]:
    """Note who leads which space or speaks for which organisation; what is known already is left out.

    A row names `actor` and `space` or `organisation` by instance or id, and may hold role, since, until, evidence.
    """
    require(rules.may_create(by))
    wanted: dict[tuple[Any, ...], Role] = {}
    for row in rows:
        role = _role(row)
        wanted.setdefault(_place(role), role)
    _require_places(by, list(wanted.values()))
    known = _known_places(wanted.values())
    roles = [role for place, role in wanted.items() if place not in known]
    _insert(Role, roles)
    spaces = list(dict.fromkeys(role.space_id for role in roles if role.space_id))
    recount_spaces(spaces)
    recount_actors(role.actor_id for role in roles)
    _record_roles(by, roles)
    if spaces:
        ask_for_new_plan()
    return roles


def _role(row: Mapping[str, Any]) -> Role:
    values = {name: getattr(value, "pk", value) for name, value in row.items()}
    actor, space, organisation = (
        values.pop("actor"),
        values.pop("space", None),
        values.pop("organisation", None),
    )
    if (space is None) == (organisation is None):
        raise DomainError(_("A role is in one space or in one organisation."))
    pk = values.pop("id", None)
    shaped = shape(Role, values, of_roles.FIELDS)
    return Role(
        **({"id": pk} if pk else {}),
        actor_id=actor,
        space_id=space,
        organisation_id=organisation,
        **shaped,
    )


def _place(role: Role) -> tuple[Any, ...]:
    return role.actor_id, role.space_id, role.organisation_id, role.role, role.until


def _known_places(roles: Iterable[Role]) -> set[tuple[Any, ...]]:
    known: set[tuple[Any, ...]] = set()
    for piece in pieces(role.actor_id for role in roles):
        stored = Role.objects.filter(actor__in=piece).order_by()
        known.update(stored.values_list("actor_id", "space_id", "organisation_id", "role", "until"))
    return known


def _require_places(by: Agent, roles: Sequence[Role]) -> None:
    if rules.sees_all(by):
        return
    for viewable, ids in (
        (rules.viewable_spaces(by), {role.space_id for role in roles if role.space_id}),
        (
            rules.viewable_organisations(by),
            {role.organisation_id for role in roles if role.organisation_id},
        ),
        (rules.viewable_actors(by), {role.actor_id for role in roles}),
    ):
        seen = sum(viewable.filter(pk__in=piece).count() for piece in pieces(ids))
        require(seen == len(ids))


def _record_roles(by: Agent, roles: Sequence[Role]) -> None:
    places: dict[Named, list[Named]] = {}
    for role in roles:
        place = (
            Named(Space._meta.label_lower, role.space_id)
            if role.space_id
            else Named(Organisation._meta.label_lower, role.organisation_id)  # type: ignore[arg-type]
        )
        places.setdefault(place, []).append(Named(Actor._meta.label_lower, role.actor_id))
    if len(roles) < _MANY:
        record_many(
            by,
            "role.added",
            [(actor, (place,)) for place, some in places.items() for actor in some],
            fields=["role"],
        )
    else:
        record_many(
            by,
            "role.added",
            list(places.items()),
            fields=["role"],
        )


def _refuse_known(by: Agent, spaces: Sequence[Space]) -> None:
    addresses: set[str] = set()
    for space in spaces:
        if space.address and space.address in addresses:
            raise of_spaces.KnownSpace(space)
        addresses.add(space.address)
    wanted = sorted(addresses - {""})
    for start in range(0, len(wanted), _BATCH):
        known = Space.objects.filter(address__in=wanted[start : start + _BATCH]).first()
        if known:
            of_spaces.refuse_known(by, known.address)


def _insert(model: Any, records: Sequence[Any]) -> None:
    """Copy new records in; a record counts as stored afterwards."""
    insert(model, map(vars, records))
    for record in records:
        record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS


def _put_into(model: Any, column: str, records: Sequence[Any], communities: Sequence[set[Any]]) -> None:
    insert(
        model.communities.through,
        (
            {column: one.pk, "community_id": community}
            for one, some in zip(records, communities, strict=True)
            for community in some
        ),
    )
