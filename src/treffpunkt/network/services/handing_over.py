"""Handing over what somebody looked after when they leave."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.journal.services import record_many
from treffpunkt.network.models import Actor, Community
from treffpunkt.network.services.planning import ask_for_new_plan
from treffpunkt.people.models import Staff
from treffpunkt.people.rules import may_manage_staff


@transaction.atomic
def hand_over_people(*, by: Agent, leaver: Staff, to: Staff, ids: Collection[UUID] | None = None) -> int:
    """Let a colleague look after everybody the leaver knew, or some of them; give how many people that are."""
    require(may_manage_staff(by))
    rows = Actor.objects.filter(owner=leaver)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    actors = list(rows.select_for_update().order_by("pk"))
    for actor in actors:
        actor.owner = to
        actor.advance()
    Actor.objects.bulk_update(actors, ["owner", "version"], batch_size=500)
    record_many(by, "actor.changed", [(actor, ()) for actor in actors], fields=["owner"])
    return len(actors)


@transaction.atomic
def hand_over_communities(*, by: Agent, leaver: Staff, to: Staff, ids: Collection[UUID] | None = None) -> int:
    """Let a colleague work with the leaver's communities, or some of them; give how many that are."""
    require(may_manage_staff(by))
    rows = Community.objects.filter(counsellors=leaver)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    communities = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for community in communities:
        community.counsellors.remove(leaver)
        community.counsellors.add(to)
        community.advance()
    Community.objects.bulk_update(communities, ["version"])
    record_many(by, "community.changed", [(community, ()) for community in communities], fields=["counsellors"])
    if communities:
        ask_for_new_plan()
    return len(communities)
