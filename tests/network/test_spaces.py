"""Entering, changing, moving and checking spaces."""

from __future__ import annotations

from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from tests.factories.network import a_community, a_coordinator, a_counsellor, a_platform, a_space, an_actor
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, Stale
from treffpunkt.journal.queries import thread
from treffpunkt.network.models import Space
from treffpunkt.network.services.spaces import KnownSpace, change_space, check_space, create_space, move_space
from treffpunkt.search.queries import find_ids

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def platforms():
    for key in ("facebook", "telegram", "blog", "forum"):
        a_platform(key)


def verbs(record):
    return [entry.verb for entry in thread(record.pk)]


def test_platform_and_kind_follow_from_the_address(counsellor, arabic):
    space = create_space(by=counsellor, name="  نساء برلين ", address="m.facebook.com/groups/Frauen?ref=share")

    assert (space.name, space.platform_id, space.space_kind) == ("نساء برلين", "facebook", "group")
    assert space.address == "https://www.facebook.com/groups/frauen"
    assert list(space.communities.all()) == [arabic]
    assert verbs(space) == ["space.created"]


def test_the_same_group_is_never_entered_twice(counsellor):
    known = create_space(by=counsellor, name="Frauen", address="https://www.facebook.com/groups/frauen/")

    with pytest.raises(KnownSpace) as refused:
        create_space(by=counsellor, name="Noch einmal", address="http://m.facebook.com/groups/FRAUEN?fbclid=1")
    assert refused.value.space_id == known.pk
    assert "Frauen" in str(refused.value.message)


def test_a_group_of_another_community_is_not_named(counsellor):
    create_space(by=counsellor, name="Frauen", address="https://www.facebook.com/groups/frauen/")

    with pytest.raises(KnownSpace) as refused:
        create_space(
            by=a_counsellor(a_community("fr")), name="Femmes", address="https://www.facebook.com/groups/frauen/"
        )
    assert refused.value.space_id is None
    assert "Frauen" not in str(refused.value.message)


def test_a_form_sent_twice_enters_one_space(counsellor):
    pk = uuid7()
    once = create_space(by=counsellor, id=pk, name="Frauen", address="t.me/frauen_berlin", space_kind="group")
    again = create_space(by=counsellor, id=pk, name="Frauen", address="t.me/frauen_berlin", space_kind="group")

    assert once == again
    assert once.space_kind == "group"
    assert Space.objects.count() == 1


def test_a_space_without_an_address_needs_a_platform(counsellor):
    space = create_space(by=counsellor, name="WhatsApp-Kreis", platform="forum")

    assert (space.platform_id, space.address) == ("forum", "")
    with pytest.raises(DomainError):
        create_space(by=counsellor, name="Ohne alles")
    with pytest.raises(DomainError):
        create_space(by=counsellor, name="  ", platform="forum")


def test_a_counsellor_of_two_communities_says_which(arabic):
    french = a_community("fr")
    both = a_counsellor(arabic, french)

    with pytest.raises(DomainError):
        create_space(by=both, name="Forum", platform="forum")
    assert list(create_space(by=both, name="Forum", platform="forum", language="fr").communities.all()) == [french]


def test_a_counsellor_leaves_the_communities_of_others(arabic, counsellor):
    french = a_community("fr")
    space = a_space(arabic, french)
    change_space(by=counsellor, space=space, communities=[arabic])

    assert set(space.communities.all()) == {arabic, french}
    change_space(by=a_coordinator(), space=space, communities=[arabic])
    assert set(space.communities.all()) == {arabic}
    with pytest.raises(DomainError):
        change_space(by=counsellor, space=space, communities=[])


def test_a_stale_form_is_refused(counsellor, arabic):
    space = a_space(arabic)
    change_space(by=counsellor, space=space, version=1, name="Neu")

    with pytest.raises(Stale) as refused:
        change_space(by=counsellor, space=space, version=1, name="Alt")
    assert refused.value.current.name == "Neu"


def test_saying_the_same_again_changes_nothing(counsellor, arabic):
    space = a_space(arabic, name="Frauen")
    again = change_space(by=counsellor, space=space, version=1, name=" Frauen ", address=space.address.upper())

    assert again.version == 1
    assert verbs(space) == ["space.created"]


def test_a_renamed_space_is_found_by_its_new_name(counsellor, arabic):
    space = a_space(arabic, name="Mütter in Köln", short_name="")
    change_space(by=counsellor, space=space, name="Eltern am Rhein")

    visible = Space.objects.values("pk")
    assert find_ids("eltern am rhein", "network.space", visible) == [space.pk]
    assert find_ids("mütter in köln", "network.space", visible) == []


def test_states_move_as_declared(counsellor, arabic):
    space = a_space(arabic)
    space = move_space(by=counsellor, space=space, state="contacted")
    space = move_space(by=counsellor, space=space, state="joined")

    assert space.check_due == today() + timedelta(days=30)
    with pytest.raises(DomainError):
        move_space(by=counsellor, space=space, state="dormant")
    space = move_space(by=counsellor, space=space, state="lost", reason="Die Gruppe wurde gelöscht.")
    assert (space.state_reason, space.check_due) == ("Die Gruppe wurde gelöscht.", None)
    assert verbs(space)[:3] == ["space.moved"] * 3
    with pytest.raises(DomainError):
        move_space(by=counsellor, space=a_space(arabic), state="cooperating")


def test_a_look_into_a_space_says_when_the_next_is_due(counsellor, arabic):
    space = move_space(by=counsellor, space=a_space(arabic, members=20_000), state="joined")
    actor = an_actor(space)
    space = check_space(by=counsellor, space=space, members=23_400)

    actor.refresh_from_db()
    assert (space.members, actor.potential_reach) == (23_400, 23_400)
    assert space.checked_at is not None
    assert space.check_due == today() + timedelta(days=15)
    assert check_space(by=counsellor, space=space, next_check=today()).check_due == today()
