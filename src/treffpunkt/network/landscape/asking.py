"""What the map is asked for, and the part of the landscape that answers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from treffpunkt.core.agent import Agent
from treffpunkt.network.models import Space

COMMUNITY, SPACE, ACTOR, ORGANISATION = (
    "network.community",
    "network.space",
    "network.actor",
    "network.organisation",
)
KINDS = (COMMUNITY, SPACE, ACTOR, ORGANISATION)
# How many records a picture holds before it says nothing any more.
MOST = 2000

Key = tuple[str, UUID]


@dataclass(frozen=True)
class Ask:
    """Who asks, and for which part."""

    by: Agent
    # The spaces the filters leave, of those one sees.
    spaces: QuerySet[Space]
    # Which filters are on: organisations know a community, its language and a place only.
    filtered: frozenset[str] = frozenset()
    community: UUID | None = None
    language: str = ""
    place: Any = None
    # The neighbourhood of these records, so many steps wide; where nothing is named, the top by reach.
    around: tuple[Key, ...] | None = None
    depth: int = 1
    # Kinds that are left out, and "machines": accounts that are not a person.
    without: frozenset[str] = frozenset()
    most: int = MOST

    def wants(self, kind: str) -> bool:
        """Say whether records of a kind are shown."""
        return kind not in self.without


@dataclass
class Excerpt:
    """The part that is shown: records by kind, the weightiest first, and what ties them to each other."""

    ids: dict[str, list[UUID]]
    # Pairs of records, each once, with what the one is in the other ("" where it only belongs there).
    edges: dict[tuple[UUID, UUID], str]
    # Whether something that was asked for did not fit in.
    cut: bool = False
    kinds: dict[UUID, str] = field(init=False)

    def __post_init__(self) -> None:
        self.kinds = {pk: kind for kind, ids in self.ids.items() for pk in ids}

    def __len__(self) -> int:
        return len(self.kinds)

    def beside(self, some: Iterable[UUID]) -> dict[UUID, list[UUID]]:
        """Give the neighbours of some records, the weightiest first."""
        found: dict[UUID, list[UUID]] = {pk: [] for pk in some}
        for one, other in self.edges:
            if one in found:
                found[one].append(other)
            if other in found:
                found[other].append(one)
        place = {pk: number for number, pk in enumerate(self.kinds)}
        return {pk: sorted(neighbours, key=place.__getitem__) for pk, neighbours in found.items()}
