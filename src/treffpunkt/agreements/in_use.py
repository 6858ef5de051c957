"""Reading granted rights in use: on what an answer rests, whose groups are asked about, what is to be handed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from treffpunkt.agreements.models import Agreement, GrantedRight, Use
from treffpunkt.agreements.permitting import Ground
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.network.models import Profile, Space
from treffpunkt.network.rules import viewable_spaces
from treffpunkt.people.queries import covered_ids

_INSIDE = (Space.State.JOINED, Space.State.COOPERATING)
SPACE_COLUMNS = (
    "name", "short_name", "name_language", "language_id", "platform_id", "space_kind", "state", "women_only", "rules",
    "link_policy", "post_approval", "visibility", "address",
)  # fmt: skip


def asked_about(by: Agent, *, most: int) -> list[Space]:
    """List the groups whoever counsels asks about: those used last first, then those with rights, then the others."""
    spaces = viewable_spaces(by)
    seen = (
        GrantedRight.objects.filter(Exists(spaces.filter(pk=OuterRef("space"))))
        .exclude(state=GrantedRight.State.ENDED)
        .order_by()
        .values("space")
        .annotate(last=Max("seen_at"))
        .order_by(F("last").desc(nulls_last=True), "space")
        .values_list("space", flat=True)[:most]
    )
    ids: list[Any] = list(seen)
    if len(ids) < most:
        others = spaces.filter(state__in=_INSIDE).exclude(pk__in=ids).order_by("sorting", "id")
        ids += others.values_list("pk", flat=True)[: most - len(ids)]
    found = {one.pk: one for one in spaces.filter(pk__in=ids).only(*SPACE_COLUMNS)}
    return [found[pk] for pk in ids if pk in found]


def grounds(by: Agent, spaces: Sequence[Space]) -> dict[UUID, Ground]:
    """Read on what answers about some groups rest; four queries, whatever their number."""
    ids = [one.pk for one in spaces]
    agreements: dict[UUID, list[Agreement]] = defaultdict(list)
    about = Agreement.spaces.through.objects.filter(space__in=ids).select_related("agreement")
    for link in about.order_by(F("agreement__state_since").desc(nulls_last=True), "-agreement_id"):
        agreements[link.space_id].append(link.agreement)
    rights: dict[UUID, list[GrantedRight]] = defaultdict(list)
    for right in _open(ids):
        rights[right.space_id].append(right)
    profiles: dict[str, list[Profile]] = defaultdict(list)
    for profile in _mine(by, {one.platform_id for one in spaces}):
        profiles[profile.platform_id].append(profile)
    used = _used_this_month(right.pk for some in rights.values() for right in some)
    return {
        one.pk: Ground(
            space=one, agreements=agreements[one.pk], rights=rights[one.pk], profiles=profiles[one.platform_id],
            used=used,
        )
        for one in spaces
    }  # fmt: skip


def _open(ids: Sequence[Any]) -> QuerySet[GrantedRight]:
    rights = GrantedRight.objects.filter(space__in=ids).exclude(state=GrantedRight.State.ENDED)
    return rights.select_related("agreement", "profile").order_by("right_kind", "pk")


def _mine(by: Agent, platforms: Iterable[str]) -> QuerySet[Profile]:
    """List the profiles somebody writes with: their own, the team's, those of whoever they stand in for."""
    whose = Q(staff=None) | Q(staff=by.agent_id) | Q(staff__in=covered_ids(by))
    found = Profile.objects.filter(whose, platform__in=list(platforms))
    return found.exclude(state=Profile.State.RETIRED).order_by("state", "name", "pk")


def _used_this_month(rights: Iterable[UUID]) -> dict[UUID, int]:
    counted = Use.objects.filter(right__in=list(rights), worked=True, at__gte=month_begins()).order_by()
    return dict(counted.values("right").annotate(number=Count("pk")).values_list("right", "number"))


def spaces_with_rights(by: Agent) -> QuerySet[Space]:
    """List the groups one sees in which something is granted to us, ended rights left out."""
    rights = GrantedRight.objects.filter(space=OuterRef("pk")).exclude(state=GrantedRight.State.ENDED)
    return viewable_spaces(by).filter(Exists(rights))


def rights_in(spaces: Iterable[Space]) -> dict[UUID, list[GrantedRight]]:
    """Read the rights that have not ended in some groups, with agreement, profile and who saw them work; one query."""
    found: dict[UUID, list[GrantedRight]] = defaultdict(list)
    for right in _open([one.pk for one in spaces]).select_related("seen_by"):
        found[right.space_id].append(right)
    return found


def month_begins() -> datetime:
    """Give the first moment of the month, in the reader's zone."""
    return timezone.localtime(now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
