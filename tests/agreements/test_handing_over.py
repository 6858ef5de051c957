"""What hangs on agreements goes to a colleague with them."""

from __future__ import annotations

import pytest

from tests.factories.agreements import a_leader, in_force
from tests.factories.network import a_community, a_coordinator, a_counsellor, a_space
from treffpunkt.agreements.models import Commitment
from treffpunkt.agreements.services import successions
from treffpunkt.agreements.services.handing_over import hand_over_agreements
from treffpunkt.agreements.services.languages import hand_over_language
from treffpunkt.agreements.services.promises import promise
from treffpunkt.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(db):
    """Give who hands over."""
    return a_coordinator()


@pytest.fixture
def community(db):
    """Give a community."""
    return a_community()


def test_who_follows_somebody_is_settled_by_the_colleague_from_then_on(coordinator, community):
    leaver, to = a_counsellor(community), a_counsellor(community)
    space = a_space(community)
    begun = successions.follow_up(by=coordinator, actor=a_leader(space), owner=leaver)
    settled = successions.follow_up(by=coordinator, actor=a_leader(space), owner=leaver)
    successions.close_succession(by=coordinator, succession=settled)

    hand_over_agreements(by=coordinator, leaver=leaver, to=to)

    for one in (begun, settled):
        one.refresh_from_db()
    assert (begun.owner, settled.owner) == (to, leaver)
    successions.note_yes(by=coordinator, succession=begun)
    assert Task.objects.order_by("id").last().owner == to


def test_with_some_agreements_only_it_stays(coordinator, community):
    leaver, to = a_counsellor(community), a_counsellor(community)
    begun = successions.follow_up(by=coordinator, actor=a_leader(a_space(community)), owner=leaver)

    hand_over_agreements(by=coordinator, leaver=leaver, to=to, ids=[])

    begun.refresh_from_db()
    assert begun.owner == leaver


def test_with_a_language_go_its_promises_and_who_follows_its_people(coordinator, community):
    leaver, to = a_counsellor(community), a_counsellor(community)
    space = a_space(community)
    actor = a_leader(space, owner=leaver)
    agreement = in_force(leaver, actor, spaces=[space])
    promise(by=coordinator, agreement=agreement, side="ours", what="Antworten", owner=leaver)
    mine = successions.follow_up(by=coordinator, actor=actor, owner=leaver)
    elsewhere = successions.follow_up(by=coordinator, actor=a_leader(a_space(a_community("sr"))), owner=leaver)

    handed = hand_over_language(by=coordinator, community=community, leaver=leaver, to=to)

    assert (handed.agreements, handed.promises) == (1, 1)
    assert Commitment.objects.get().owner == to
    for one in (mine, elsewhere):
        one.refresh_from_db()
    assert (mine.owner, elsewhere.owner) == (to, leaver)
    assert hand_over_language(by=coordinator, community=community, leaver=leaver, to=to).promises == 0
