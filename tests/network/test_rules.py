"""Who sees and changes what."""

from __future__ import annotations

import pytest

from tests.factories.network import (
    a_contact,
    a_coordinator,
    a_counsellor,
    a_member_of_staff,
    a_space,
    an_actor,
    an_organisation,
)
from treffpunkt.core.agent import SYSTEM, LinkHolder
from treffpunkt.core.errors import Forbidden
from treffpunkt.network import rules
from treffpunkt.network.services.contacts import change_contact
from treffpunkt.network.services.roles import add_role, end_role
from treffpunkt.network.services.spaces import change_space

pytestmark = pytest.mark.django_db


def test_counsellor_sees_only_her_communities(arabic, french):
    counsellor = a_counsellor(arabic)
    hers, others, nobodys = a_space(arabic), a_space(french), a_space()
    bridging = a_space(arabic, french)

    assert set(rules.viewable_spaces(counsellor)) == {hers, bridging}
    assert set(rules.viewable_spaces(a_coordinator())) == {hers, others, nobodys, bridging}
    assert set(rules.viewable_spaces(SYSTEM)) == {hers, others, nobodys, bridging}
    assert set(rules.communities_of(counsellor)) == {arabic}


def test_actors_follow_from_the_spaces_they_lead(arabic, french):
    counsellor = a_counsellor(arabic)
    leads, elsewhere, nowhere = an_actor(a_space(arabic)), an_actor(a_space(french)), an_actor()

    assert set(rules.viewable_actors(counsellor)) == {leads}
    assert set(rules.viewable_actors(a_coordinator())) == {leads, elsewhere, nowhere}


def test_an_actor_who_gave_up_the_group_stays_in_sight(arabic):
    counsellor, space = a_counsellor(arabic), a_space(arabic)
    actor = an_actor(space)
    end_role(by=counsellor, role=actor.roles.get())

    assert list(rules.viewable_actors(counsellor)) == [actor]


def test_an_actor_without_a_role_is_seen_by_whoever_knows_them(arabic):
    counsellor = a_counsellor(arabic)
    known = an_actor(by=counsellor)

    assert list(rules.viewable_actors(counsellor)) == [known]
    assert not rules.viewable_actors(a_counsellor(arabic)).exists()


def test_contact_persons_follow_from_their_organisation(arabic, french):
    counsellor = a_counsellor(arabic)
    organisation, person = an_organisation(arabic), an_actor()
    add_role(by=SYSTEM, actor=person, organisation=organisation, role="contact")

    assert list(rules.viewable_organisations(counsellor)) == [organisation]
    assert list(rules.viewable_actors(counsellor)) == [person]
    assert not rules.viewable_actors(a_counsellor(french)).exists()


def test_confidential_contacts_stay_with_their_note_taker(arabic):
    actor, counsellor = an_actor(a_space(arabic)), a_counsellor(arabic)
    told = a_contact(counsellor, actor=actor)
    confided = a_contact(counsellor, actor=actor, confidential=True)

    assert set(rules.viewable_contacts(counsellor)) == {told, confided}
    assert set(rules.viewable_contacts(a_counsellor(arabic))) == {told}
    assert set(rules.viewable_contacts(a_coordinator())) == {told}
    with pytest.raises(Forbidden):
        change_contact(by=a_coordinator(), contact=confided, outcome="agreed")


@pytest.mark.parametrize("role", ["legal_reviewer", "system_administrator"])
def test_who_does_not_counsel_changes_nothing(role, arabic):
    reader, space = a_member_of_staff(role), a_space(arabic)

    assert not rules.viewable_spaces(reader).exists()
    with pytest.raises(Forbidden):
        change_space(by=reader, space=space, name="Anders")
    with pytest.raises(Forbidden):
        a_space(arabic, by=reader)


def test_the_holder_of_a_link_sees_nothing_of_the_network(arabic):
    actor = an_actor(a_space(arabic))
    holder = LinkHolder("invitation", actor.kind, actor.pk, actor.pk)

    for viewable in (
        rules.communities_of,
        rules.viewable_spaces,
        rules.viewable_actors,
        rules.viewable_organisations,
        rules.viewable_contacts,
    ):
        assert not viewable(holder).exists()


def test_what_is_viewable_can_be_locked(arabic):
    counsellor, space = a_counsellor(arabic), a_space(arabic)
    an_actor(space)

    for viewable in (
        rules.viewable_spaces,
        rules.viewable_actors,
        rules.viewable_organisations,
        rules.viewable_contacts,
    ):
        list(viewable(counsellor).select_for_update())
