"""“May I post a link here today?”: what was agreed, what the group says, and what stands against it."""

from __future__ import annotations

import pytest

from tests.factories.agreements import an_agreement, in_force
from tests.factories.network import a_community, a_coordinator, a_counsellor, a_profile, a_space
from treffpunkt.agreements.in_use import asked_about, grounds
from treffpunkt.agreements.models import GrantedRight
from treffpunkt.agreements.permitting import Answer, answer
from treffpunkt.agreements.services import ending
from treffpunkt.agreements.services.rights import change_right, end_right, grant_right, note_right
from treffpunkt.agreements.services.uses import note_use
from treffpunkt.network.models import Profile
from treffpunkt.network.services.profiles import move_profile
from treffpunkt.network.services.spaces import change_space, move_space
from treffpunkt.vocabulary.models import Platform

pytestmark = pytest.mark.django_db
LINKS = GrantedRight.Kind.LINKS


@pytest.fixture
def community(db):
    """Give the counsellor's community."""
    return a_community()


@pytest.fixture
def counsellor(community):
    """Give who asks, with a profile on Facebook."""
    staff = a_counsellor(community)
    a_profile(staff=staff, platform=a_space_platform(), address="https://www.facebook.com/hala.netz")
    return staff


@pytest.fixture
def space(community):
    """Give the group that is asked about."""
    return a_space(community)


def a_space_platform() -> Platform:
    return Platform.objects.get_or_create(key="facebook", defaults={"name": "Facebook"})[0]


def ask(by, space, action=LINKS) -> Answer:
    """Ask anew, as a page does."""
    return answer(grounds(by, [space])[space.pk], action)


def the_right(agreement) -> GrantedRight:
    return agreement.rights.select_related("agreement").get()


def test_what_was_agreed_is_a_yes_with_the_way_to_do_it(counsellor, space):
    agreement = an_agreement(a_coordinator(), spaces=[space], rights=())
    grant_right(by=a_coordinator(), agreement=agreement, space=space, right_kind=LINKS, how="Zweimal im Monat.")
    assert ask(counsellor, space).verdict == "ask"

    in_force_now(agreement)

    found = ask(counsellor, space)
    assert (found.verdict, found.how, found.used) == ("yes", "Zweimal im Monat.", 0)
    assert len(found.reasons) == 1


def in_force_now(agreement):
    """Let the party agree in a chat."""
    from treffpunkt.agreements.services.concluding import note_agreed
    from treffpunkt.core.clock import now

    party = agreement.parties.get()
    note_agreed(by=a_coordinator(), party=party, way="chat", name="Leila", at=now(), quote="Ja.")


@pytest.mark.parametrize(("policy", "verdict"), [("yes", "yes"), ("ask", "ask"), ("no", "no"), ("", "ask")])
def test_without_agreement_the_group_decides_and_what_is_unknown_is_asked(counsellor, space, policy, verdict):
    space = change_space(by=a_coordinator(), space=space, link_policy=policy)

    assert ask(counsellor, space).verdict == verdict


def test_what_was_agreed_goes_before_the_rules_of_the_group(counsellor, space):
    space = change_space(by=a_coordinator(), space=space, link_policy="no")
    in_force(a_coordinator(), spaces=[space])

    assert ask(counsellor, space).verdict == "yes"


def test_right_that_failed_is_asked_about_until_it_works_again(counsellor, space):
    right = the_right(in_force(a_coordinator(), spaces=[space]))
    note_right(by=counsellor, right=right, works=False)
    assert ask(counsellor, space).verdict == "ask"

    note_use(by=counsellor, right=right)

    found = ask(counsellor, space)
    assert (found.verdict, found.used) == ("yes", 1)
    assert found.used_at is not None


def test_pause_is_a_no_and_so_is_an_end_that_they_wanted(counsellor, space):
    agreement = in_force(a_coordinator(), spaces=[space])
    space = change_space(by=a_coordinator(), space=space, link_policy="yes")
    ending.suspend(by=a_coordinator(), agreement=agreement)
    assert ask(counsellor, space).verdict == "no"

    ending.withdraw(by=a_coordinator(), party=agreement.parties.get())

    found = ask(counsellor, space)
    assert (found.verdict, found.how) == ("no", "")
    assert len(found.reasons) == 1


