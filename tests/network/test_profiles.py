"""Professional profiles: whose they are, what became of them, and what anybody is told."""

from __future__ import annotations

import pytest
from uuid_utils.compat import uuid7

from tests.factories.network import a_coordinator, a_counsellor, a_member_of_staff, a_platform, a_profile
from treffpunkt.core.errors import DomainError, Forbidden, Stale
from treffpunkt.journal.models import Entry
from treffpunkt.network import rules
from treffpunkt.network.checking import Verdict, check
from treffpunkt.network.models import Profile
from treffpunkt.network.services.profiles import change_profile, create_profile, hand_over_profiles, move_profile

pytestmark = pytest.mark.django_db


def test_counsellor_enters_her_own_profile():
    counsellor, other = a_counsellor(), a_counsellor()

    made = create_profile(
        by=counsellor, name="Hala", platform=a_platform("instagram"), address="@Hala.Netz", staff=other
    )

    assert made.staff == counsellor
    assert made.address == "https://www.instagram.com/hala.netz"
    assert made.state == "active"
    assert Entry.objects.get(verb="profile.created").subject_id == made.pk


def test_coordination_enters_the_teams_profile():
    made = create_profile(by=a_coordinator(), name="Netz", platform=a_platform("instagram"), address="@netz")

    assert made.staff is None


def test_the_same_form_twice_enters_one_profile():
    counsellor, pk = a_counsellor(), uuid7()
    values = {"by": counsellor, "id": pk, "name": "Hala", "platform": a_platform("instagram"), "address": "@hala"}

    assert create_profile(**values) == create_profile(**values)
    assert Profile.objects.count() == 1


@pytest.mark.parametrize("address", ["https://www.instagram.com/HALA/?igsh=x", "https://www.facebook.com/100012345"])
def test_no_profile_is_entered_twice_by_any_of_its_addresses(address):
    a_profile(address="https://www.instagram.com/hala", also=["https://www.facebook.com/profile.php?id=100012345"])

    with pytest.raises(DomainError):
        create_profile(by=a_coordinator(), name="Noch eine", platform=a_platform("facebook"), address=address)


@pytest.mark.parametrize("address", ["", "https://www.facebook.com/share/1AbC/", "zwei Wörter"])
def test_an_address_that_tells_no_profile_is_refused(address):
    with pytest.raises(DomainError):
        create_profile(by=a_coordinator(), name="Hala", platform=a_platform(), address=address)


def test_counsellors_see_their_own_and_the_teams():
    hala, esther = a_counsellor(), a_counsellor()
    hers, others, team = a_profile(staff=hala), a_profile(staff=esther), a_profile()

    assert set(rules.viewable_profiles(hala)) == {hers, team}
    assert set(rules.viewable_profiles(a_coordinator())) == {hers, others, team}
    assert not rules.viewable_profiles(a_member_of_staff("legal_reviewer")).exists()
    assert not rules.viewable_profiles(a_member_of_staff("system_administrator")).exists()


def test_counsellor_neither_changes_others_nor_gives_hers_away():
    hala, esther = a_counsellor(), a_counsellor()
    hers, others = a_profile(staff=hala), a_profile(staff=esther)

    with pytest.raises(Forbidden):
        change_profile(by=hala, profile=others, name="Neu")
    with pytest.raises(Forbidden):
        move_profile(by=hala, profile=others, state="retired")
    with pytest.raises(Forbidden):
        change_profile(by=hala, profile=hers, staff=esther)
    assert change_profile(by=hala, profile=hers, name="Neu").name == "Neu"


def test_two_who_change_a_profile_at_once_are_told():
    profile, by = a_profile(), a_coordinator()
    change_profile(by=by, profile=profile, version=1, name="Eins")

    with pytest.raises(Stale):
        change_profile(by=by, profile=profile, version=1, name="Zwei")


def test_states_move_as_declared():
    profile, by = a_profile(), a_coordinator()
    for state in ("limited", "suspended", "active", "retired", "active"):
        assert move_profile(by=by, profile=profile, state=state).state == state
    move_profile(by=by, profile=profile, state="retired")

    with pytest.raises(DomainError):
        move_profile(by=by, profile=profile, state="limited")


def test_profiles_of_a_colleague_who_leaves_are_retired_or_handed_over():
    by, leaver, stays = a_coordinator(), a_counsellor(), a_counsellor()
    kept, retired, foreign = a_profile(staff=leaver), a_profile(staff=leaver), a_profile(staff=stays)

    assert hand_over_profiles(by=by, leaver=leaver, to=stays, ids=[kept.pk, foreign.pk]) == 1
    assert hand_over_profiles(by=by, leaver=leaver, to=None) == 1
    with pytest.raises(Forbidden):
        hand_over_profiles(by=stays, leaver=stays, to=None)

    kept.refresh_from_db()
    retired.refresh_from_db()
    assert (kept.staff, kept.state) == (stays, "active")
    assert (retired.staff, retired.state) == (leaver, "retired")


@pytest.mark.parametrize(
    ("state", "verdict"),
    [("active", "ours"), ("limited", "ours"), ("suspended", "suspended"), ("retired", "retired")],
)
def test_anybody_is_told_what_a_profile_is(state, verdict):
    profile = a_profile(address="https://www.instagram.com/hala.netz")
    if state != "active":
        move_profile(by=a_coordinator(), profile=profile, state=state)

    answer = check("Ist das echt? https://instagram.com/Hala.Netz/?igsh=abc")

    assert (answer.verdict, answer.profiles) == (verdict, (profile,))
    assert not answer.bare


def test_what_is_not_ours_is_said_to_be_not_ours():
    a_profile(address="https://www.instagram.com/hala.netz")

    for pasted in ("https://www.instagram.com/hala_netz", "https://www.facebook.com/hala.netz", "@nobody"):
        assert check(pasted).verdict == Verdict.NOT_OURS


def test_every_address_of_a_profile_is_known():
    profile = a_profile(address="https://www.facebook.com/hala", also=["https://www.facebook.com/100012345"])

    assert check("https://www.facebook.com/groups/9/user/100012345/").profiles == (profile,)


def test_a_bare_handle_is_answered_with_the_platforms_it_is_ours_on(django_assert_num_queries):
    profile = a_profile(address="https://www.instagram.com/hala.netz")

    with django_assert_num_queries(1):
        answer = check("@hala.netz")

    assert (answer.verdict, answer.profiles, answer.bare) == (Verdict.OURS, (profile,), True)
    assert check("bit.ly/x").verdict == Verdict.HIDDEN
    assert check("hallo du").verdict == Verdict.UNREADABLE
