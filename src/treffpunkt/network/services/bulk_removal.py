"""Taking out many records at once, as undoing an import does; what something depends on stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.journal.models import Origin
from treffpunkt.network import rules
from treffpunkt.network.models import (
    Actor,
    Channel,
    Feed,
    Organisation,
    Pick,
    Role,
    Snapshot,
    Space,
    Tie,
)
from treffpunkt.network.services.counts import pieces, recount_actors, recount_spaces
from treffpunkt.network.services.names import forget
from treffpunkt.network.services.planning import ask_for_new_plan
from treffpunkt.post.models import Message
from treffpunkt.tasks.models import Task

# What belongs to a record alone and goes with it.
_OWN = (Channel, Feed, Pick, Snapshot)


@transaction.atomic
def remove_roles(*, by: Agent, ids: Iterable[UUID]) -> list[UUID]:
    """Take out roles; nothing depends on a role, so none is kept."""
    require(rules.may_create(by))
    spaces: set[UUID] = set()
    actors: set[UUID] = set()
    for piece in pieces(ids):
        roles = Role.objects.filter(pk__in=piece).select_for_update()
        for actor, space in roles.values_list("actor_id", "space_id"):
            actors.add(actor)
            spaces.update([space] if space else [])
        roles.delete()
    recount_spaces(spaces)
    recount_actors(actors)
    ask_for_new_plan()
    return []


def remove_spaces(*, by: Agent, ids: Iterable[UUID]) -> list[UUID]:
    """Take out spaces; returns the ids of those that stay because something depends on them."""
    return _remove(by, Space, rules.viewable_spaces(by), ids)


def remove_actors(*, by: Agent, ids: Iterable[UUID]) -> list[UUID]:
    """Take out people with their channels; returns the ids of those that stay because something depends on them."""
    return _remove(by, Actor, rules.viewable_actors(by), ids)


def remove_organisations(*, by: Agent, ids: Iterable[UUID]) -> list[UUID]:
    """Take out organisations; returns the ids of those that stay because something depends on them."""
    return _remove(by, Organisation, rules.viewable_organisations(by), ids)


@transaction.atomic
def _remove(by: Agent, model: Any, viewable: Any, ids: Iterable[UUID]) -> list[UUID]:
    require(rules.may_create(by))
    kept: list[UUID] = []
    for piece in pieces(ids):
        # Locked against new rows that would point to them.
        present = set(viewable.filter(pk__in=piece).select_for_update().values_list("pk", flat=True))
        needed = _depended_on(model, present)
        kept += sorted(needed) + sorted(set(piece) - present)
        gone = present - needed
        model.objects.filter(pk__in=gone).delete()
        forget(gone)
    ask_for_new_plan()
    return kept


def _depended_on(model: Any, ids: set[UUID]) -> set[UUID]:
    """Find which records others point to, whichever module they are of: by key, or by kind and id."""
    found: set[UUID] = set()
    for relation in model._meta.related_objects:
        if relation.related_model in _OWN or relation.related_model._meta.auto_created:
            continue
        column = relation.field.attname
        rows = relation.related_model._base_manager.filter(**{f"{column}__in": ids})
        found.update(rows.values_list(column, flat=True).distinct())
    for named, column in (
        (Task, "about_id"),
        (Task, "promised_by_id"),
        (Message, "about_id"),
        (Message, "to_id"),
        (Origin, "source_id"),
        (Origin, "result_id"),
        (Tie, "one_id"),
        (Tie, "other_id"),
    ):
        rows = named._base_manager.filter(**{f"{column}__in": ids})
        found.update(rows.values_list(column, flat=True).distinct())
    return found
