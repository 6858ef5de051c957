"""The radar: what is wrong with our access, worst first, in one query, and its remedies."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.agreements import a_leader, in_force
from tests.factories.network import (
    a_community,
    a_coordinator,
    a_counsellor,
    a_platform,
    a_profile,
    a_space,
    an_actor,
    role_of,
)
from treffpunkt.agreements.health import radar
from treffpunkt.agreements.health.findings import KINDS
from treffpunkt.agreements.health.limits import LIMITS, days
from treffpunkt.agreements.models import Agreement, GrantedRight, Threshold
from treffpunkt.agreements.services import ending
from treffpunkt.agreements.services.drafting import change_agreement
from treffpunkt.agreements.services.successions import follow_up
from treffpunkt.agreements.services.thresholds import set_thresholds
from treffpunkt.agreements.services.uses import note_use
from treffpunkt.agreements.services.watching import REMEDIES, make_task
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import as_of, now, today
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.network.models import Space
from treffpunkt.network.services.profiles import move_profile
from treffpunkt.network.services.relocating import relocate_to_new
from treffpunkt.network.services.roles import end_role
from treffpunkt.network.services.spaces import check_space, move_space
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.services import close_task

pytestmark = pytest.mark.django_db
PROPOSED = {limit.key: limit.proposed for limit in LIMITS}


@pytest.fixture
def coordinator(db):
    """Give who looks at the radar."""
    return a_coordinator()


@pytest.fixture
def community(db):
    """Give a community."""
    return a_community()


def seen(by, **limits) -> list[tuple[str, str]]:
    """Give kind and name of what the radar finds."""
    return [(one.kind, one.name) for one in radar(by, PROPOSED | limits, most=20)]


def kinds(by, **limits) -> list[str]:
    return [kind for kind, _name in seen(by, **limits)]


def well(community, **values):
    """Make a group with two admins and a right that works: nothing is wrong with it."""
    space = a_space(community, **values)
    a_leader(space)
    agreement = in_force(a_coordinator(), a_leader(space), spaces=[space])
    note_use(by=SYSTEM, right=agreement.rights.get())
    return space, agreement


def test_where_all_is_well_the_radar_is_empty(coordinator, community):
    well(community)

    assert seen(coordinator) == []


def test_right_that_fails_or_was_not_tried(coordinator, community):
    _space, agreement = well(community)
    right = agreement.rights.get()
    assert kinds(coordinator, untried=0) == ["untried"]

    note_use(by=SYSTEM, right=right, worked=False)
    assert kinds(coordinator) == ["failing"]

    ending.suspend(by=coordinator, agreement=agreement)
    assert kinds(coordinator) == []


def test_right_that_was_never_tried(coordinator, community):
    space = a_space(community)
    a_leader(space)
    with as_of(now() - timedelta(days=31)):
        in_force(a_coordinator(), a_leader(space), spaces=[space])

    assert kinds(coordinator) == ["unproven"]
    assert kinds(coordinator, unproven=40) == []


def test_group_with_one_admin_or_none(coordinator, community):
    alone, _agreement = well(community, name="Allein")
    end_role(by=SYSTEM, role=alone.roles.order_by("pk")[0])
    assert seen(coordinator) == [("single", "Allein")]

    end_role(by=SYSTEM, role=alone.roles.get(until=None))

    found = radar(coordinator, PROPOSED, most=5)
    assert [one.kind for one in found] == ["gone", "party_gone"]
    assert {one.actor_id for one in found} == {Agreement.objects.get().parties.get().actor_id}


class TestMoved:
    @pytest.fixture
    def agreement(self, coordinator, community) -> Agreement:
        """Give what was agreed about a group that moved with both of its admins."""
        old, agreement = well(community, name="Alt")
        a_platform("telegram")
        along = list(old.roles.values_list("pk", flat=True))
        relocate_to_new(by=coordinator, space=old, address="t.me/frauen_neu", along=along, name="Neu")
        return agreement

    def test_group_that_moved_is_no_alarm_but_the_agreement_is_to_speak_of_the_new_one(self, coordinator, agreement):
        (found,) = radar(coordinator, PROPOSED, most=5)
        assert (found.kind, found.agreement_id, found.since) == ("moved", agreement.pk, today())
        task = make_task(by=coordinator, finding=found)
        assert (task.about_id, "neuen Gruppe" in task.title) == (agreement.pk, True)

        agreement.refresh_from_db()
        new = Space.objects.get(name="Neu")
        change_agreement(by=coordinator, agreement=agreement, version=agreement.version, spaces=[new])
        assert seen(coordinator) == []

    def test_who_leads_the_new_group_no_more_is_found_once_the_agreement_is_about_it(self, coordinator, agreement):
        agreement.refresh_from_db()
        new = Space.objects.get(name="Neu")
        change_agreement(by=coordinator, agreement=agreement, version=agreement.version, spaces=[new])
        end_role(by=SYSTEM, role=role_of(agreement.parties.get().actor, new))

        assert sorted(kinds(coordinator)) == ["party_gone", "single"]

    def test_page_says_it(self, client, coordinator, agreement):
        client.force_login(coordinator)

        page = client.get("/access/").content.decode()

        assert "Umgezogen, und die Vereinbarung spricht von der alten Gruppe" in page


def test_machine_that_stops_is_asked_nothing(coordinator, community):
    space, _agreement = well(community, name="Mit Bot")
    end_role(by=SYSTEM, role=space.roles.order_by("pk")[0])
    machine = an_actor(space, not_a_person=True)
    end_role(by=SYSTEM, role=role_of(machine, space), until=today() + timedelta(days=9))

    assert seen(coordinator) == [("single", "Mit Bot")]


def test_group_that_is_only_joined_counts_and_one_that_was_only_found_does_not(coordinator, community):
    joined, found = a_space(community, name="Drin"), a_space(community, name="Gefunden")
    for space in (joined, found):
        an_actor(space)
    move_space(by=SYSTEM, space=joined, state="joined")

    assert seen(coordinator) == [("single", "Drin")]


def test_only_admin_who_stops_soon_is_asked_first(coordinator, community):
    space = a_space(community, name="Bald")
    move_space(by=SYSTEM, space=space, state="joined")
    actor = an_actor(space)
    end_role(by=SYSTEM, role=role_of(actor, space), until=today() + timedelta(days=9))

    (found,) = radar(coordinator, PROPOSED, most=5)

    assert (found.kind, found.actor_id, found.is_handled) == ("leaving", actor.pk, False)
    follow_up(by=coordinator, actor=actor)
    (found,) = radar(coordinator, PROPOSED, most=5)
    assert (found.succession, found.is_handled) == ("open", True)
    assert radar(coordinator, PROPOSED, most=5, open_only=True) == []
    assert seen(coordinator, leaving=3) == [("single", "Bald")]


def test_agreement_to_be_looked_at_and_group_not_looked_into(coordinator, community):
    space, agreement = well(community)
    Agreement.objects.filter(pk=agreement.pk).update(review_on=today() + timedelta(days=10))
    check_space(by=SYSTEM, space=space, next_check=today() - timedelta(days=15))

    assert kinds(coordinator) == ["review", "unchecked"]
    assert kinds(coordinator, review=5, unchecked=20) == []


def test_profile_in_trouble(coordinator, community):
    counsellor, other = a_counsellor(community), a_counsellor()
    profile = a_profile(staff=counsellor, name="Hala")
    move_profile(by=counsellor, profile=profile, state="limited")
    assert seen(counsellor) == [("limited", "Hala")]

    move_profile(by=counsellor, profile=profile, state="suspended")

    assert seen(coordinator) == [("suspended", "Hala")]
    assert seen(other) == []


def test_worst_stands_first_and_the_larger_group_before_the_smaller(coordinator, community):
    for name, members in (("Klein", 100), ("Groß", 90_000), ("Ungezählt", None)):
        space = a_space(community, name=name, members=members)
        an_actor(space)
        move_space(by=SYSTEM, space=space, state="joined")
    _space, agreement = well(community)
    note_use(by=SYSTEM, right=agreement.rights.get(), worked=False)

    assert [name for _kind, name in seen(coordinator)][1:] == ["Groß", "Klein", "Ungezählt"]
    assert kinds(coordinator)[0] == "failing"


def test_counsellor_sees_her_communities_only(community):
    _space, agreement = well(community, name="Eigene")
    note_use(by=SYSTEM, right=agreement.rights.get(), worked=False)

    assert seen(a_counsellor(community)) == [("failing", "Eigene")]
    assert seen(a_counsellor(a_community())) == []


def test_one_query_whatever_there_is(coordinator, community, django_assert_num_queries):
    radar(coordinator, PROPOSED, most=20)
    for _ in range(3):
        space = a_space(community)
        an_actor(space)
        move_space(by=SYSTEM, space=space, state="joined")

    with django_assert_num_queries(1):
        assert len(radar(coordinator, PROPOSED, most=20)) == 3


def test_finding_becomes_one_task_and_is_taken_up_again(coordinator, community):
    _space, agreement = well(community)
    note_use(by=SYSTEM, right=agreement.rights.get(), worked=False)
    (finding,) = radar(coordinator, PROPOSED, most=5)

    for _ in range(2):
        task = make_task(by=coordinator, finding=finding)

    assert Task.objects.count() == 1
    assert (task.about_kind, task.owner) == ("network.space", agreement.owner)
    (finding,) = radar(coordinator, PROPOSED, most=5)
    assert (finding.task, finding.is_handled) == ("open", True)
    close_task(by=coordinator, task=task)
    (finding,) = radar(coordinator, PROPOSED, most=5)
    assert (finding.task, finding.is_handled) == ("done", False)
    assert make_task(by=coordinator, finding=finding).state == "open"
    assert Task.objects.count() == 1


def test_right_that_fails_anew_is_a_new_task(coordinator, community):
    _space, agreement = well(community)
    right = GrantedRight.objects.get()
    with as_of(now() + timedelta(days=1)):
        note_use(by=SYSTEM, right=right, worked=False)
    (first,) = radar(coordinator, PROPOSED, most=5)
    with as_of(now() + timedelta(days=2)):
        note_use(by=SYSTEM, right=right)
    with as_of(now() + timedelta(days=3)):
        note_use(by=SYSTEM, right=right, worked=False)
    (second,) = radar(coordinator, PROPOSED, most=5)

    assert first.task_id != second.task_id


def test_every_kind_has_a_remedy():
    assert set(REMEDIES) == set(KINDS)


def test_who_does_not_counsel_makes_no_task(coordinator, community):
    from tests.factories.network import a_member_of_staff

    _space, agreement = well(community)
    note_use(by=SYSTEM, right=agreement.rights.get(), worked=False)
    (finding,) = radar(coordinator, PROPOSED, most=5)

    with pytest.raises(Forbidden):
        make_task(by=a_member_of_staff("legal_reviewer"), finding=finding)


def test_coordination_sets_from_when_on_it_speaks(coordinator):
    assert dict(days()) == PROPOSED
    set_thresholds(by=coordinator, days={"untried": 30, "review": PROPOSED["review"]})

    assert days()["untried"] == 30
    assert Threshold.objects.count() == 1
    with pytest.raises(DomainError):
        set_thresholds(by=coordinator, days={"untried": 1})
    with pytest.raises(Forbidden):
        set_thresholds(by=a_counsellor(), days={"untried": 30})
