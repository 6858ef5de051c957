"""Whom to talk to next."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.network import a_community, a_contact, a_coordinator, a_counsellor, a_space, an_actor
from treffpunkt.network import queries
from treffpunkt.network.models import Pick
from treffpunkt.network.services.actors import change_actor, erase_actor, set_standing
from treffpunkt.network.services.plan import Candidate, greedy, renew_plan
from treffpunkt.network.services.roles import add_role
from treffpunkt.network.services.spaces import move_space


def candidates(people, sizes):
    """Give people with their spaces, the largest sum first, as the database does."""
    found = [Candidate(person, tuple((space, sizes[space]) for space in spaces)) for person, spaces in people.items()]
    return sorted(found, key=lambda one: (-sum(size for _space, size in one.spaces), -len(one.spaces)))


def test_the_plan_reaches_as_many_as_measured(data):
    folder = data / "group-admins-reddit"
    members, moderates = (min(folder.glob(f"{name}_*.csv.gz")) for name in ("subreddits", "moderates"))
    with gzip.open(members, "rt") as lines:
        sizes = {row["name"]: int(float(row["n_members"] or 0)) for row in csv.DictReader(lines)}
    people = defaultdict(set)
    with gzip.open(moderates, "rt") as lines:
        for row in csv.DictReader(lines):
            people[row["moderator_id"]].add(row["subreddit"])
    chosen = greedy(candidates(people, sizes), 50)

    total = sum(sizes.values())
    shares = [round(chosen[k - 1].so_far / total, 3) for k in (5, 10, 20, 50)]
    assert all(share >= wanted for share, wanted in zip(shares, (0.234, 0.344, 0.439, 0.532), strict=True)), shares


def test_reading_stops_when_nobody_unread_can_win():
    people = {f"person{number}": {f"space{number}"} for number in range(1000)}
    sizes = {f"space{number}": 1000 - number for number in range(1000)}
    read = []

    def reading():
        for one in candidates(people, sizes):
            read.append(one)
            yield one

    assert [one.actor for one in greedy(reading(), 5)] == [f"person{number}" for number in range(5)]
    assert len(read) < 20


@given(
    st.dictionaries(st.integers(0, 6), st.sets(st.integers(0, 5), min_size=1), min_size=1),
    st.lists(st.integers(0, 100), min_size=6, max_size=6),
)
def test_the_plan_is_near_the_best_there_is(people, sizes):
    chosen = greedy(candidates(people, sizes), 3)

    best = max(
        sum(sizes[space] for space in set().union(*(people[person] for person in some)))
        for number in range(1, 4)
        for some in combinations(people, min(number, len(people)))
    )
    covered = [space for one in chosen for space in one.spaces]
    assert len(covered) == len(set(covered))
    assert sum(sizes[space] for space in covered) == chosen[-1].so_far >= (1 - 1 / 2.718) * best


@pytest.fixture
def arabic(db):
    return a_community("ar")


@pytest.fixture
def french(db):
    return a_community("fr")


def plan(by, **asked):
    renew_plan()
    return queries.plan(by, **asked)


def test_who_reaches_most_comes_first_and_overlap_does_not_count(arabic):
    large, middle, small = (a_space(arabic, members=size) for size in (1000, 900, 300))
    both, overlapping, other = an_actor(large, middle), an_actor(middle), an_actor(small)
    picks = plan(a_coordinator())

    assert [(one.actor, one.reach_added, one.spaces_open) for one in picks] == [(both, 1900, 2), (other, 300, 1)]
    assert picks[0].spaces == [large, middle]
    assert overlapping not in [one.actor for one in picks]


def test_groups_that_nobody_counted_still_count_as_groups(arabic):
    many, one = an_actor(a_space(arabic), a_space(arabic)), an_actor(a_space(arabic))

    assert [(pick.actor, pick.reach_added) for pick in plan(a_coordinator())] == [(many, 0), (one, 0)]


def test_machines_and_who_was_asked_or_erased_are_left_out(arabic):
    coordinator = a_coordinator()
    people = [an_actor(a_space(arabic, members=size)) for size in (900, 800, 700, 600, 500)]
    change_actor(by=coordinator, actor=people[0], not_a_person=True)
    set_standing(by=coordinator, actor=people[1], standing="declined")
    set_standing(by=coordinator, actor=people[2], standing="asked")
    erase_actor(by=coordinator, actor=people[3])

    assert [pick.actor for pick in plan(coordinator)] == [people[4]]


def test_groups_to_which_somebody_already_has_the_key_are_not_open(arabic):
    coordinator = a_coordinator()
    ours, theirs, gone, open_one = (a_space(arabic, members=size) for size in (900, 800, 700, 100))
    move_space(by=coordinator, space=ours, state="joined")
    move_space(by=coordinator, space=gone, state="lost", reason="gelöscht")
    set_standing(by=coordinator, actor=an_actor(theirs), standing="won")
    candidate = an_actor(ours, theirs, gone, open_one)

    assert [(pick.actor, pick.reach_added) for pick in plan(coordinator)] == [(candidate, 100)]


def test_an_answer_takes_somebody_off_the_page_before_the_plan_is_renewed(arabic):
    counsellor = a_counsellor(arabic)
    first, second = an_actor(a_space(arabic, members=900)), an_actor(a_space(arabic, members=800))
    assert [pick.actor for pick in plan(counsellor)] == [first, second]

    a_contact(counsellor, actor=first, outcome="later")
    picks = queries.plan(counsellor)
    assert [pick.actor for pick in picks] == [second]


def test_a_counsellor_reads_the_plan_of_her_communities(arabic, french):
    counsellor = a_counsellor(french)
    shared = a_space(arabic, french, members=500)
    bridging = an_actor(shared, a_space(arabic, members=100))
    elsewhere = an_actor(a_space(arabic, members=5000))

    assert [(one.actor, one.reach_added) for one in plan(counsellor)] == [(bridging, 500)]
    assert queries.plan(counsellor)[0].spaces == [shared]
    assert queries.plan(counsellor, community=arabic) == []
    assert [one.actor for one in queries.plan(a_coordinator(), community=arabic)] == [elsewhere, bridging]
    assert {one.pk for one in queries.plan(counsellor)[0].communities} == {arabic.pk, french.pk}


def test_the_reasons_tell_who_of_us_knows_somebody(arabic):
    counsellor = a_counsellor(arabic)
    actor = an_actor(by=counsellor)
    add_role(by=a_coordinator(), actor=actor, space=a_space(arabic, members=10))

    pick = plan(counsellor)[0]
    assert (pick.owner, pick.last_contact_at) == (counsellor, None)


def test_the_plan_is_replaced_as_a_whole(arabic, django_assert_max_num_queries):
    for size in range(30):
        an_actor(a_space(arabic, members=size))
    coordinator = a_coordinator()
    plan(coordinator)
    renew_plan()

    assert Pick.objects.filter(community=None).count() == 20
    with django_assert_max_num_queries(3):
        assert len(queries.plan(coordinator, most=5)) == 5