def test_new_agreement_opens_again_what_was_closed(counsellor, space):
    old = in_force(a_coordinator(), spaces=[space])
    ending.withdraw(by=a_coordinator(), party=old.parties.get())

    in_force(a_coordinator(), spaces=[space])

    assert ask(counsellor, space).verdict == "yes"


def test_end_from_our_side_leaves_it_to_the_group(counsellor, space):
    ending.end(by=a_coordinator(), agreement=in_force(a_coordinator(), spaces=[space]))
    space = change_space(by=a_coordinator(), space=space, link_policy="yes")

    assert ask(counsellor, space).verdict == "yes"


@pytest.mark.parametrize(("state", "verdict"), [("limited", "ask"), ("suspended", "no"), ("retired", "ask")])
def test_profile_in_trouble_stands_against_a_yes(counsellor, space, state, verdict):
    in_force(a_coordinator(), spaces=[space])
    move_profile(by=counsellor, profile=Profile.objects.get(staff=counsellor), state=state)

    assert ask(counsellor, space).verdict == verdict


def test_another_profile_that_works_is_enough(counsellor, space):
    in_force(a_coordinator(), spaces=[space])
    move_profile(by=counsellor, profile=Profile.objects.get(staff=counsellor), state="suspended")
    a_profile(staff=None, platform=a_space_platform(), address="https://www.facebook.com/netz")

    assert ask(counsellor, space).verdict == "yes"


def test_right_for_somebody_elses_profile_is_asked_about(counsellor, community, space):
    agreement = in_force(a_coordinator(), spaces=[space])
    colleague = a_counsellor(community)
    theirs = a_profile(staff=colleague, platform=a_space_platform(), address="https://www.facebook.com/rana.netz")
    right = the_right(agreement)
    change_right(by=a_coordinator(), right=right, version=right.version, how="", profile=theirs)

    assert ask(counsellor, space).verdict == "ask"
    assert ask(colleague, space).verdict == "yes"


def test_without_a_profile_on_the_platform_one_asks_first(community, space):
    in_force(a_coordinator(), spaces=[space])

    assert ask(a_counsellor(community), space).verdict == "ask"


def test_lost_group_is_a_no(counsellor, space):
    space = change_space(by=a_coordinator(), space=space, link_policy="yes")
    space = move_space(by=a_coordinator(), space=space, state="lost", reason="Gelöscht")

    assert ask(counsellor, space).verdict == "no"


def test_ended_right_counts_no_more(counsellor, space):
    agreement = in_force(a_coordinator(), spaces=[space], rights=("links", "pin"))
    end_right(by=a_coordinator(), right=agreement.rights.get(right_kind="links"))

    assert ask(counsellor, space).verdict == "ask"
    assert ask(counsellor, space, "pin").verdict == "yes"


def test_approval_and_women_only_are_said_beside_a_yes(counsellor, space):
    in_force(a_coordinator(), spaces=[space])
    space = change_space(by=a_coordinator(), space=space, post_approval="yes", women_only=True)

    assert len(ask(counsellor, space).reasons) == 3


def test_groups_used_last_are_offered_first(counsellor, community):
    quiet, used = a_space(community), a_space(community)
    a_space(community)  # found, and nothing agreed
    for one in (quiet, used):
        in_force(a_coordinator(), spaces=[one])
    note_use(by=counsellor, right=GrantedRight.objects.get(space=used))

    assert asked_about(counsellor, most=10) == [used, quiet]
    assert asked_about(a_counsellor(), most=10) == []


def test_many_groups_cost_no_more_queries(counsellor, community, django_assert_num_queries):
    spaces = [a_space(community) for _ in range(6)]
    for one in spaces[:3]:
        in_force(a_coordinator(), spaces=[one])

    with django_assert_num_queries(4):
        grounds(counsellor, spaces)
    with django_assert_num_queries(4):
        grounds(counsellor, spaces[:1])
