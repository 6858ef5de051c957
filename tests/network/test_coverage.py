"""Choosing the few people through whom most members are reached, on made-up landscapes of any shape."""

from __future__ import annotations

from itertools import combinations
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treffpunkt.network.coverage import Candidate, greedy

PEOPLE = st.dictionaries(st.integers(0, 7), st.sets(st.integers(0, 6), min_size=1), min_size=1)
SIZES = st.lists(st.integers(0, 100), min_size=7, max_size=7)
# How long a busy machine takes is no fault.
unhurried = settings(deadline=None)
CHANCES = st.sampled_from([0.3, 0.5, 0.7, 1])


def read(people, sizes):
    """Give people with their spaces, the largest sum first, as the database does."""
    found = [Candidate(person, tuple((space, sizes[space]) for space in spaces)) for person, spaces in people.items()]
    return sorted(found, key=lambda one: (-sum(size for _space, size in one.spaces), -len(one.spaces)))


def expected(people, sizes, chosen, chance):
    """Tell what to expect of asking some people who say yes with a chance, each by themselves."""
    asked = [people[one] for one in chosen]
    return sum(size * (1 - prod(1 - chance for spaces in asked if space in spaces)) for space, size in enumerate(sizes))


@unhurried
@given(PEOPLE, SIZES)
def test_nobody_and_no_space_counts_twice(people, sizes):
    chosen = greedy(read(people, sizes), 5)

    assert len({one.actor for one in chosen}) == len(chosen)
    opened = [space for one in chosen for space in one.spaces]
    assert len(opened) == len(set(opened))
    assert [one.added for one in chosen] == [sum(sizes[space] for space in one.spaces) for one in chosen]
    assert all(one.spaces for one in chosen)


@unhurried
@given(PEOPLE, SIZES, CHANCES)
def test_the_figures_are_what_to_expect(people, sizes, chance):
    chosen = greedy(read(people, sizes), 4, chance)

    for number, one in enumerate(chosen, start=1):
        asked = [other.actor for other in chosen[:number]]
        assert one.so_far == pytest.approx(expected(people, sizes, asked, chance), abs=0.51)
        assert one.at_most == expected(people, sizes, asked, 1)
        assert set(one.held) == people[one.actor]


@unhurried
@given(PEOPLE, SIZES, CHANCES)
def test_the_plan_is_near_the_best_there_is(people, sizes, chance):
    chosen = greedy(read(people, sizes), 3, chance)

    best = max(
        expected(people, sizes, some, chance)
        for number in range(1, 4)
        for some in combinations(people, min(number, len(people)))
    )
    assert expected(people, sizes, [one.actor for one in chosen], chance) >= (1 - 1 / 2.718) * best - 1e-6


@unhurried
@given(PEOPLE, SIZES, CHANCES, st.randoms())
def test_in_which_order_people_are_read_changes_nothing(people, sizes, chance, random):
    """As long as each tells how many members they and those after them add at most."""
    mixed = read(people, sizes)
    random.shuffle(mixed)
    least = [max(sum(size for _space, size in one.spaces) for one in mixed[place:]) for place in range(len(mixed))]
    told = [Candidate(one.actor, one.spaces, most=most) for one, most in zip(mixed, least, strict=True)]

    assert greedy(told, 4, chance) == greedy(read(people, sizes), 4, chance)


def test_reading_stops_when_nobody_unread_can_win():
    people = {f"person{number:04}": {number} for number in range(1000)}
    sizes = [1000 - number for number in range(1000)]
    asked = []

    def reading():
        for one in read(people, sizes):
            asked.append(one)
            yield one

    assert [one.actor for one in greedy(reading(), 5)] == [f"person{number:04}" for number in range(5)]
    assert len(asked) < 20


def test_where_a_yes_has_a_chance_only_a_second_person_may_be_worth_more_than_a_new_group():
    people = {"first": {0}, "second": {0}, "other": {1}}
    sizes = [1000, 400]

    assert [one.actor for one in greedy(read(people, sizes), 2)] == ["first", "other"]
    assert [one.actor for one in greedy(read(people, sizes), 2, 0.5)] == ["first", "second"]
