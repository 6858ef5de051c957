"""The stored plan of whom to talk to next, over everything and for each community."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from treffpunkt.network.models import Community, Pick, Space
from treffpunkt.network.unreached import next_people

STORED = 20
_LOCK = 7_001


def renew_plan() -> int:
    """Store the plan anew, over everything and for each community; returns how many lines it has."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # One renewal at a time: two would store two plans.
            cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        picks = [pick for community in (None, *Community.objects.all()) for pick in _picks(community)]
        Pick.objects.all().delete()
        Pick.objects.bulk_create(picks)
    return len(picks)


def _picks(community: Community | None) -> Iterator[Pick]:
    spaces = Space.objects.filter(communities=community) if community else Space.objects.all()
    chosen = next_people(spaces, STORED)
    links = Space.communities.through.objects.filter(space__in=[space for one in chosen for space in one.spaces])
    communities: dict[str, set[Any]] = {}
    for space, of in links.values_list("space_id", "community_id"):
        communities.setdefault(str(space), set()).add(of)
    for position, one in enumerate(chosen, start=1):
        bridged = set().union(*(communities.get(space, set()) for space in one.spaces))
        yield Pick(
            community=community,
            position=position,
            actor_id=one.actor,
            reach_added=one.added,
            reach_so_far=one.so_far,
            spaces_open=len(one.spaces),
            communities_bridged=sorted(bridged) if len(bridged) > 1 else [],
        )
