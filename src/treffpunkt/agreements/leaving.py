"""When somebody who leads groups leaves: what hangs on them, and whom we may speak to once they said yes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Agreement, Commitment, GrantedRight, Succession
from treffpunkt.core.agent import Agent
from treffpunkt.network.models import Actor, Role, Space
from treffpunkt.network.rules import viewable_spaces

_LEADS = (Role.Kind.ADMINISTRATOR, Role.Kind.MODERATOR)


@dataclass(frozen=True)
class Led:
    """A group that somebody leads or led, until when, who leads it besides, and what was granted there."""

    space: Space
    until: date | None
    others: int
    rights: list[GrantedRight]


@dataclass(frozen=True)
class Hanging:
    """All that hangs on one person."""

    groups: list[Led]
    agreements: list[Agreement]
    promises: list[Commitment]

    @property
    def rights(self) -> int:
        """Count the rights that may be lost."""
        return sum(len(one.rights) for one in self.groups)


def hanging_on(by: Agent, actor: Actor, day: date) -> Hanging:
    """Read what hangs on somebody, as far as `by` sees it; four queries."""
    roles = Role.objects.filter(actor=actor, role__in=_LEADS, space__in=viewable_spaces(by)).select_related("space")
    led: dict[UUID, Role] = {}
    for role in roles.order_by("-until", "pk"):  # one that has no end comes first
        if role.space_id and role.space_id not in led:
            led[role.space_id] = role
    rights: dict[UUID, list[GrantedRight]] = defaultdict(list)
    open_rights = rules.viewable_rights(by).filter(space__in=list(led)).exclude(state=GrantedRight.State.ENDED)
    for right in open_rights.select_related("profile").order_by("right_kind", "pk"):
        rights[right.space_id].append(right)
    agreements = list(
        rules.viewable(by)
        .filter(parties__actor=actor, parties__left="")
        .exclude(state__in=(Agreement.State.ENDED, Agreement.State.DRAFT))
        .order_by("sorting", "pk")
    )
    promises = rules.viewable_commitments(by).filter(agreement__in=[one.pk for one in agreements])
    groups = [Led(role.space, role.until, _besides(role, day), rights[pk]) for pk, role in led.items() if role.space]
    groups.sort(key=lambda one: (one.others, -(one.space.members or 0)))
    return Hanging(groups, agreements, list(promises.filter(state=Commitment.State.OPEN).order_by("due", "pk")))


def succession_of(by: Agent, actor: Actor) -> Succession | None:
    """Find what was said about who follows somebody: the open one, else the last."""
    found = rules.viewable_successions(by).filter(actor=actor).select_related("owner", "actor")
    return found.prefetch_related("others").order_by("-pk").first()


def may_be_spoken_to(by: Agent, succession: Succession | None, spaces: Sequence[Space], day: date) -> QuerySet[Role]:
    """List who leads these groups besides; nobody before the one who leaves has said yes, so that none is exposed."""
    if succession is None or succession.state != Succession.State.MAY:
        return Role.objects.none()
    roles = Role.objects.present(day).filter(space__in=[one.pk for one in spaces], role__in=_LEADS)
    others = roles.exclude(actor=succession.actor_id).filter(actor__erased_at=None, actor__not_a_person=False)
    return others.select_related("actor", "space").order_by("actor__sorting", "pk")


def guest_succession(by: Agent) -> Succession | None:
    """Find what the holder of a link is asked."""
    return rules.viewable_successions(by).select_related("actor", "owner").first()


def _besides(role: Role, day: date) -> int:
    """Count who leads a group as administrator besides somebody, once they have gone."""
    space = role.space
    if space is None:
        return 0
    counted = role.role == Role.Kind.ADMINISTRATOR and (role.until is None or role.until > day)
    return max(0, space.administrator_count - counted)
