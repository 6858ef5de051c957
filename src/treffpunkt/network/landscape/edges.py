"""What ties the records of the landscape to each other: roles, belonging to a community, ties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, Q, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast, Coalesce

from treffpunkt.network import rules
from treffpunkt.network.landscape.asking import ACTOR, COMMUNITY, KINDS, ORGANISATION, SPACE, Ask, Key
from treffpunkt.network.models import Organisation, Role, Space, Tie

Ids = dict[str, list[UUID]]
# Communities stand before everything they hold together.
_HEAVY = 10**15
# Who is two things in one space is tied to it by the stronger.
_STRENGTH = {role: number for number, role in enumerate([
    Role.Kind.ADMINISTRATOR, Role.Kind.MODERATOR, Role.Kind.OPINION_LEADER, Role.Kind.AUTHOR, Role.Kind.CONTACT, "",
])}  # fmt: skip


def steps(ask: Ask, since: Ids) -> list[Key]:
    """List the records one step away from some, the weightiest first, over ways `ask.by` may see; one query.

    Communities are never walked through: everything would be two steps away. Costs grow with the roles of the
    records one starts from, and end at `ask.most`.
    """
    parts = [*_over_roles(ask, since), *_over_ties(ask, since)]
    if not parts:
        return []
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    rows = found.order_by("-weight", "other")[: ask.most * 2]
    return list(dict.fromkeys((kind, pk) for kind, pk, _weight in rows))


def among(ask: Ask, ids: Ids) -> dict[tuple[UUID, UUID], str]:
    """Give the edges between records, and those to their communities, which need not be among them; one query.

    Costs grow with the roles in these spaces and organisations. Somebody who is administrator and moderator of a
    space is tied to it once.
    """
    parts: list[QuerySet[Any, Any]] = []
    spaces, people, organisations = ids.get(SPACE, []), ids.get(ACTOR, []), ids.get(ORGANISATION, [])
    held = Role.objects.present().order_by()
    if spaces and people:
        parts.append(_edge(held.filter(space__among=spaces, actor__among=people), "actor_id", "space_id", "role"))
    if organisations and people:
        rows = held.filter(organisation__among=organisations, actor__among=people)
        parts.append(_edge(rows, "actor_id", "organisation_id", "role"))
    if ask.wants(COMMUNITY):
        for model, name, some in ((Space, "space", spaces), (Organisation, "organisation", organisations)):
            if some:
                links = _links(ask, model, name).filter(**{f"{name}__among": some})
                parts.append(_edge(links, f"{name}_id", "community_id", ""))
    every = [pk for kind in KINDS for pk in ids.get(kind, ())]
    if every:
        parts.append(_edge(Tie.objects.filter(one_id__among=every, other_id__among=every), "one_id", "other_id", ""))
    if not parts:
        return {}
    found: dict[tuple[UUID, UUID], str] = {}
    every_edge = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    for one, other, what in every_edge:
        pair = (other, one) if (other, one) in found else (one, other)
        found[pair] = min(found.get(pair, ""), what, key=_STRENGTH.__getitem__)
    return found


def leaders(ask: Ask, rows: QuerySet[Role]) -> QuerySet[Role]:
    """Keep the roles of people who may be shown."""
    rows = rows.filter(actor__erased_at=None)
    return rows.filter(actor__not_a_person=False) if "machines" in ask.without else rows


def _over_roles(ask: Ask, since: Ids) -> Iterable[QuerySet[Any, Any]]:
    held = Role.objects.present().order_by()
    spaces, people, organisations = since.get(SPACE, []), since.get(ACTOR, []), since.get(ORGANISATION, [])
    if ask.wants(ACTOR):
        for name, some in (("space", spaces), ("organisation", organisations)):
            if some:
                rows = leaders(ask, held.filter(**{f"{name}__among": some}))
                yield _step(rows, ACTOR, "actor_id", F("actor__potential_reach"))
    if people:
        rows = held.filter(actor__among=people).exclude(space=None)
        if ask.spaces.query.where:
            rows = rows.filter(space__in=ask.spaces.order_by().values("pk"))
        yield _step(rows, SPACE, "space_id", F("space__members"))
    if people and ask.wants(ORGANISATION):
        rows = held.filter(actor__among=people).exclude(organisation=None)
        if not rules.sees_all(ask.by):
            rows = rows.filter(organisation__in=rules.viewable_organisations(ask.by).values("pk"))
        yield _step(rows, ORGANISATION, "organisation_id", Value(0))
    if ask.wants(COMMUNITY):
        for model, name, some in ((Space, "space", spaces), (Organisation, "organisation", organisations)):
            if some:
                links = _links(ask, model, name).filter(**{f"{name}__among": some})
                yield _step(links, COMMUNITY, "community_id", Value(_HEAVY))


def _over_ties(ask: Ask, since: Ids) -> Iterable[QuerySet[Any, Any]]:
    every = [pk for kind in (COMMUNITY, ACTOR, ORGANISATION) for pk in since.get(kind, ())]
    if not every:
        return
    seen: dict[str, QuerySet[Any]] = {
        COMMUNITY: rules.communities_of(ask.by),
        ACTOR: rules.viewable_actors(ask.by),
        ORGANISATION: rules.viewable_organisations(ask.by),
    }
    for here, there in (("one", "other"), ("other", "one")):
        visible = Q(pk__in=[])
        for kind, rows in seen.items():
            if ask.wants(kind):
                visible |= Q(**{f"{there}_kind": kind, f"{there}_id__in": rows.order_by().values("pk")})
        ties = Tie.objects.filter(visible, **{f"{here}_id__among": every})
        yield _step(ties, F(f"{there}_kind"), f"{there}_id", Value(0))


def _links(ask: Ask, model: Any, name: str) -> QuerySet[Any]:
    links: QuerySet[Any] = model.communities.through.objects.order_by()
    if ask.community:
        links = links.filter(community=ask.community)
    return links if rules.sees_all(ask.by) else links.filter(community__in=rules.communities_of(ask.by).values("pk"))


def _step(rows: QuerySet[Any], kind: Any, pk: str, weight: Any) -> QuerySet[Any, Any]:
    """Write one way as (kind, id, weight), alike for all ways."""
    named = Value(kind) if isinstance(kind, str) else kind
    way: QuerySet[Any, Any] = rows.annotate(
        far=Cast(named, TextField()),
        other=Cast(F(pk), UUIDField()),
        weight=Coalesce(Cast(weight, BigIntegerField()), Value(0, BigIntegerField())),
    ).values_list("far", "other", "weight")
    return way


def _edge(rows: QuerySet[Any], one: str, other: str, what: str) -> QuerySet[Any, Any]:
    said = F(what) if what else Value("")
    edge: QuerySet[Any, Any] = rows.annotate(
        here=Cast(F(one), UUIDField()), there=Cast(F(other), UUIDField()), said=Cast(said, TextField())
    ).values_list("here", "there", "said")
    return edge
