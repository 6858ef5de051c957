"""What was done in a group proves the right to do it; failures need a tap."""

from __future__ import annotations

from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from tests.factories.agreements import an_agreement, in_force
from tests.factories.network import a_community, a_contact, a_coordinator, a_counsellor, a_profile, a_space
from treffpunkt.agreements.models import GrantedRight, Use
from treffpunkt.agreements.services.rights import change_right, end_right
from treffpunkt.agreements.services.uses import note_done, note_use
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def community(db):
    """Give the counsellor's community."""
    return a_community()


@pytest.fixture
def counsellor(community):
    """Give who posts."""
    return a_counsellor(community)


def rights_of(agreement) -> dict[str, GrantedRight]:
    return {one.right_kind: one for one in agreement.rights.select_related("agreement")}


def states(agreement) -> dict[str, str]:
    return dict(agreement.rights.values_list("right_kind", "state"))


def test_tap_says_that_a_right_works_or_fails(counsellor, community):
    agreement = in_force(a_coordinator(), spaces=[a_space(community)])
    right = rights_of(agreement)["links"]

    note_use(by=counsellor, right=right, worked=False)
    assert states(agreement) == {"links": "failing"}
    note_use(by=counsellor, right=right)

    right.refresh_from_db()
    assert (right.state, right.seen_by) == ("working", counsellor)
    assert list(Use.objects.order_by("pk").values_list("worked", flat=True)) == [False, True]
    assert {"right.works", "right.fails"} <= set(Entry.objects.values_list("verb", flat=True))


def test_what_was_logged_proves_what_it_shows_once(counsellor, community):
    space = a_space(community)
    agreement = in_force(a_coordinator(), spaces=[space], rights=("links", "join", "pin"))
    logged = a_contact(counsellor, space=space)

    for _ in range(2):
        note_done(by=counsellor, space=space, kinds=["links"], source=logged)

    assert states(agreement) == {"links": "working", "join": "working", "pin": "agreed"}
    assert Use.objects.count() == 2
    assert set(Use.objects.values_list("source_kind", flat=True)) == {"network.contact"}


def test_logging_needs_not_know_what_was_agreed(counsellor, community):
    space = a_space(community)
    assert note_done(by=counsellor, space=space, kinds=["links"]) == []

    an_agreement(a_coordinator(), spaces=[space])  # not in force yet

    assert note_done(by=counsellor, space=space, kinds=["links"]) == []


def test_right_of_another_profile_is_not_proved(counsellor, community):
    space = a_space(community)
    right = rights_of(in_force(a_coordinator(), spaces=[space]))["links"]
    theirs = a_profile(staff=a_counsellor(community), platform=space.platform, address="https://www.facebook.com/rana")
    change_right(by=a_coordinator(), right=right, version=right.version, how="", profile=theirs)

    assert note_done(by=counsellor, space=space, kinds=["links"]) == []


def test_same_tap_twice_is_one_use(counsellor, community):
    right = rights_of(in_force(a_coordinator(), spaces=[a_space(community)]))["links"]
    mark = uuid7()

    for _ in range(2):
        note_use(by=counsellor, right=right, id=mark)

    assert Use.objects.count() == 1


def test_old_news_leave_the_state_alone(counsellor, community):
    right = rights_of(in_force(a_coordinator(), spaces=[a_space(community)]))["links"]
    note_use(by=counsellor, right=right, worked=False)

    note_use(by=counsellor, right=right, at=now() - timedelta(days=3))

    right.refresh_from_db()
    assert right.state == "failing"


def test_ended_right_is_refused(counsellor, community):
    right = rights_of(in_force(a_coordinator(), spaces=[a_space(community)]))["links"]
    end_right(by=a_coordinator(), right=right)

    with pytest.raises(DomainError):
        note_use(by=counsellor, right=right)


def test_others_note_nothing(community):
    space = a_space(community)
    right = rights_of(in_force(a_coordinator(), spaces=[space]))["links"]

    with pytest.raises(Forbidden):
        note_use(by=a_counsellor(), right=right)
    with pytest.raises(Forbidden):
        note_done(by=a_counsellor(), space=space, kinds=["links"])
