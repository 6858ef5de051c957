"""Whom to talk to next."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.network import (
    a_community,
    a_contact,
    a_coordinator,
    a_counsellor,
    a_platform,
    a_space,
    an_actor,
)
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import today
from treffpunkt.network import queries, unreached
from treffpunkt.network.coverage import Candidate, greedy
from treffpunkt.network.models import Actor, Pick, Role, Space
from treffpunkt.network.services import bulk
from treffpunkt.network.services.actors import change_actor, erase_actor, set_standing
from treffpunkt.network.services.asking import note_asked
from treffpunkt.network.services.counts import recount_actors
from treffpunkt.network.services.plan import renew_plan
from treffpunkt.network.services.roles import add_role, end_role, recount_ended
from treffpunkt.network.services.spaces import change_space, check_space, move_space
from treffpunkt.network.talks import plan_of


def test_the_plan_reaches_as_many_as_measured(data):
    folder = data / "group-admins-reddit"
    members, moderates = (min(folder.glob(f"{name}_*.csv.gz")) for name in ("subreddits", "moderates"))
    with gzip.open(members, "rt") as lines:
        sizes = {row["name"]: int(float(row["n_members"] or 0)) for row in csv.DictReader(lines)}
    people = defaultdict(set)
    with gzip.open(moderates, "rt") as lines:
        for row in csv.DictReader(lines):
            people[row["moderator_id"]].add(row["subreddit"])
    found = [Candidate(one, tuple((space, sizes[space]) for space in spaces)) for one, spaces in people.items()]
    found.sort(key=lambda one: -sum(size for _space, size in one.spaces))
    chosen = greedy(found, 50)

    total = sum(sizes.values())
    shares = [round(chosen[k - 1].so_far / total, 3) for k in (5, 10, 20, 50)]
    assert all(share >= wanted for share, wanted in zip(shares, (0.234, 0.344, 0.439, 0.532), strict=True)), shares


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


OUTCOMES = {
    "logged": lambda by, actor, space: a_contact(by, actor=actor, outcome="talked"),
    "no answer": lambda by, actor, space: a_contact(by, actor=actor, outcome="no_answer"),
    "standing": lambda by, actor, space: set_standing(by=by, actor=actor, standing="declined"),
    "machine": lambda by, actor, space: change_actor(by=by, actor=actor, not_a_person=True),
    "role added": lambda by, actor, space: add_role(by=by, actor=actor, space=space),
    "role ended": lambda by, actor, space: end_role(by=by, role=actor.roles.get()),
    "role to end": lambda by, actor, space: recount_after(by, actor),
    "members": lambda by, actor, space: check_space(by=by, space=space, members=7),
    "access": lambda by, actor, space: move_space(by=by, space=space, state="joined"),
    "erased": lambda by, actor, space: erase_actor(by=by, actor=actor),
    "found": lambda by, actor, space: a_space(space.communities.get()),
    "imported": lambda by, actor, space: bulk.create_roles(by=by, rows=[{"actor": actor, "space": space}]),
    "community": lambda by, actor, space: change_space(by=by, space=space, communities=[a_community("sr")]),
    "invited": lambda by, actor, space: note_asked(by=by, ids=[actor.pk]),
}


def recount_after(by, actor):
    Role.objects.filter(actor=actor).update(until=today())
    recount_ended()


@pytest.mark.parametrize("what", OUTCOMES)
def test_whatever_happens_asks_for_a_new_plan(arabic, what, deferred):
    coordinator, space = a_coordinator(), a_space(arabic, members=10)
    actor = an_actor(a_space(arabic, members=20))
    deferred.forget_waiting()

    OUTCOMES[what](coordinator, actor, space)

    assert "network.renew_plan" in deferred.names


@pytest.mark.parametrize("outcome", ["no_answer", "talked", "interested", "agreed", "later", "declined"])
def test_whoever_was_asked_is_in_no_plan(arabic, outcome):
    counsellor = a_counsellor(arabic)
    asked, other = an_actor(a_space(arabic, members=900)), an_actor(a_space(arabic, members=800))
    a_contact(counsellor, actor=asked, outcome=outcome)

    assert [step.actor for step in plan_of(counsellor, every, 5).steps] == [other]
    assert [pick.actor for pick in plan(counsellor)] == [other]


def test_an_invitation_asks_as_well(arabic):
    coordinator = a_coordinator()
    unknown, won = an_actor(), an_actor(standing="won")

    assert note_asked(by=coordinator, ids=[unknown.pk, won.pk]) == 1
    assert note_asked(by=coordinator, ids=[unknown.pk, won.pk]) == 0
    assert [Actor.objects.get(pk=one.pk).standing for one in (unknown, won)] == ["asked", "won"]


def every(spaces):
    return spaces


def test_a_plan_is_right_at_once_without_any_job(arabic):
    coordinator = a_coordinator()
    shared = a_space(arabic, members=900)
    first, second = an_actor(shared, a_space(arabic, members=50)), an_actor(shared, a_space(arabic, members=20))
    assert [(step.actor, step.reach_added) for step in plan_of(coordinator, every, 5).steps] == [
        (first, 950),
        (second, 20),
    ]

    set_standing(by=coordinator, actor=first, standing="won")
    after = plan_of(coordinator, every, 5)
    assert [(step.actor, step.reach_added) for step in after.steps] == [(second, 20)]
    assert (after.members, after.spaces) == (20, 1)


def test_a_plan_counts_and_names_only_what_one_sees(arabic, french):
    counsellor = a_counsellor(french)
    ours, theirs = a_space(french, members=100), a_space(arabic, members=900)
    bridging = an_actor(ours, theirs)
    an_actor(theirs)

    found = plan_of(counsellor, every, 5)

    assert [(step.actor, step.reach_added, step.spaces, step.communities) for step in found.steps] == [
        (bridging, 100, [ours], [])
    ]
    assert (found.members, found.reach) == (100, 100)
    whole = plan_of(a_coordinator(), every, 5)
    assert whole.steps[0].communities == sorted([arabic.pk, french.pk])


def test_with_a_chance_the_figures_are_what_to_expect(arabic):
    shared = a_space(arabic, members=1000)
    first, second = an_actor(shared), an_actor(shared)

    found = plan_of(a_coordinator(), every, 5, 0.5)

    assert {step.actor for step in found.steps} == {first, second}
    assert [(step.reach_added, step.reach_so_far, step.at_most) for step in found.steps] == [
        (500, 500, 1000),
        (250, 750, 1000),
    ]
    assert [step.spaces for step in found.steps] == [[shared], [shared]]


KINDS = st.tuples(st.integers(0, 90), st.booleans(), st.sampled_from(["found", "contacted", "joined", "lost"]))


@given(
    spaces=st.lists(KINDS, min_size=6, max_size=6),
    people=st.lists(
        st.tuples(st.sets(st.integers(0, 5), min_size=1), st.sampled_from(["unknown", "unknown", "asked", "won"])),
        min_size=1,
        max_size=7,
    ),
    women_only=st.booleans(),
    first=st.sampled_from([2, 250]),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_a_plan_for_a_filter_is_near_the_best_there_is(db, monkeypatch, spaces, people, women_only, first):
    # So few that it depends on the landscape how people are read.
    monkeypatch.setattr(unreached, "_FIRST", first)
    with transaction.atomic():
        made = a_landscape(spaces, people)
        found = plan_of(SYSTEM, lambda rows: rows.filter(women_only=True) if women_only else rows, 3)
        transaction.set_rollback(True)
    open_to = {
        number
        for number, (_size, women, state) in enumerate(spaces)
        if state in ("found", "contacted")
        and (women or not women_only)
        and not any(number in led and standing == "won" for led, standing in people)
    }
    reach = {
        made[number].pk: led & open_to
        for number, (led, standing) in enumerate(people)
        if standing == "unknown" and led & open_to
    }
    sizes = [size for size, _women, _state in spaces]

    def together(some):
        return sum(sizes[space] for space in set().union(*(reach[person] for person in some)))

    best = max((together(some) for some in combinations(reach, min(3, len(reach)))), default=0)
    asked = [step.actor.pk for step in found.steps]
    assert set(asked) <= set(reach)
    assert found.members == sum(sizes[space] for space in open_to)
    assert found.reach == together(asked) >= (1 - 1 / 2.718) * best
    assert sum(step.spaces_open for step in found.steps) == len(set().union(*(reach[person] for person in asked), ()))


def a_landscape(spaces, people):
    """Make spaces and people at once, with the figures that services keep beside them."""
    platform = a_platform()
    rows = Space.objects.bulk_create(
        Space(name=f"Gruppe {number}", platform=platform, members=size, women_only=women, state=state)
        for number, (size, women, state) in enumerate(spaces)
    )
    actors = Actor.objects.bulk_create(
        Actor(name=f"Person {number}", standing=standing) for number, (_led, standing) in enumerate(people)
    )
    Role.objects.bulk_create(
        Role(actor=actor, space=rows[space])
        for actor, (led, _standing) in zip(actors, people, strict=True)
        for space in led
    )
    recount_actors(actor.pk for actor in actors)
    return actors
