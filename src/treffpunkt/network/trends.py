"""Whether a series of weeks rises or falls, said only where chance would hardly do so by itself.

The last four weeks are compared with those before them in two ways, and both must agree. Were nothing different, each
post would fall among the last four with the chance of their share of all weeks: the exact conditional test of two
Poisson counts. But posts come in bursts, and then that test cries wolf; so it is counted as well in how many of all
ways to choose four of these weeks they would have as many posts. Over all series that are shown together the level is
corrected (Holm). How often one of them is called rising or falling though nothing has changed: `bench/over_time.py`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, lgamma, log
from typing import TypeVar

RECENT = 4
LEAST, MOST = 8, 16
LEVEL = 0.05

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Trend:
    """What four weeks are to those before: "rising", "falling", "steady", or "" where too little is known."""

    direction: str = ""
    recent: int = 0
    before: float = 0.0
    weeks: int = 0
    chance: float = 1.0


def trends(series: Mapping[Key, Sequence[int]]) -> dict[Key, Trend]:
    """Judge series of consecutive weeks, the last one last, that are shown together."""
    judged = {key: _judge(weeks) for key, weeks in series.items()}
    tested = sorted((one.chance, place) for place, one in enumerate(judged.values()) if one.weeks)
    clear: set[int] = set()
    for rank, (chance, place) in enumerate(tested):
        if chance * (len(tested) - rank) > LEVEL:
            break
        clear.add(place)
    return {
        key: one if place in clear or not one.weeks else Trend("steady", one.recent, one.before, one.weeks, one.chance)
        for place, (key, one) in enumerate(judged.items())
    }


def trend(weeks: Sequence[int]) -> Trend:
    """Judge one series that is shown alone."""
    return trends({"": weeks})[""]


def _judge(weeks: Sequence[int]) -> Trend:
    before, recent = list(weeks[:-RECENT][-MOST:]), list(weeks[-RECENT:])
    if len(recent) < RECENT or len(before) < LEAST:
        return Trend()
    some, rest = sum(recent), sum(before)
    mean = rest / len(before)
    chance = binomial(some, some + rest, RECENT / (RECENT + len(before)))
    if chance <= LEVEL:
        chance = max(chance, choosing(some, [*before, *recent]))
    return Trend("rising" if some / RECENT > mean else "falling", some, mean, len(before), chance)


def choosing(some: int, weeks: Sequence[int]) -> float:
    """Give the share of all ways to choose four weeks that have `some` posts, or are as far out, to both sides."""
    sums = [sum(chosen) for chosen in combinations(weeks, RECENT)]
    tail = min(sum(one >= some for one in sums), sum(one <= some for one in sums))
    return min(1.0, 2 * tail / len(sums))


def binomial(some: int, every: int, share: float) -> float:
    """Give the exact chance of `some` of `every` or of anything as far out, to both sides."""
    if not every:
        return 1.0
    middle = every * share
    if some > middle:
        tail = _tail(some, every, share, 1)
    elif some < middle:
        tail = _tail(some, every, share, -1)
    else:
        return 1.0
    return min(1.0, 2 * tail)


def _tail(some: int, every: int, share: float, step: int) -> float:
    """Sum the chances from `some` outwards; each term is smaller than the one before."""
    term = exp(
        lgamma(every + 1) - lgamma(some + 1) - lgamma(every - some + 1)
        + some * log(share) + (every - some) * log(1 - share)
    )  # fmt: skip
    total, odds, at = 0.0, share / (1 - share), some
    while term > total * 1e-15 and term > 0:
        total += term
        if step > 0:
            if at == every:
                break
            term *= (every - at) / (at + 1) * odds
        else:
            if at == 0:
                break
            term *= at / (every - at + 1) / odds
        at += step
    return total
