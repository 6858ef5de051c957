"""Figures over time: how fast two dates are compared, how often chance is taken for a trend."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.figures import Figure

SPACES, COUNTS, WEEKLY, WEEKS = 25_000, 8, 500, 104
SERIES, ROUNDS = 20, 1000
SECONDS, CHART_SECONDS, SILENCE_SECONDS, FALSE = 0.6, 0.5, 0.3, 0.05


def measure(data: Path) -> Iterator[Figure]:
    """Make the figures of a large network, ask them, and let trends judge series in which nothing changes."""
    from bench.database import fresh

    yield from _trends()
    with fresh():
        from treffpunkt.core.clock import today
        from treffpunkt.network import over_time
        from treffpunkt.network.comparing import compared, totals
        from treffpunkt.network.models import Space

        _fill()
        first, last = today() - timedelta(days=365), today()
        listed = compared(Space.objects.all(), first, last)
        yield _timed("time.compare.page_seconds", SECONDS, lambda: list(listed.order_by("-difference", "-pk")[:51]))
        yield _timed("time.compare.sum_seconds", SECONDS, lambda: totals(listed))
        every = Space.objects.all()
        yield _timed("time.members.sum_seconds", CHART_SECONDS, lambda: over_time.members_of(every, first))
        yield _timed("time.posts.sum_seconds", CHART_SECONDS, lambda: over_time.posts_of(every, first))
        yield _timed("time.silence.seconds", SILENCE_SECONDS, lambda: over_time.silence(every))


def _timed(name: str, bound: float, ask: Callable[[], Any]) -> Figure:
    ask()
    times = []
    for _turn in range(5):
        began = time.perf_counter()
        ask()
        times.append(time.perf_counter() - began)
    return Figure(name, sorted(times)[2], "s", bound)


def _fill() -> None:
    from django.db import connection

    from treffpunkt.core import bulk
    from treffpunkt.core.agent import SYSTEM
    from treffpunkt.core.clock import today
    from treffpunkt.network.models import Snapshot
    from treffpunkt.network.over_time import WEEK, monday
    from treffpunkt.network.services.bulk import create_spaces

    chance = random.Random(20_260_302)
    rows = ({"name": f"Gruppe {number}", "platform": "facebook"} for number in range(SPACES))
    spaces = create_spaces(by=SYSTEM, rows=rows)
    bulk.insert(
        Snapshot,
        (
            {"space_id": one.pk, "day": today() - timedelta(days=90 * back + chance.randrange(60)), "source": "entered",
             "members": chance.randrange(100, 100_000)}
            for one in spaces for back in range(COUNTS)
        ),
    )  # fmt: skip
    last = monday(today()) - WEEK
    bulk.insert(
        Snapshot,
        (
            {"space_id": one.pk, "day": last - WEEK * back, "source": "feed",
             "posts": 0 if number % 10 == 0 and back < 12 else chance.randrange(20)}
            for number, one in enumerate(spaces[:WEEKLY]) for back in range(WEEKS)
        ),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE network_snapshot")
        cursor.execute("ANALYZE network_space")


def _trends() -> Iterator[Figure]:
    """Say how often, of twenty series shown together that do not change, any is called rising or falling."""
    chance = random.Random(20_260_301)
    for name, draw in (("poisson", _poisson), ("bursts", _bursts)):
        for mean in (1, 5, 30):
            yield Figure(f"time.trend.false_alarms.{name}_{mean}", _alarms(draw, mean, chance), "", FALSE)
    yield Figure("time.trend.doubled_found", _found(_poisson, 10, 2.0, chance), "", 0.9, least=True)
    yield Figure("time.trend.halved_found", _found(_poisson, 10, 0.5, chance), "", 0.5, least=True)


def _alarms(draw: Callable[..., int], mean: float, chance: random.Random) -> float:
    from treffpunkt.network.trends import trends

    wrong = 0
    for _turn in range(ROUNDS):
        series = {number: [draw(mean, chance) for _week in range(16)] for number in range(SERIES)}
        wrong += any(one.direction in ("rising", "falling") for one in trends(series).values())
    return wrong / ROUNDS


def _found(draw: Callable[..., int], mean: float, times: float, chance: random.Random) -> float:
    """Say how often a series shown alone is called what it is, once its mean has changed."""
    from treffpunkt.network.trends import trend

    right = 0
    for _turn in range(ROUNDS):
        weeks = [draw(mean, chance) for _week in range(16)] + [draw(mean * times, chance) for _week in range(4)]
        right += trend(weeks).direction == ("rising" if times > 1 else "falling")
    return right / ROUNDS


def _poisson(mean: float, chance: random.Random) -> int:
    if mean > 50:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    left, number, term = chance.random(), 0, math.exp(-mean)
    while left > term and number < 1000:
        left -= term
        number += 1
        term *= mean / number
    return number


def _bursts(mean: float, chance: random.Random) -> int:
    """Draw a number from weeks that are loud and quiet by themselves: three times as uneven as chance at a mean of 5."""
    return _poisson(chance.gammavariate(2.5, mean / 2.5), chance)
