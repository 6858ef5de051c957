"""Entering and changing the people outside, and the ways to reach them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Channel, Role
from treffpunkt.network.services.counts import recount_spaces
from treffpunkt.network.services.erasing import erase_actor, export_actor
from treffpunkt.network.services.names import index_actors
from treffpunkt.network.services.planning import ask_for_new_plan
from treffpunkt.network.services.reaching import written_value
from treffpunkt.network.services.shaping import differences, shape

__all__ = [
    "add_channel",
    "change_actor",
    "change_channel",
    "create_actor",
    "erase_actor",
    "export_actor",
    "remove_channel",
    "set_standing",
]

FIELDS = frozenset(
    [
        "name",
        "reading",
        "handle",
        "source_key",
        "actor_kind",
        "languages",
        "standing",
        "not_a_person",
        "consent_for",
        "consent_how",
        "consent_at",
        "owner",
        "next_touch",
        "note",
    ]
)
# What the plan of whom to talk to next rests on.
_PLANNED = frozenset({"standing", "not_a_person"})


@transaction.atomic
def create_actor(
    *,
    by: Agent,
    name: str = "",
    id: UUID | None = None,
    channels: Iterable[tuple[str, str]] = (),
    **fields: Any,
) -> Actor:
    """Enter a person, team or page outside; whoever enters somebody knows them, unless another is named.

    An `id` that is known already gives that actor, so that a form sent twice enters them once.
    """
    require(rules.may_create(by))
    if id and (known := Actor.objects.filter(pk=id).first()):
        require(rules.may_edit_actor(by, known))
        return known
    shaped = shape_actor({"name": name, **fields})
    if not shaped["name"] and not shaped.get("handle"):
        raise DomainError(_("Please give a name or a handle."))
    if by.agent_kind == "staff" and not rules.sees_all(by):
        # Without a role yet, only its owner would see the record again.
        shaped["owner_id"] = shaped.get("owner_id") or by.agent_id
    actor = Actor(**({"id": id} if id else {}), **shaped)
    actor.save(force_insert=True)
    Channel.objects.bulk_create(new_channels(actor, channels))
    index_actors([actor])
    record(by, "actor.created", actor)
    return actor


@transaction.atomic
def change_actor(*, by: Agent, actor: Actor, version: int | None = None, **changes: Any) -> Actor:
    """Change what is known about an actor; raises Stale where somebody else has changed it since `version`."""
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    require(rules.may_edit_actor(by, actor))
    shaped = shape_actor(changes)
    changed = differences(actor, shaped)
    if not changed:
        return actor
    actor.advance(version)
    for field in changed:
        setattr(actor, field, shaped[field])
    if not actor.name and not actor.handle:
        raise DomainError(_("Please give a name or a handle."))
    actor.save()
    after_change([actor], changed)
    only_standing = changed == ["standing"]
    names = [field.removesuffix("_id") for field in changed]
    record(
        by,
        "actor.standing_changed" if only_standing else "actor.changed",
        actor,
        fields=names,
    )
    return actor


def set_standing(*, by: Agent, actor: Actor, standing: str) -> Actor:
    """Note how an actor stands to us: asked, won, declined."""
    return change_actor(by=by, actor=actor, standing=standing)


@transaction.atomic
def add_channel(
    *,
    by: Agent,
    actor: Actor,
    channel_kind: str,
    value: str,
    preferred: bool = False,
    safe: bool = True,
) -> Channel:
    """Add a way to reach an actor, written in its one form; known already, it takes the new marks."""
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    require(rules.may_edit_actor(by, actor))
    kind = shape(Channel, {"channel_kind": channel_kind}, {"channel_kind"})["channel_kind"]
    written = written_value(kind, value)
    if preferred:
        actor.channels.filter(preferred=True).update(preferred=False)
    channel, added = Channel.objects.update_or_create(
        actor=actor,
        channel_kind=kind,
        value=written,
        defaults={"preferred": preferred, "safe": safe, "fails_since": None, "fails_why": ""},
    )
    if added:
        index_actors([actor])
        record(by, "channel.added", actor, fields=[kind])
    return channel


@transaction.atomic
def change_channel(
    *,
    by: Agent,
    channel: Channel,
    preferred: bool | None = None,
    safe: bool | None = None,
) -> Channel:
    """Mark a channel as preferred or not, safe or not."""
    actor = Actor.objects.select_for_update().get(pk=channel.actor_id)
    require(rules.may_edit_actor(by, actor))
    channel = actor.channels.get(pk=channel.pk)
    if preferred:
        actor.channels.filter(preferred=True).update(preferred=False)
    channel.preferred = channel.preferred if preferred is None else preferred
    channel.safe = channel.safe if safe is None else safe
    channel.save()
    record(by, "actor.changed", actor, fields=["channels"])
    return channel


@transaction.atomic
def remove_channel(*, by: Agent, channel: Channel) -> None:
    """Take a channel out, because it is wrong or no longer theirs."""
    actor = Actor.objects.select_for_update().get(pk=channel.actor_id)
    require(rules.may_edit_actor(by, actor))
    if actor.channels.filter(pk=channel.pk).delete()[0]:
        index_actors([actor])
        record(by, "channel.removed", actor, fields=[channel.channel_kind])


def shape_actor(given: dict[str, Any]) -> dict[str, Any]:
    """Shape the values of an actor; a handle is written without its @."""
    shaped = shape(Actor, given, FIELDS)
    if "handle" in shaped:
        shaped["handle"] = shaped["handle"].removeprefix("@")
    if "languages" in shaped:
        shaped["languages"] = list(dict.fromkeys(tag.lower() for tag in shaped["languages"]))
    return shaped


def new_channels(actor: Actor, channels: Iterable[tuple[str, str]]) -> list[Channel]:
    """Make the rows of a new actor's channels; the first one is preferred."""
    written = dict.fromkeys((kind, written_value(kind, value)) for kind, value in channels if value)
    return [
        Channel(actor=actor, channel_kind=kind, value=value, preferred=number == 0)
        for number, (kind, value) in enumerate(written)
    ]


def after_change(actors: list[Actor], changed: list[str]) -> None:
    """Keep up to date what rests on the changed fields: names, counts of administrators, the plan."""
    if {"name", "reading", "handle"} & set(changed):
        index_actors(actors)
    if "not_a_person" in changed:
        roles = Role.objects.present().filter(actor__in=actors, space__isnull=False)
        recount_spaces(roles.values_list("space_id", flat=True))
    if _PLANNED & set(changed):
        ask_for_new_plan()
