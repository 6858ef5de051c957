"""The daily round of somebody: which groups are due in which order, and how far they have come today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.network import rules
from treffpunkt.network.models import Community, Look, Space

# After so many days the number of members is asked for again.
COUNT_DAYS = 90
_S = Space.State
# Where we are inside, or nearly: there one looks even where nobody has set a day yet.
_CLOSE = (_S.CONTACTED, _S.JOINED, _S.COOPERATING)


@dataclass(frozen=True)
class Progress:
    """How many groups were looked into today, and how many are still due."""

    done: int
    due: int

    @property
    def whole(self) -> int:
        """Give how many there were this morning."""
        return self.done + self.due


def own_communities(by: Agent) -> QuerySet[Community]:
    """List the communities whose groups are one's round: those one counsels, for coordination else all."""
    counselled = Community.counsellors.through.objects.filter(rules.works(by), community=OuterRef("pk"))
    return Community.objects.filter(Exists(counselled))


def spaces_of_round(by: Agent, community: Any = None) -> QuerySet[Space]:
    """List the groups of one's communities, or of one of them; for coordination without any, all."""
    rows = rules.viewable_spaces(by).exclude(state=_S.LOST)
    if community is not None:
        return rows.filter(Exists(Space.communities.through.objects.filter(space=OuterRef("pk"), community=community)))
    if rules.sees_all(by) and (counselled := list(own_communities(by).values_list("pk", flat=True))):
        links = Space.communities.through.objects.filter(space=OuterRef("pk"), community__in=counselled)
        rows = rows.filter(Exists(links))
    return rows


def due(rows: QuerySet[Space], day: date | None = None) -> QuerySet[Space]:
    """Keep the groups that are due, the longest overdue first; those never looked into before all others."""
    return rows.filter(_due(day or today())).order_by(
        F("check_due").asc(nulls_first=True), F("checked_at").asc(nulls_first=True), "id"
    )


def progress(rows: QuerySet[Space]) -> Progress:
    """Count what is done today and what is still due; one query."""
    counts = rows.order_by().aggregate(
        done=Count("pk", filter=Q(checked_at__gte=_morning()) & ~_due(today())),
        due=Count("pk", filter=_due(today())),
    )
    return Progress(**counts)


def last_look(by: Agent) -> Look | None:
    """Give one's last look of today, which can still be taken back."""
    rows = Look.objects.filter(staff=by.agent_id, at__gte=_morning()).select_related("space")
    return rows.order_by("-at", "-id").first()


def asks_members(space: Space) -> bool:
    """Say whether it is time to ask how many members a group has."""
    counted = space.members_counted_on
    return counted is None or counted < today() - timedelta(days=COUNT_DAYS)


def _due(day: date) -> Q:
    return Q(check_due__lte=day) | Q(check_due=None, checked_at=None, state__in=_CLOSE)


def _morning() -> datetime:
    return datetime.combine(today(), time.min, tzinfo=timezone.get_current_timezone())
