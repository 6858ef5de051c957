"""The plan of whom to talk to next as its pages show it: who, why, and how far one gets with how many talks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from treffpunkt.core.agent import Agent
from treffpunkt.network import rules
from treffpunkt.network.coverage import Chosen
from treffpunkt.network.models import Actor, Space
from treffpunkt.network.unreached import next_people, open_spaces

Actors = QuerySet[Actor]
Narrow = Callable[[QuerySet[Space]], QuerySet[Space]]
# The ids of spaces that each person opens, by the person's.
Opened = Mapping[UUID, tuple[str, ...]]
MOST = 200
NAMED = 3


@dataclass(frozen=True)
class Step:
    """One talk of the plan: with whom, the members and spaces it adds to those before, and all so far.

    `at_most` is so far what everybody's yes would give; without a chance it is `reach_so_far`.
    """

    actor: Actor
    reach_added: int
    reach_so_far: int
    at_most: int
    spaces_open: int
    # The largest of the spaces it adds; with a chance, of all that they could open.
    spaces: list[Space]
    # The communities among which these spaces are, where there are several.
    communities: list[UUID]


@dataclass(frozen=True)
class Plan:
    """The talks in their order, and how many members and spaces there are that nobody reaches yet."""

    steps: list[Step]
    members: int
    spaces: int

    @property
    def reach(self) -> int:
        """Give the members reached once all talks are held."""
        return self.steps[-1].reach_so_far if self.steps else 0


def plan_of(
    by: Agent, narrow: Narrow, most: int, chance: float = 1, *, along: Callable[[Actors], Actors] = lambda rows: rows
) -> Plan:
    """Plan up to `most` talks that open most of the members in the spaces `by` sees, narrowed to some; as of now.

    With a `chance` of a yes the figures are what to expect; `along` says what is to be read of the people besides.
    """
    spaces = narrow(rules.viewable_spaces(by))
    chosen = next_people(spaces, min(most, MOST), chance)
    whole = open_spaces(spaces).aggregate(number=Count("pk"), members=Coalesce(Sum("members"), 0))
    people = {one.pk: one for one in along(_people(by, chosen))}
    # Where somebody before may say no, a space is named with each who could open it.
    opened = {one.actor: one.spaces if chance == 1 else one.held for one in chosen}
    named = _named(opened)
    communities = _communities(by, opened)
    steps = [
        Step(
            actor=people[one.actor],
            reach_added=one.added,
            reach_so_far=one.so_far,
            at_most=one.at_most,
            spaces_open=len(opened[one.actor]),
            spaces=[named[space] for space in opened[one.actor][:NAMED]],
            communities=communities.get(one.actor, []),
        )
        for one in chosen
        if one.actor in people
    ]
    return Plan(steps, whole["members"], whole["number"])


def _people(by: Agent, chosen: list[Chosen]) -> Actors:
    return rules.viewable_actors(by).filter(pk__in=[one.actor for one in chosen]).select_related("owner")


def _named(opened: Opened) -> dict[str, Space]:
    ids = {space for spaces in opened.values() for space in spaces[:NAMED]}
    found = Space.objects.filter(pk__in=ids).only("name", "short_name", "name_language", "language_id", "members")
    return {str(space.pk): space for space in found}


def _communities(by: Agent, opened: Opened) -> dict[UUID, list[UUID]]:
    """Tell between which communities a person's spaces make a bridge, as far as `by` works with these."""
    links = Space.communities.through.objects.filter(
        space__in={space for spaces in opened.values() for space in spaces},
        community__in=rules.communities_of(by).order_by().values("pk"),
    )
    of: dict[str, set[UUID]] = {}
    for space, community in links.values_list("space", "community"):
        of.setdefault(str(space), set()).add(community)
    found = {actor: set().union(*(of.get(space, set()) for space in spaces)) for actor, spaces in opened.items()}
    return {actor: sorted(several) for actor, several in found.items() if len(several) > 1}
