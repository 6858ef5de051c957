"""A group that moves keeps its history and, where they want to, its administrators."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories.network import a_community, a_platform, a_space, an_actor, role_of
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.journal.models import Origin
from treffpunkt.network import over_time
from treffpunkt.network.models import Relocation, Role, Space
from treffpunkt.network.services.relocating import relocate_space, relocate_to_new, take_back_move
from treffpunkt.network.services.roles import end_role
from treffpunkt.network.services.spaces import KnownSpace

pytestmark = pytest.mark.django_db


@pytest.fixture
def arabic():
    a_platform("telegram")
    return a_community("ar")


@pytest.fixture
def old(arabic):
    return a_space(arabic, name="نساء برلين", short_name="Frauen Berlin", language="ar", women_only=True, members=900)


def test_group_moves_to_a_new_address_with_what_is_known_of_it(counsellor, arabic, old):
    moved = relocate_to_new(by=counsellor, space=old, address="t.me/frauen_berlin", day=today() - timedelta(days=3))
    old.refresh_from_db()
    new = Space.objects.get(pk=moved.new_id)

    assert (new.name, new.short_name, new.platform_id, new.women_only) == (old.name, "Frauen Berlin", "telegram", True)
    assert list(new.communities.all()) == [arabic]
    assert (old.state, bool(old.state_reason), new.state, new.members) == ("dormant", True, "found", None)
    assert Origin.objects.filter(source_id=old.pk, result_id=new.pk).exists()
    assert [one.old for one in over_time.earlier(counsellor, new.pk)] == [old]
    assert over_time.moved(counsellor, old.pk).new == new


def test_group_moves_to_one_we_know_and_is_lost(counsellor, arabic, old):
    known = a_space(arabic)
    moved = relocate_to_new(by=counsellor, space=old, address=known.address, leaves="lost")

    old.refresh_from_db()
    assert (moved.new_id, old.state) == (known.pk, "lost")


def test_who_wants_to_leads_the_new_group_too(counsellor, arabic, old):
    new = a_space(arabic)
    comes, stays = an_actor(old), an_actor(old)
    relocate_space(by=counsellor, space=old, new=new, along=[role_of(comes, old).pk])

    assert list(Role.objects.present().filter(space=new).values_list("actor", flat=True)) == [comes.pk]
    assert list(Role.objects.present().filter(space=old).values_list("actor", flat=True)) == [stays.pk]
    new.refresh_from_db()
    assert new.administrator_count == 1


def test_who_was_to_stop_in_the_old_group_anyway_stops_with_the_move(counsellor, arabic, old):
    new, comes = a_space(arabic), an_actor(old)
    role = end_role(by=counsellor, role=role_of(comes, old), until=today() + timedelta(days=30))
    relocate_space(by=counsellor, space=old, new=new, along=[role.pk])

    assert [one.space for one in Role.objects.present().filter(actor=comes)] == [new]


def test_history_goes_on_over_several_moves(counsellor, arabic):
    first, second, third = a_space(arabic), a_space(arabic), a_space(arabic)
    relocate_space(by=counsellor, space=first, new=second, day=date(2025, 3, 1))
    relocate_space(by=counsellor, space=second, new=third, day=date(2026, 3, 1))

    assert [one.old for one in over_time.earlier(counsellor, third.pk)] == [first, second]
    with pytest.raises(DomainError):
        relocate_space(by=counsellor, space=third, new=first)


def test_a_group_moves_once_and_not_to_itself_or_tomorrow(counsellor, arabic, old):
    new = a_space(arabic)
    with pytest.raises(DomainError):
        relocate_space(by=counsellor, space=old, new=old)
    with pytest.raises(DomainError):
        relocate_space(by=counsellor, space=old, new=new, day=today() + timedelta(days=1))
    with pytest.raises(DomainError):
        relocate_space(by=counsellor, space=old, new=new, leaves="cooperating")
    relocate_space(by=counsellor, space=old, new=new)
    with pytest.raises(DomainError):
        relocate_space(by=counsellor, space=old, new=a_space(arabic))


def test_groups_of_others_are_no_place_to_move_to(counsellor, old):
    foreign = a_space(a_community("fr"))
    with pytest.raises(Forbidden):
        relocate_space(by=counsellor, space=old, new=foreign)
    with pytest.raises(KnownSpace):
        relocate_to_new(by=counsellor, space=old, address=foreign.address)


def test_a_move_entered_by_mistake_is_taken_back(counsellor, arabic, old):
    moved = relocate_space(by=counsellor, space=old, new=a_space(arabic))
    take_back_move(by=counsellor, moved=moved)

    assert not Relocation.objects.exists()
    assert over_time.moved(counsellor, old.pk) is None
