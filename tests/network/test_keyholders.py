"""What hangs on single people, and who is the bridge between communities."""

from __future__ import annotations

from tests.factories.network import (
    a_community,
    a_coordinator,
    a_counsellor,
    a_space,
    an_actor,
    role_of,
)
from treffpunkt.core.clock import today
from treffpunkt.network import keyholders
from treffpunkt.network.queries import roles_of
from treffpunkt.network.services.actors import change_actor, erase_actor
from treffpunkt.network.services.roles import add_role, end_role
from treffpunkt.network.services.spaces import move_space


def every(spaces):
    return spaces


def losses(by, narrow=every):
    rows = keyholders.losses(by, narrow).order_by("-members_lost", "pk")
    return [(one, one.spaces_lost, one.members_lost) for one in rows]


def test_what_leaving_costs_is_what_nobody_else_leads(arabic):
    alone, shared, uncounted = a_space(arabic, members=100), a_space(arabic, members=900), a_space(arabic)
    first = an_actor(alone, shared, uncounted)
    second = an_actor(shared)

    assert losses(a_coordinator()) == [(first, 2, 100)]
    assert keyholders.spaces_lost(a_coordinator(), every, [first]) == {first.pk: [alone, uncounted]}

    end_role(by=a_coordinator(), role=role_of(first, shared))
    assert losses(a_coordinator()) == [(second, 1, 900), (first, 2, 100)]


def test_moderators_machines_and_lost_groups_cost_nothing(arabic):
    coordinator = a_coordinator()
    moderated, gone, led_by_machine = (a_space(arabic, members=size) for size in (10, 20, 30))
    an_actor(moderated, role="moderator")
    an_actor(gone)
    move_space(by=coordinator, space=gone, state="lost", reason="gelöscht")
    change_actor(by=coordinator, actor=an_actor(led_by_machine), not_a_person=True)
    erase_actor(by=coordinator, actor=an_actor(a_space(arabic, members=40)))

    assert losses(coordinator) == []


def test_costs_count_only_groups_one_sees_and_asks_for(arabic, french):
    women, all_ = a_space(arabic, members=10, women_only=True), a_space(arabic, members=20)
    foreign = a_space(french, members=500)
    actor = an_actor(women, all_, foreign)

    assert losses(a_counsellor(arabic)) == [(actor, 2, 30)]
    assert losses(a_counsellor(arabic), lambda rows: rows.filter(women_only=True)) == [(actor, 1, 10)]
    assert losses(a_coordinator()) == [(actor, 3, 530)]


def test_the_cost_on_a_persons_page_is_that_of_the_list(arabic):
    coordinator = a_coordinator()
    actor = an_actor(a_space(arabic, members=10), a_space(arabic, members=20))
    ended = role_of(actor, a_space_led_by(actor, arabic))
    end_role(by=coordinator, role=ended, until=today())

    found = keyholders.cost_of(actor, roles_of(coordinator, actor.pk))

    assert (found.spaces, found.members) == (2, 30)
    assert losses(coordinator) == [(actor, 2, 30)]


def a_space_led_by(actor, community):
    space = a_space(community, members=99)
    add_role(by=a_coordinator(), actor=actor, space=space)
    return space


def test_groups_that_hang_on_one_person(arabic):
    one, two = a_space(arabic, members=10), a_space(arabic, members=20)
    an_actor(one, two)
    an_actor(two)

    assert list(keyholders.hanging(a_coordinator())) == [one]


def test_people_who_bridge_communities(arabic, french):
    serbian = a_community("sr")
    three = an_actor(a_space(arabic), a_space(french), a_space(serbian))
    two = an_actor(a_space(arabic, french), role="moderator")
    an_actor(a_space(arabic), a_space(arabic))
    author = an_actor(a_space(french))
    add_role(by=a_coordinator(), actor=author, space=a_space(arabic), role="author")
    coordinator = a_coordinator()

    rows = keyholders.bridges(coordinator).order_by("-bridged")
    assert [(one, one.bridged) for one in rows] == [(three, 3), (two, 2)]
    assert keyholders.bridged_by(coordinator, [two]) == {two.pk: {arabic.pk: 1, french.pk: 1}}
    assert list(keyholders.bridges(coordinator, arabic.pk, serbian.pk)) == [three]
    assert list(keyholders.bridges(coordinator, serbian.pk)) == [three]


def test_a_counsellor_knows_of_no_bridge_to_communities_of_others(arabic, french):
    an_actor(a_space(arabic), a_space(french))

    assert list(keyholders.bridges(a_counsellor(arabic))) == []
    assert keyholders.pairs(a_counsellor(arabic), most=5) == []
    assert keyholders.bridges(a_counsellor(arabic, french)).count() == 1


def test_pairs_of_communities_with_their_bridges(arabic, french):
    serbian = a_community("sr")
    for _number in range(2):
        an_actor(a_space(arabic), a_space(french))
    an_actor(a_space(arabic), a_space(serbian), standing="won")
    coordinator = a_coordinator()

    found = keyholders.pairs(coordinator, most=5)

    assert [({pair.one, pair.other}, pair.people, pair.won) for pair in found] == [
        ({arabic, french}, 2, 0),
        ({arabic, serbian}, 1, 1),
    ]
    assert keyholders.pairs(coordinator, most=1, skipped=1) == found[1:]
