"""What the map and its table say of a record: the same few things for every kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    UUIDField,
    Value,
    When,
)
from django.db.models.fields import BigIntegerField
from django.db.models.functions import Cast, Coalesce, NullIf

from treffpunkt.core.agent import Agent
from treffpunkt.network import rules
from treffpunkt.network.landscape.asking import ACTOR, COMMUNITY, KINDS, ORGANISATION, SPACE
from treffpunkt.network.models import Actor, Space, Spot

COLUMNS = (
    "of_kind", "key", "title", "short", "spoken", "standing_there", "reach", "admins", "platform_key", "nature",
    "women", "machine",
)  # fmt: skip
# A number nobody has counted stands behind the smallest.
UNCOUNTED = -1


@dataclass(frozen=True, slots=True)
class Node:
    """A record on the map; what its kind does not know is empty."""

    kind: str
    pk: UUID
    name: str
    # The German short name.
    short: str
    # The language of the name.
    language: str
    # The state of a space, the standing of a person.
    state: str
    # Members of a space, of a person's spaces, of a community's: potential reach.
    reach: int | None
    administrators: int | None
    platform: str
    # Which kind of space, person or organisation.
    nature: str
    women_only: bool
    machine: bool


def nodes(by: Agent, ids: Mapping[str, Sequence[UUID]]) -> list[Node]:
    """Read what is said of records, of those that may be seen, in the order of the ids; one query."""
    parts = [part.values_list(*COLUMNS) for part in branches(by, ids).values()]
    if not parts:
        return []
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found = {row[1]: node(row) for row in rows}
    return [found[pk] for kind in KINDS for pk in ids.get(kind, ()) if pk in found]


def node(row: Sequence[Any]) -> Node:
    """Make a node of the columns."""
    kind, pk, title, short, spoken, state, reach, admins, platform, nature, women, machine = row
    counted = None if reach == UNCOUNTED else reach
    return Node(
        kind, pk, title, short, spoken, state, counted, None if admins < 0 else admins, platform, nature, women, machine
    )


def branches(by: Agent, ids: Mapping[str, Sequence[UUID]]) -> dict[str, QuerySet[Any]]:
    """Give for each kind its rows with `COLUMNS`, and `sorting`, `state_place`, `kind_place` to order them by."""
    made = {COMMUNITY: _communities, SPACE: _spaces, ACTOR: _actors, ORGANISATION: _organisations}
    return {kind: made[kind](by).filter(pk__among=ids[kind]).order_by() for kind in KINDS if ids.get(kind)}


def _spaces(by: Agent) -> QuerySet[Any]:
    return _said(
        rules.viewable_spaces(by),
        SPACE,
        title="name",
        short="short_name",
        spoken=Coalesce(NullIf(_text("name_language"), Value("")), _text("language_id"), Value("")),
        state="state",
        states=Space.State.values,
        reach="members",
        admins="administrator_count",
        platform="platform_id",
        nature="space_kind",
        women="women_only",
    )


def _actors(by: Agent) -> QuerySet[Any]:
    return _said(
        rules.viewable_actors(by).filter(erased_at=None),
        ACTOR,
        title=Coalesce(NullIf(_text("name"), Value("")), _text("handle")),
        state="standing",
        states=Actor.Standing.values,
        reach="potential_reach",
        nature="actor_kind",
        machine="not_a_person",
    )


def _organisations(by: Agent) -> QuerySet[Any]:
    return _said(rules.viewable_organisations(by), ORGANISATION, title="name", nature="organisation_kind")


def _communities(by: Agent) -> QuerySet[Any]:
    links: Any = Space.communities.through.objects.filter(community=OuterRef("pk")).order_by()
    # A plain function, not an aggregate: it sums the whole subquery without grouping it.
    members = links.annotate(figure=Func("space__members", function="SUM")).values("figure")
    return _said(
        rules.communities_of(by), COMMUNITY, title="name", spoken=_text("language_id"), reach=Subquery(members)
    )


def _said(rows: QuerySet[Any], kind: str, *, title: Any, states: Iterable[str] = (), **given: Any) -> QuerySet[Any]:
    """Write the columns alike for all kinds, as a union wants them."""
    places = [When(**{str(given["state"]): key, "then": Value(place)}) for place, key in enumerate(states)]
    said: QuerySet[Any] = rows.annotate(
        of_kind=Value(kind, TextField()),
        key=Cast(F("pk"), UUIDField()),
        title=_text(title),
        short=_text(given.get("short")),
        spoken=_text(given.get("spoken")),
        standing_there=_text(given.get("state")),
        reach=_number(given.get("reach")),
        admins=_number(given.get("admins")),
        platform_key=_text(given.get("platform")),
        nature=_text(given.get("nature")),
        women=_flag(given.get("women")),
        machine=_flag(given.get("machine")),
        kind_place=Value(KINDS.index(kind), IntegerField()),
        state_place=Case(*places, default=Value(len(places)), output_field=IntegerField())
        if places
        else Value(99, IntegerField()),
        sorted_by=Cast(F("sorting"), CharField(max_length=200, db_collation="C")),
    )
    return said


def _text(given: Any) -> Any:
    if given is None:
        return Value("", TextField())
    return Cast(F(given) if isinstance(given, str) else given, TextField())


def _number(given: Any) -> Any:
    if given is None:
        return Value(UNCOUNTED, BigIntegerField())
    named = Cast(F(given) if isinstance(given, str) else given, BigIntegerField())
    return Coalesce(named, Value(UNCOUNTED, BigIntegerField()))


def _flag(given: Any) -> Any:
    return Value(False, BooleanField()) if given is None else Cast(F(given), BooleanField())


def spots(ids: Iterable[UUID]) -> dict[UUID, tuple[float, float]]:
    """Give where records lie on the map, of those that somebody has laid out; one query."""
    rows = Spot.objects.filter(record_id__among=list(ids)).values_list("record_id", "x", "y")
    return {pk: (x, y) for pk, x, y in rows}
