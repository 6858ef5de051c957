"""The screen a counsellor opens before she posts, and what of it stays on her phone."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import network as make
from tests.factories.agreements import a_leader, in_force
from treffpunkt.agreements.models import GrantedRight, Use
from treffpunkt.network.services.spaces import change_space

MAY_I = "/access/may-i/"


@pytest.fixture
def space(arabic):
    """Give a group in which links were agreed on."""
    space = make.a_space(arabic, name="نساء برلين", short_name="Frauen Berlin", rules="Keine Werbung.")
    in_force(make.a_coordinator(), spaces=[space], language="de")
    return space


@pytest.fixture
def profile(counsellor):
    """Give the counsellor's profile on Facebook."""
    return make.a_profile(staff=counsellor, platform=make.a_platform(), address="https://www.facebook.com/hala.netz")


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_answer_stands_in_the_list_and_on_one_screen(counselling, space, profile):
    assert "Yes" in text_of(counselling, MAY_I)

    shown = text_of(counselling, f"{MAY_I}{space.pk}/")

    assert re.search(r'class="verdict kind-good', shown)
    assert "Keine Werbung." in shown
    assert profile.name in shown


def test_group_is_found_by_a_few_letters(counselling, space):
    make.a_space(*space.communities.all(), name="Anderes")

    shown = text_of(counselling, f"{MAY_I}?q=frauen+berl")

    assert f'href="{space.pk}/"' in shown
    assert "No group is called like that" in text_of(counselling, f"{MAY_I}?q=xxxxxx")


def test_tap_after_posting_proves_the_right(counselling, space):
    right = GrantedRight.objects.get()
    mark = re.search(r'name="mark" value="([^"]+)"', text_of(counselling, f"{MAY_I}{space.pk}/"))[1]

    for _ in range(2):
        response = counselling.post(f"/access/rights/{right.pk}/note/", {"works": "yes", "mark": mark})

    assert response["Location"] == f"{MAY_I}{space.pk}/"
    right.refresh_from_db()
    assert (right.state, Use.objects.count()) == ("working", 1)


def test_failure_turns_the_answer(counselling, space, profile):
    right = GrantedRight.objects.get()

    counselling.post(f"/access/rights/{right.pk}/note/", {"works": "no"})

    assert "verdict kind-attention" in text_of(counselling, f"{MAY_I}{space.pk}/")
    counselling.post(f"/access/rights/{right.pk}/note/", {"works": "perhaps"})
    assert Use.objects.count() == 1


def test_group_of_another_community_is_not_found(browser_of, space):
    foreign = browser_of(make.a_counsellor())

    assert foreign.get(f"{MAY_I}{space.pk}/").status_code == 404
    assert "Frauen Berlin" not in text_of(foreign, MAY_I)
    assert foreign.post(f"/access/rights/{GrantedRight.objects.get().pk}/note/", {"works": "no"}).status_code == 404


def test_who_does_not_counsel_has_no_such_page(browser_of):
    for role in ("legal_reviewer", "system_administrator"):
        assert browser_of(make.a_member_of_staff(role)).get(MAY_I).status_code == 403


def test_pocket_names_nobody_who_leads_a_group(counselling, arabic):
    group = make.a_space(arabic, name="Gruppe von Rana Khalil", short_name="")
    profile = make.a_space(arabic, name="Mona Saab", space_kind="profile", platform=make.a_platform("instagram"))
    for space in (group, profile):
        leader = a_leader(space, name="Rana Khalil" if space == group else "Mona Saab")
        in_force(make.a_coordinator(), leader, spaces=[space])
    change_space(by=make.a_coordinator(), space=group, rules="Frag Rana Khalil, dann poste.")

    shown = text_of(counselling, f"{MAY_I}pocket/")

    assert "Rana" not in shown
    assert "Mona Saab" not in shown
    assert "Frag …" in shown
    assert shown.count("data-group=") == 2
    assert "As of" in shown


def test_worker_is_a_script_that_sees_only_these_pages(client, counselling):
    response = client.get(f"{MAY_I}worker.js")

    assert response["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in response


def test_queries_do_not_grow_with_groups(counselling, arabic):
    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            text_of(counselling, address)
        quiet = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
        return sum(
            1
            for one in captured.captured_queries
            if not one["sql"].startswith(quiet) and "set_config" not in one["sql"]
        )

    in_force(make.a_coordinator(), spaces=[make.a_space(arabic)])
    text_of(counselling, MAY_I)
    once = {address: queries(address) for address in (MAY_I, f"{MAY_I}pocket/")}
    for _ in range(7):
        in_force(make.a_coordinator(), spaces=[make.a_space(arabic)])

    assert {address: queries(address) for address in once} == once
    assert max(once.values()) <= 10
