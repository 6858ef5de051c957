"""The pages of professional profiles."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import network as make
from treffpunkt.network.models import Profile

LIST = "/network/profiles/"


def test_counsellor_enters_her_profile_with_a_pasted_link(counselling, counsellor):
    platform = make.a_platform("instagram")

    response = counselling.post(
        f"{LIST}add/", {"platform": platform.pk, "address": "@Hala.Netz", "name": "Hala", "also": "facebook.com/hala\n"}
    )

    profile = Profile.objects.get()
    assert response["Location"] == f"{LIST}{profile.pk}/"
    assert (profile.staff, profile.address) == (counsellor, "https://www.instagram.com/hala.netz")
    assert profile.also == ["https://www.facebook.com/hala"]
    assert "Yes, it is ours." in counselling.get(f"{LIST}{profile.pk}/").content.decode()


def test_what_tells_no_profile_is_said_beside_the_field(counselling):
    values = {
        "platform": make.a_platform().pk,
        "address": "facebook.com/share/1Ab/",
        "name": "Hala",
        "also": "zwei Wörter",
    }

    response = counselling.post(f"{LIST}add/", values)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"address", "also"}


def test_coordination_gives_a_profile_to_a_colleague(coordination, counsellor):
    profile = make.a_profile()
    form = coordination.get(f"{LIST}{profile.pk}/edit/").context["form"]
    values = {field.name: field.value() or "" for field in form} | {"staff": counsellor.pk, "also": ""}

    coordination.post(f"{LIST}{profile.pk}/edit/", values)

    profile.refresh_from_db()
    assert profile.staff == counsellor


def test_counsellor_is_not_asked_whose_it_is(counselling, counsellor):
    profile = make.a_profile(staff=counsellor)

    assert "staff" not in counselling.get(f"{LIST}{profile.pk}/edit/").context["form"].fields


def test_profile_of_another_is_not_found(counselling):
    profile = make.a_profile(staff=make.a_counsellor(), name="Fremdes Profil")

    assert "Fremdes Profil" not in counselling.get(LIST).content.decode()
    for path in ("", "edit/", "state/"):
        assert counselling.get(f"{LIST}{profile.pk}/{path}").status_code == 404


def test_blocked_profile_is_moved_and_said_to_be_so(counselling, counsellor):
    profile = make.a_profile(staff=counsellor)

    counselling.post(f"{LIST}{profile.pk}/state/", {"state": "suspended"})

    profile.refresh_from_db()
    assert profile.state == "suspended"
    assert "blocked it" in counselling.get(f"{LIST}{profile.pk}/").content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_list_asks_the_database_as_often_for_one_as_for_thirty(coordination, number):
    for _one in range(number):
        make.a_profile(staff=make.a_counsellor())
    coordination.get(LIST)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = coordination.get(LIST)

    assert len(page.context["used"]) == number
    assert len(asked) < 8
