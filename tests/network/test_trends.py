"""Rising and falling are only said where chance would hardly do so by itself."""

from __future__ import annotations

import random
from math import comb

import pytest

from treffpunkt.network.trends import binomial, trend, trends


def poisson(mean, chance):
    """Draw a number of posts; enough for small means."""
    left, number = chance.random(), 0
    from math import exp

    term = exp(-mean)
    while left > term and number < 1000:
        left -= term
        number += 1
        term *= mean / number
    return number


@pytest.mark.parametrize(("some", "every", "share"), [(0, 10, 0.25), (7, 10, 0.25), (3, 12, 0.25), (12, 12, 0.4)])
def test_the_chance_is_exact(some, every, share):
    chances = [comb(every, at) * share**at * (1 - share) ** (every - at) for at in range(every + 1)]
    upper, lower = sum(chances[some:]), sum(chances[: some + 1])

    expected = 1.0 if some == every * share else min(1.0, 2 * min(upper, lower))
    assert binomial(some, every, share) == pytest.approx(expected)


def test_a_group_that_falls_silent_is_falling():
    found = trend([12, 9, 11, 10, 8, 12, 11, 10, 9, 10, 0, 1, 0, 0])

    assert (found.direction, found.recent) == ("falling", 1)
    assert found.before == pytest.approx(10.2)


def test_a_group_that_wakes_up_is_rising():
    assert trend([2, 1, 3, 0, 2, 2, 1, 2, 9, 8, 11, 10]).direction == "rising"


def test_a_few_posts_more_are_nothing_yet():
    assert trend([2, 1, 3, 0, 2, 2, 1, 2, 3, 2, 3, 2]).direction == "steady"


def test_one_loud_week_is_nothing_yet():
    assert trend([0, 0, 40, 0, 0, 35, 0, 0, 0, 0, 0, 38]).direction == "steady"


@pytest.mark.parametrize("weeks", [[], [3, 4, 5, 6], [1] * 11])
def test_of_a_few_weeks_nothing_is_said(weeks):
    assert trend(weeks).direction == ""


def test_silence_throughout_is_steady():
    assert trend([0] * 20).direction == "steady"


def test_among_many_series_chance_is_given_less_room():
    weak = [5, 6, 4, 5, 5, 6, 4, 5, 9, 8, 8, 9]
    alone = trend(weak)
    crowd = trends({"weak": weak, **{number: [5, 6, 4, 5] * 3 for number in range(40)}})

    assert alone.direction == "rising"
    assert crowd["weak"].direction == "steady"


def test_series_without_a_change_are_seldom_called_one():
    chance = random.Random(20_260_301)
    wrong = 0
    for _round in range(200):
        found = trends({number: [poisson(6, chance) for _week in range(16)] for number in range(12)})
        wrong += any(one.direction in ("rising", "falling") for one in found.values())

    assert wrong / 200 <= 0.05
