"""Choosing the part of the landscape that is shown: the top by reach, or the neighbourhood of some records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Count, F, QuerySet, TextField, UUIDField, Value, Window
from django.db.models.functions import Cast, RowNumber

from treffpunkt.network import rules
from treffpunkt.network.landscape.asking import ACTOR, COMMUNITY, KINDS, ORGANISATION, SPACE, Ask, Excerpt, Key
from treffpunkt.network.landscape.edges import Ids, among, leaders, steps
from treffpunkt.network.models import Actor, Role, Space

# Where not everybody fits in, this many people of each space come first: those with the widest reach.
_FIRST_OF_EACH = 6
# The roles of so many spaces are read at first.
_PIECE = 500
# A space seldom has more; whoever leads it beside so many others is found at their own page.
_MOST_OF_EACH = 60
# The share of the picture that organisations may take from spaces and people.
_ORGANISATIONS = 0.1
# What spaces are narrowed by and organisations do not know: with it only those count that people tie to a space.
_OF_SPACES = frozenset({"platform", "state", "only"})


def choose(ask: Ask) -> Excerpt:
    """Choose up to `ask.most` records and what ties them; four queries, six in a landscape of many small groups.

    The top costs one pass over the `ask.most` largest spaces and the roles in them, a neighbourhood its roles,
    however large everything else is.
    """
    chosen, cut = _top(ask) if ask.around is None else _neighbourhood(ask, ask.around)
    edges = among(ask, chosen)
    if ask.wants(COMMUNITY):
        known = set(chosen.get(COMMUNITY, ()))
        places = {pk for kind in KINDS for pk in chosen.get(kind, ())}
        new = dict.fromkeys(other for _one, other in edges if other not in places)
        chosen[COMMUNITY] = [*chosen.get(COMMUNITY, ()), *(pk for pk in new if pk not in known)]
    over = sum(len(ids) for ids in chosen.values()) - ask.most
    if over > 0:
        cut = True
        for kind in (ACTOR, SPACE, ORGANISATION):
            ids = chosen.get(kind, [])
            over, chosen[kind] = max(over - len(ids), 0), ids[: max(len(ids) - over, 0)]
    found = Excerpt({kind: chosen.get(kind, []) for kind in KINDS}, {}, cut)
    found.edges = {pair: what for pair, what in edges.items() if pair[0] in found.kinds and pair[1] in found.kinds}
    return found


def how_many(ask: Ask) -> int:
    """Count what the filters leave in all, for a top that was cut; one query, growing with all roles."""
    spaces = ask.spaces.order_by()
    parts: list[QuerySet[Any, Any]] = [_counted(spaces)]
    if ask.wants(ACTOR):
        if ask.filtered:
            held = leaders(ask, Role.objects.present().order_by().filter(space__in=spaces.values("pk")))
            parts.append(held.values(one=Value(1)).annotate(number=Count("actor", distinct=True)).values_list("number"))
        else:
            parts.append(_counted(_people(ask)))
    if ask.wants(ORGANISATION):
        parts.append(_counted(_organisations(ask)))
    if ask.wants(COMMUNITY):
        parts.append(_counted(_communities(ask)))
    return sum(number for (number,) in parts[0].union(*parts[1:], all=True)) if len(parts) > 1 else parts[0][0][0]


def _top(ask: Ask) -> tuple[Ids, bool]:
    """Take the largest spaces with who leads them, space by space, until the picture is full."""
    ordered = ask.spaces.order_by(F("members").desc(nulls_last=True), "-pk")
    spaces = list(ordered.values_list("pk", flat=True)[: ask.most + 1])
    others = _beside(ask)
    organisations = others[ORGANISATION][: int(ask.most * _ORGANISATIONS)]
    picture = _Picture(ask.most - len(organisations) - len(others[COMMUNITY]))
    if len(spaces) <= _PIECE:
        picture.put(spaces, _leading(ask, spaces, 1, _MOST_OF_EACH))
    else:
        # Where people crowd, the first few hundred fill it: the roles of the rest need not be read.
        for piece in (spaces[:_PIECE], spaces[_PIECE:]):
            if not picture.full:
                picture.put(piece, _leading(ask, piece, 1, _FIRST_OF_EACH))
        if not picture.full:
            later = _leading(ask, spaces, _FIRST_OF_EACH + 1, _MOST_OF_EACH)
            picture.waiting = [pk for people in later.values() for pk in people]
    picture.put_everybody()
    picture.add([pk for pk in others[ACTOR] if pk not in picture.people])
    cut = picture.full or len(others[ORGANISATION]) > len(organisations)
    return {
        COMMUNITY: others[COMMUNITY],
        SPACE: picture.spaces,
        ACTOR: list(picture.people),
        ORGANISATION: organisations,
    }, cut


class _Picture:
    """A picture with room for so many spaces and people; `full` once something did not fit in."""

    def __init__(self, room: int) -> None:
        self.room, self.full = room, False
        self.spaces: list[UUID] = []
        self.people: dict[UUID, None] = {}
        self.waiting: list[UUID] = []

    def put(self, spaces: list[UUID], leading: dict[UUID, list[UUID]]) -> None:
        """Put in space by space, each with the first few of its people; the others wait."""
        for space in spaces:
            fresh = [pk for pk in leading.get(space, ())[:_FIRST_OF_EACH] if pk not in self.people]
            if self.room < 1 + len(fresh):
                self.full = True
                return
            self.spaces.append(space)
            self.people |= dict.fromkeys(fresh)
            self.room -= 1 + len(fresh)
            self.waiting += leading.get(space, ())[_FIRST_OF_EACH:]

    def put_everybody(self) -> None:
        """Where all spaces found a place, put in the people who waited."""
        if not self.full:
            self.add([pk for pk in dict.fromkeys(self.waiting) if pk not in self.people])

    def add(self, people: list[UUID]) -> None:
        """Put in people while there is room."""
        self.people |= dict.fromkeys(people[: self.room])
        self.full = self.full or len(people) > self.room
        self.room = max(self.room - len(people), 0)


def _leading(ask: Ask, spaces: list[UUID], first: int, last: int) -> dict[UUID, list[UUID]]:
    """Give who leads each of these spaces, from the first to the last by reach; one query over the roles in them."""
    if not ask.wants(ACTOR):
        return {}
    place = Window(RowNumber(), partition_by=F("space"), order_by=[F("actor__potential_reach").desc(), F("actor")])
    held = leaders(ask, Role.objects.present().order_by().filter(space__among=spaces))
    rows = held.annotate(place=place).filter(place__gte=first, place__lte=last)
    found: dict[UUID, list[UUID]] = {}
    for space, actor, _place in rows.order_by("place").values_list("space_id", "actor_id", "place"):
        found.setdefault(space, []).append(actor)
    return found


def _beside(ask: Ask) -> dict[str, list[UUID]]:
    """Give what does not follow from spaces: organisations, and where no filter is on everybody; one query."""
    parts = []
    if ask.wants(ORGANISATION):
        rows = _organisations(ask).order_by("sorting", "pk")
        parts.append(_named(rows, ORGANISATION, int(ask.most * _ORGANISATIONS) + 1))
    if not ask.filtered and ask.wants(COMMUNITY):
        parts.append(_named(_communities(ask).order_by("sorting", "pk"), COMMUNITY, ask.most // 10))
    if not ask.filtered and ask.wants(ACTOR):
        parts.append(_named(_people(ask).order_by("-potential_reach", "-pk"), ACTOR, ask.most + 1))
    found: dict[str, list[UUID]] = {kind: [] for kind in KINDS}
    for kind, pk in parts[0].union(*parts[1:], all=True) if parts else ():
        found[kind].append(pk)
    return found


def _organisations(ask: Ask) -> QuerySet[Any]:
    """Give the organisations that fit the filters."""
    rows = rules.viewable_organisations(ask.by)
    if ask.filtered & _OF_SPACES:
        held = Role.objects.present().order_by()
        leading = leaders(ask, held.filter(space__in=ask.spaces.order_by().values("pk")))
        rows = rows.filter(pk__in=held.filter(actor__in=leading.values("actor")).values("organisation"))
    links: Any = rows.model.communities.through.objects.order_by()
    if ask.community:
        rows = rows.filter(pk__in=links.filter(community=ask.community).values("organisation"))
    if ask.language:
        rows = rows.filter(pk__in=links.filter(community__language=ask.language).values("organisation"))
    return rows.filter(place=ask.place) if ask.place else rows


def _people(ask: Ask) -> QuerySet[Actor]:
    rows = rules.viewable_actors(ask.by).filter(erased_at=None)
    return rows.filter(not_a_person=False) if "machines" in ask.without else rows


def _communities(ask: Ask) -> QuerySet[Any]:
    rows = rules.communities_of(ask.by)
    if ask.community:
        rows = rows.filter(pk=ask.community)
    if not ask.filtered:
        return rows
    links = Space.communities.through.objects.order_by().filter(space__in=ask.spaces.order_by().values("pk"))
    return rows.filter(pk__in=links.values("community"))


def _neighbourhood(ask: Ask, around: Iterable[Key]) -> tuple[Ids, bool]:
    """Walk so many steps from the records asked for; one query a step."""
    reached: dict[Key, None] = dict.fromkeys(around)
    since: Iterable[Key] = around
    for _step in range(ask.depth):
        found = steps(ask, _by_kind(since))
        since = [key for key in found if key not in reached]
        reached |= dict.fromkeys(since)
    kept = list(reached)[: ask.most]
    return _by_kind(kept), len(reached) > len(kept)


def _by_kind(keys: Iterable[Key]) -> Ids:
    found: Ids = {}
    for kind, pk in keys:
        found.setdefault(kind, []).append(pk)
    return found


def _named(rows: QuerySet[Any], kind: str, most: int) -> QuerySet[Any, Any]:
    named: QuerySet[Any, Any] = rows.annotate(
        named=Value(kind, TextField()), key=Cast(F("pk"), UUIDField())
    ).values_list("named", "key")[:most]
    return named


def _counted(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Count rows as a part of a union."""
    counted: QuerySet[Any, Any] = (
        rows.order_by().values(one=Value(1)).annotate(number=Cast(Count("pk"), BigIntegerField())).values_list("number")
    )
    return counted
