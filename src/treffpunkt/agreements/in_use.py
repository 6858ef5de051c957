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
from treffpunkt.agreements.permitting import ACTIONS, Ground
from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.network.models import Profile, Space
from treffpunkt.network.rules import viewable_spaces
from treffpunkt.people.queries import covered_ids

_ENDED = GrantedRight.State.ENDED
_INSIDE = (Space.State.JOINED, Space.State.COOPERATING)
SPACE_COLUMNS = (
    "name", "short_name", "name_language", "language_id", "platform_id", "space_kind", "state", "women_only", "rules",
    "link_policy", "post_approval", "visibility", "address",
)  # fmt: skip
# What an answer reads of a right and its agreement.
_RIGHT = ("right_kind", "state", "how", "seen_at", "space", "profile", "agreement__state", "agreement__ending")


def asked_about(by: Agent, *, most: int) -> list[Space]:
    """List the groups whoever counsels asks about: those used last first, then those with rights, then the others."""
    ids: list[Any] = prepared.rows(_used_last, by, most)
    if len(ids) < most:
        ids += prepared.rows(_inside, by, ids, most - len(ids))
    found = {one.pk: one for one in prepared.rows(_in_short, by, ids)}
    return [found[pk] for pk in ids if pk in found]


def _used_last(by: Agent, most: int) -> QuerySet[GrantedRight, Any]:
    seen = GrantedRight.objects.filter(Exists(viewable_spaces(by).filter(pk=OuterRef("space")))).exclude(state=_ENDED)
    latest = seen.order_by().values("space").annotate(last=Max("seen_at"))
    return latest.order_by(F("last").desc(nulls_last=True), "space").values_list("space", flat=True)[:most]


def _inside(by: Agent, others: list[Any], most: int) -> QuerySet[Space, Any]:
    rest = viewable_spaces(by).filter(state__in=_INSIDE).exclude(pk__among=others)
    return rest.order_by("sorting", "id").values_list("pk", flat=True)[:most]


def _in_short(by: Agent, ids: list[Any]) -> QuerySet[Space]:
    return viewable_spaces(by).filter(pk__among=ids).only(*SPACE_COLUMNS)


def grounds(by: Agent, spaces: Sequence[Space]) -> dict[UUID, Ground]:
    """Read on what answers about some groups rest; four queries, whatever their number."""
    ids = [one.pk for one in spaces]
    agreements: dict[UUID, list[Agreement]] = defaultdict(list)
    for link in prepared.rows(_agreements_about, ids):
        agreements[link.space_id].append(link.agreement)
    rights: dict[UUID, list[GrantedRight]] = defaultdict(list)
    for right in prepared.rows(_rights_in, ids):
        rights[right.space_id].append(right)
    profiles: dict[str, list[Profile]] = defaultdict(list)
    for profile in prepared.rows(_profiles_of, by):
        profiles[profile.platform_id].append(profile)
    used = dict(prepared.rows(_used_since, [one.pk for some in rights.values() for one in some], month_begins()))
    return {
        one.pk: Ground(
            space=one, agreements=agreements[one.pk], rights=rights[one.pk], profiles=profiles[one.platform_id],
            used=used,
        )
        for one in spaces
    }  # fmt: skip


def _agreements_about(ids: list[Any]) -> QuerySet[Any]:
    about = Agreement.spaces.through.objects.filter(space__among=ids).select_related("agreement")
    latest = about.order_by(F("agreement__state_since").desc(nulls_last=True), "-agreement_id")
    return latest.only("space", "agreement__name", "agreement__state", "agreement__ending", "agreement__state_since")


def _open(ids: list[Any]) -> QuerySet[GrantedRight]:
    rights = GrantedRight.objects.filter(space__among=ids).exclude(state=_ENDED)
    return rights.select_related("agreement", "profile").order_by("right_kind", "pk")


def _rights_in(ids: list[Any]) -> QuerySet[GrantedRight]:
    return _open(ids).filter(right_kind__in=ACTIONS).select_related(None).select_related("agreement").only(*_RIGHT)


def _profiles_of(by: Agent) -> QuerySet[Profile]:
    """List the profiles somebody writes with: their own, the team's, those of whoever they stand in for."""
    whose = Q(staff=None) | Q(staff=by.agent_id) | Q(staff__in=covered_ids(by))
    return Profile.objects.filter(whose).exclude(state=Profile.State.RETIRED).order_by("state", "name", "pk")


def _used_since(rights: list[Any], at: datetime) -> QuerySet[Any, Any]:
    counted = Use.objects.filter(right__among=rights, worked=True, at__gte=at).order_by()
    return counted.values("right").annotate(number=Count("pk")).values_list("right", "number")


def spaces_with_rights(by: Agent) -> QuerySet[Space]:
    """List the groups one sees in which something is granted to us, ended rights left out."""
    rights = GrantedRight.objects.filter(space=OuterRef("pk")).exclude(state=_ENDED)
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
