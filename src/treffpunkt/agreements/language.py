"""A language's groups, rights and promises on one page: what somebody new has to know."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from treffpunkt.agreements import rules
from treffpunkt.agreements.in_use import rights_in
from treffpunkt.agreements.models import Agreement, Commitment, GrantedRight
from treffpunkt.core.agent import Agent
from treffpunkt.network.models import Community, Role, Space
from treffpunkt.network.rules import viewable_spaces

MOST = 120
_INSIDE = (Space.State.JOINED, Space.State.COOPERATING)
_LEADS = (Role.Kind.ADMINISTRATOR, Role.Kind.MODERATOR)


@dataclass(frozen=True)
class Group:
    """A group with what was granted there and who leads it."""

    space: Space
    rights: list[GrantedRight]
    leads: list[Role]


@dataclass(frozen=True)
class Language:
    """All that is to be known about a community's access."""

    groups: list[Group]
    agreements: list[Agreement]
    promises: list[Commitment]
    more: bool


def agreements_of(community: Community) -> QuerySet[Agreement]:
    """List the agreements about a community's spaces that have not ended."""
    about = Agreement.spaces.through.objects.filter(space__communities=community, agreement=OuterRef("pk"))
    return Agreement.objects.filter(Exists(about)).exclude(state=Agreement.State.ENDED)


def whole(by: Agent, community: Community, day: date) -> Language:
    """Read a community's groups to which we have access, with rights, people and promises; five queries."""
    granted = GrantedRight.objects.filter(space=OuterRef("pk")).exclude(state=GrantedRight.State.ENDED)
    spaces = viewable_spaces(by).filter(Q(state__in=_INSIDE) | Exists(granted), communities=community)
    shown = list(spaces.order_by("sorting", "id")[: MOST + 1])
    rights = rights_in(shown)
    leads: dict[UUID, list[Role]] = defaultdict(list)
    present = Role.objects.present(day).filter(space__in=[one.pk for one in shown], role__in=_LEADS)
    for role in present.filter(actor__erased_at=None).select_related("actor__owner").order_by("role", "pk"):
        if role.space_id:
            leads[role.space_id].append(role)
    theirs = agreements_of(community).values("pk")
    agreements = rules.viewable(by).filter(pk__in=theirs).select_related("owner").order_by("sorting", "pk")
    promises = rules.viewable_commitments(by).filter(state=Commitment.State.OPEN, agreement__in=theirs)
    return Language(
        groups=[Group(one, rights.get(one.pk, []), leads[one.pk]) for one in shown[:MOST]],
        agreements=list(agreements[:MOST]),
        promises=list(promises.select_related("agreement", "owner").order_by("due", "pk")[:MOST]),
        more=len(shown) > MOST,
    )
