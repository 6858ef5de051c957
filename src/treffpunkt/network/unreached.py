"""The members nobody reaches yet, and the people through whom one would."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Func, OuterRef, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce

from treffpunkt.network.coverage import Candidate, Chosen, greedy
from treffpunkt.network.models import Actor, Role, Space
from treffpunkt.network.models.roles import at_present

# What somebody is in a space decides whether they can open it.
KEYS = (Role.Kind.ADMINISTRATOR, Role.Kind.MODERATOR)
# Where we have access already, or where nothing is to be reached any more.
SHUT = (
    Space.State.JOINED,
    Space.State.COOPERATING,
    Space.State.DORMANT,
    Space.State.LOST,
)
# By their sums, as many at a time as a plan of so many talks mostly needs.
_SUMS_A_TALK, _LEAST_SUMS, _MOST_SUMS = 60, 500, 8000
# People are read by their reach, so many at first and then twice as many each time ...
_FIRST = 250
# ... unless those of most reach reach less than this share of it where we ask, or so many were read in vain.
_SHARE = 0.25
_PATIENCE = 20_000


class _ReadInVain(Exception):
    """Everybody's reach as a whole says too little about what they reach where we ask."""


def next_people(spaces: QuerySet[Space], most: int, chance: float = 1) -> list[Chosen]:
    """Choose the people through whom most members of these spaces are reached that nobody reaches yet."""
    open_ = open_spaces(spaces)
    by_reach = _by_reach(open_)
    first = list(islice(by_reach, _FIRST))
    if _tell_little(first):
        return greedy(_by_sum(open_, most), most, chance)
    try:
        return greedy(_led(chain(first, by_reach)), most, chance)
    except _ReadInVain:
        return greedy(_by_sum(open_, most), most, chance)


def open_spaces(spaces: QuerySet[Space]) -> QuerySet[Space]:
    """Keep the spaces to which neither we nor anybody who works with us has a key."""
    won = Role.objects.present().filter(role__in=KEYS, actor__standing=Actor.Standing.WON, space__isnull=False)
    # Not an anti-join: right after an import PostgreSQL does not know yet that hardly anybody works with us.
    return spaces.exclude(state__in=SHUT).exclude(pk__in=won.order_by().values("space")).order_by()


def may_be_asked() -> QuerySet[Actor]:
    """Leave out machines, whoever was asked, works with us or said no, and whoever was erased."""
    return Actor.objects.filter(standing=Actor.Standing.UNKNOWN, not_a_person=False, erased_at=None).order_by()


def _tell_little(first: list[Candidate]) -> bool:
    reach = sum(one.most or 0 for one in first)
    return len(first) == _FIRST and sum(size for one in first for _space, size in one.spaces) < _SHARE * reach


def _led(people: Iterator[Candidate]) -> Iterator[Candidate]:
    return (one for one in people if one.spaces)


def _by_reach(open_: QuerySet[Space]) -> Iterator[Candidate]:
    """Read the people who may be asked by the reach stored with them, which what they could add never exceeds."""
    held = Role.objects.present().filter(actor=OuterRef("pk"), role__in=KEYS, space__in=open_).order_by()
    # One array of texts: two subqueries would cost twice as much.
    pair = Func(
        Value(":"), F("space_id"), Coalesce("space__members", 0), function="concat_ws", output_field=TextField()
    )
    people = may_be_asked().annotate(held=ArraySubquery(held.values(pair=pair))).order_by("-potential_reach", "-pk")
    after: tuple[int, UUID] | None = None
    number, read = _FIRST, 0
    while True:
        rows = people
        if after is not None:
            rows = rows.filter(potential_reach__lte=after[0]).exclude(potential_reach=after[0], pk__gte=after[1])
        piece = list(rows.values_list("pk", "potential_reach", "held")[:number])
        for pk, reach, pairs in piece:
            # Administrator and moderator of one space is still one space.
            yield Candidate(pk, tuple(dict(map(_split, pairs or ())).items()), most=reach)
        if len(piece) < number:
            return
        after = piece[-1][1], piece[-1][0]
        read, number = read + number, number * 2
        if read > _PATIENCE:
            raise _ReadInVain


def _by_sum(open_: QuerySet[Space], most: int) -> Iterator[Candidate]:
    """Read the people who may be asked, the largest sum of open members first, each with her spaces.

    From the spaces to the people: where few spaces are asked about, hardly any other role is looked at. Whom one may
    not ask is left out among the foremost only: to look at everybody would take as long as to sum up.
    """
    members = Coalesce("members", 0)
    # Administrator and moderator of one space counts twice in the sum, which is an upper bound as well.
    summed = (
        open_.filter(at_present("roles__"), roles__role__in=KEYS)
        .values("roles__actor")
        .annotate(total=Sum(members), number=Count("pk"), spaces=ArrayAgg(Cast("pk", TextField())))
        .annotate(sizes=ArrayAgg(members))
        .order_by("-total", "-number", "roles__actor")
        .values_list("roles__actor", "total", "spaces", "sizes")
    )
    number = min(max(_LEAST_SUMS, _SUMS_A_TALK * most), _MOST_SUMS)
    # A cursor: all are summed up once, however many of them are read.
    rows = summed.iterator(chunk_size=number)
    while foremost := list(islice(rows, number)):
        asked = set(may_be_asked().filter(pk__among=[row[0] for row in foremost]).values_list("pk", flat=True))
        for actor, total, spaces, sizes in foremost:
            if actor in asked:
                yield Candidate(actor, tuple(dict(zip(spaces, sizes, strict=True)).items()), most=total or None)


def _split(pair: str) -> tuple[str, int]:
    space, _colon, members = pair.partition(":")
    return space, int(members)
