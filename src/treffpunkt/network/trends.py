"""Whether a series of weeks rises or falls, said only where chance would hardly do so by itself.

The last four weeks are compared with those before them: were nothing different, each post would fall among the last
four with the chance of their share of all weeks (the exact conditional test of two Poisson counts). Posts come in
bursts, so counts are first divided by how much more the weeks differ than chance alone would have it. Over all series
that are shown together the level is corrected (Holm): how often one of them is called rising or falling though nothing
has changed is measured in `bench/network_trends.py`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log
from typing import TypeVar

RECENT = 4
LEAST, MOST = 8, 26
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
    spread = _spread(before, recent)
    share = RECENT / (RECENT + len(before))
    some, every = round(sum(recent) / spread), round((sum(recent) + sum(before)) / spread)
    mean = sum(before) / len(before)
    direction = "rising" if sum(recent) / RECENT > mean else "falling"
    return Trend(direction, sum(recent), mean, len(before), binomial(some, every, share))


def _spread(before: Sequence[int], recent: Sequence[int]) -> float:
    """Say how many times more the weeks of each part differ than those of a Poisson count would."""
    uneven, freedom = 0.0, 0
    for part in (before, recent):
        mean = sum(part) / len(part)
        if mean:
            uneven += sum((one - mean) ** 2 for one in part) / mean
            freedom += len(part) - 1
    return max(1.0, uneven / freedom) if freedom else 1.0


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
