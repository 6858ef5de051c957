"""What hangs on single people: what their leaving would cost, and between which communities they are the bridge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Community, Role, Space
from treffpunkt.network.talks import Narrow
from treffpunkt.network.unreached import KEYS

# People with a key to spaces of two communities, each pair of people and community once.
_PAIRS = """
with held as (
  select distinct r.actor_id, c.community_id, a.standing
  from network_role r
  join network_space_communities c on c.space_id = r.space_id
  join network_actor a on a.id = r.actor_id
  where r.role = any(%(keys)s) and (r.until is null or r.until > %(today)s) and not a.not_a_person
    and a.erased_at is null and c.community_id = any(%(communities)s)
)
select x.community_id, y.community_id, count(*), count(*) filter (where x.standing = 'won')
from held x join held y on y.actor_id = x.actor_id and y.community_id > x.community_id
group by 1, 2 order by 3 desc, 1, 2 limit %(most)s offset %(skipped)s
"""


@dataclass(frozen=True)
class Pair:
    """Two communities, how many people hold keys in both, and how many of these work with us."""

    one: Community
    other: Community
    people: int
    won: int


@dataclass(frozen=True)
class Cost:
    """What the leaving of one person would cost: spaces without anybody left we know to lead them, their members."""

    spaces: int = 0
    members: int = 0


def hanging(by: Agent) -> QuerySet[Space]:
    """List the spaces that live and hang on one administrator."""
    return rules.viewable_spaces(by).filter(administrator_count=1).exclude(state=Space.State.LOST)


def losses(by: Agent, narrow: Narrow) -> QuerySet[Actor]:
    """List the people whose leaving would cost something, with `spaces_lost` and `members_lost`."""
    only_admin = (Q(roles__until=None) | Q(roles__until__gt=today())) & Q(
        roles__role=Role.Kind.ADMINISTRATOR, roles__space__in=narrow(hanging(by)).order_by().values("pk")
    )
    return Actor.objects.filter(only_admin, not_a_person=False, erased_at=None).annotate(
        spaces_lost=Count("roles__space"), members_lost=Coalesce(Sum("roles__space__members"), 0)
    )


def spaces_lost(by: Agent, narrow: Narrow, actors: Iterable[Actor]) -> dict[UUID, list[Space]]:
    """Name the spaces that would be lost with each of these people, the largest first; one query."""
    roles = (
        Role.objects.present()
        .filter(
            actor__in=[one.pk for one in actors],
            role=Role.Kind.ADMINISTRATOR,
            space__in=narrow(hanging(by)).order_by().values("pk"),
        )
        .select_related("space")
        .order_by(F("space__members").desc(nulls_last=True), "space")
    )
    found: dict[UUID, list[Space]] = {}
    for role in roles:
        if role.space is not None:
            found.setdefault(role.actor_id, []).append(role.space)
    return found


def cost_of(actor: Actor, roles: Iterable[Role]) -> Cost:
    """Tell what the leaving of one person would cost, from their roles with the spaces; asks nothing."""
    lost = [
        role.space
        for role in roles
        if role.space is not None
        and role.is_present
        and role.role == Role.Kind.ADMINISTRATOR
        and role.space.administrator_count == 1
        and role.space.state != Space.State.LOST
    ]
    if actor.not_a_person:
        return Cost()
    return Cost(len(lost), sum(space.members or 0 for space in lost))


def bridges(by: Agent, *communities: UUID) -> QuerySet[Actor]:
    """List the people with keys in several communities, with their number as `bridged`; perhaps only in all of these."""
    present = (Q(roles__until=None) | Q(roles__until__gt=today())) & Q(
        roles__role__in=KEYS, roles__space__communities__in=rules.communities_of(by).order_by().values("pk")
    )
    rows = Actor.objects.filter(present, not_a_person=False, erased_at=None)
    for community in communities:
        links = Space.communities.through.objects.filter(space=OuterRef("space"), community=community)
        held = Role.objects.present().filter(Exists(links), actor=OuterRef("pk"), role__in=KEYS)
        rows = rows.filter(Exists(held))
    return rows.annotate(bridged=Count("roles__space__communities", distinct=True)).filter(bridged__gt=1)


def bridged_by(by: Agent, actors: Iterable[Actor]) -> dict[UUID, dict[UUID, int]]:
    """Tell in which communities these people hold keys, and to how many spaces of each; one query."""
    links = Space.communities.through.objects.filter(
        space__roles__in=Role.objects.present().filter(actor__in=[one.pk for one in actors], role__in=KEYS),
        community__in=rules.communities_of(by).order_by().values("pk"),
    )
    found: dict[UUID, dict[UUID, int]] = {}
    rows = links.values("space__roles__actor", "community").annotate(number=Count("space", distinct=True))
    for row in rows.order_by("-number", "community"):
        found.setdefault(row["space__roles__actor"], {})[row["community"]] = row["number"]
    return found


def pairs(by: Agent, *, most: int, skipped: int = 0) -> list[Pair]:
    """List the pairs of communities one works with that have people in common, most people first; two queries."""
    communities = {one.pk: one for one in rules.communities_of(by)}
    given: dict[str, Any] = {
        "keys": [str(key) for key in KEYS],
        "today": today(),
        "communities": list(communities),
        "most": most,
        "skipped": skipped,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, given)
        rows = cursor.fetchall()
    return [Pair(communities[one], communities[other], people, won) for one, other, people, won in rows]
