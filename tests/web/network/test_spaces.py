"""One space: its page, its form, its state."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import network as make
from treffpunkt.network.models import Role, Space
from treffpunkt.network.services.actors import change_actor
from treffpunkt.network.services.roles import end_role
from treffpunkt.network.services.spaces import change_space
from treffpunkt.tasks.models import Task

ADD = "/network/spaces/add/"


@pytest.fixture(autouse=True)
def vocabulary(db):
    """Have the platforms and languages of these tests."""
    make.a_platform("facebook")
    make.a_platform("telegram")
    make.a_language("ar")


def at(space: Space, more: str = "") -> str:
    return f"/network/spaces/{space.pk}/{more}"


def typed(space: Space | None = None, **changes) -> dict:
    values = {"name": "نساء برلين", "address": "https://www.facebook.com/groups/4711", "language": "ar"}
    if space is not None:
        values |= {
            "name": space.name,
            "address": space.address,
            "platform": space.platform_id,
            "space_kind": space.space_kind,
            "communities": [one.pk for one in space.communities.all()],
            "version": space.version,
        }
    return values | changes


def test_page_of_a_space_of_others_does_not_exist(counselling, french):
    space = make.a_space(french)

    for page in ("", "edit/", "state/", "succession/", "admins/"):
        assert counselling.get(at(space, page)).status_code == 404
    assert counselling.post(at(space, "checked/")).status_code == 404


def test_page_says_what_it_is_and_who_leads_it(counselling, arabic):
    space = make.a_space(
        arabic, name="نساء برلين", short_name="Frauen Berlin", women_only=True, visibility="closed", members=23400
    )
    make.an_actor(space, name="Layla Haddad")
    make.an_actor(space, name="Huda Mansour")

    page = counselling.get(at(space)).content.decode()

    assert "Facebook group, closed, women only" in page
    assert "23\u202f400 members" in page
    assert "Layla Haddad" in page
    assert 'rel="noopener noreferrer"' in page
    assert "Only one admin" not in page


def test_only_administrator_is_a_notice_and_becomes_a_task(counselling, counsellor, arabic):
    space = make.a_space(arabic, short_name="Frauen Berlin")
    make.an_actor(space, name="Layla Haddad")

    page = counselling.get(at(space)).content.decode()
    assert "Only one admin." in page
    assert "Layla Haddad" in page

    form = counselling.get(at(space, "succession/")).context["form"]
    counselling.post(
        at(space, "succession/"), {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
    )

    task = Task.objects.get()
    assert task.title == "Settle the succession: Frauen Berlin"
    assert (task.owner, task.about_id) == (counsellor, space.pk)
    assert task.title in counselling.get(at(space)).content.decode()


def test_leaving_administrator_is_named_with_the_day(counselling, arabic):
    space = make.a_space(arabic)
    actor = make.an_actor(space, name="Layla Haddad")
    end_role(by=make.a_coordinator(), role=make.role_of(actor, space), until=date(2999, 1, 31))

    assert "who stops on" in counselling.get(at(space)).content.decode()


def test_machine_is_no_administrator_who_could_take_over(counselling, arabic):
    space = make.a_space(arabic)
    machine = make.an_actor(space, name="Willkommensbot")
    make.an_actor(space, name="Layla Haddad")
    change_actor(by=make.a_coordinator(), actor=machine, not_a_person=True)

    page = counselling.get(at(space))

    assert page.context["single"].actor.name == "Layla Haddad"
    assert "Willkommensbot" in page.content.decode()

    end_role(by=make.a_coordinator(), role=page.context["single"])
    assert counselling.get(at(space)).context["nobody"]


def test_many_roles_cost_as_many_queries_as_one(counselling, arabic, django_assert_max_num_queries):
    space = make.a_space(arabic)
    make.an_actor(space)
    counselling.get(at(space))
    with django_assert_max_num_queries(16) as one:
        counselling.get(at(space))
    for _ in range(20):
        make.an_actor(space)
    with django_assert_max_num_queries(len(one)):
        counselling.get(at(space))


def test_pasted_address_says_platform_and_kind(counselling, arabic):
    response = counselling.post(
        ADD, typed(address="https://m.facebook.com/groups/4711/?ref=share", communities=[arabic.pk])
    )

    space = Space.objects.get()
    assert response["Location"] == at(space)
    assert (space.address, space.platform_id, space.space_kind) == (
        "https://www.facebook.com/groups/4711",
        "facebook",
        "group",
    )


def test_form_sent_twice_makes_one_space(counselling, arabic):
    form = counselling.get(ADD).context["form"]
    values = typed(id=str(form["id"].value()), communities=[arabic.pk])

    counselling.post(ADD, values)
    counselling.post(ADD, values)

    assert Space.objects.count() == 1


def test_known_address_leads_to_the_space_we_have(counselling, arabic):
    known = make.a_space(arabic, name="Schon da", address="https://www.facebook.com/groups/4711")

    response = counselling.post(ADD, typed(name="Noch einmal", communities=[arabic.pk]))

    assert response.status_code == 422
    page = response.content.decode()
    assert at(known) in page
    assert 'value="Noch einmal"' in page
    assert Space.objects.count() == 1


def test_known_address_of_others_names_nothing(counselling, arabic, french):
    known = make.a_space(french, name="Geheimer Name", address="https://www.facebook.com/groups/4711")

    page = counselling.post(ADD, typed(communities=[arabic.pk])).content.decode()

    assert "Geheimer Name" not in page
    assert str(known.pk) not in page


def test_address_is_looked_at_while_typing(counselling, arabic):
    known = make.a_space(arabic, name="Frauen in Berlin", address="https://www.facebook.com/groups/1")

    page = counselling.post(
        "/network/spaces/recognised/", {"address": "https://t.me/frauen_berlin", "name": "Frauen Berlin"}
    ).content.decode()

    assert '<option value="telegram" selected>' in page
    assert at(known) in page
    assert "<html" not in page


def test_address_that_cannot_be_is_said_while_typing(counselling):
    page = counselling.post("/network/spaces/recognised/", {"address": "javascript:alert(1)"}).content.decode()

    assert "https://" in page
    assert 'class="field-error"' in page


def test_stale_form_shows_both_texts_and_loses_nothing(counselling, coordinator, arabic):
    space = make.a_space(arabic, name="Alter Name")
    mine = typed(space, name="Mein Name")
    change_space(by=coordinator, space=space, name="Name der anderen")

    response = counselling.post(at(space, "edit/"), mine)

    assert response.status_code == 422
    page = response.content.decode()
    assert "Name der anderen" in page
    assert 'value="Mein Name"' in page
    space.refresh_from_db()
    assert space.name == "Name der anderen"

    again = response.context["form"]
    counselling.post(at(space, "edit/"), mine | {"version": again.data["version"]})
    space.refresh_from_db()
    assert space.name == "Mein Name"


def test_state_is_changed_with_a_reason(counselling, arabic):
    space = make.a_space(arabic)

    refused = counselling.post(at(space, "state/"), {"state": "lost", "reason": ""})
    assert refused.status_code == 422
    counselling.post(at(space, "state/"), {"state": "lost", "reason": "Gelöscht."})

    space.refresh_from_db()
    assert (space.state, space.state_reason) == ("lost", "Gelöscht.")
    assert "Gelöscht." in counselling.get(at(space)).content.decode()


def test_looking_in_is_one_tap(counselling, arabic):
    space = make.a_space(arabic)

    assert counselling.get(at(space, "checked/")).status_code == 405
    counselling.post(at(space, "checked/"))

    space.refresh_from_db()
    assert space.checked_at is not None


def test_new_administrator_is_entered_and_leads(counselling, arabic):
    space = make.a_space(arabic)

    counselling.post(at(space, "admins/"), {"name": "@layla_h", "role": "administrator", "evidence": "steht dort"})

    role = Role.objects.get(space=space)
    assert (role.actor.handle, role.role) == ("layla_h", "administrator")


def test_somebody_known_is_offered_before_a_new_one_is_made(counselling, arabic):
    other = make.a_space(arabic)
    known = make.an_actor(other, name="Layla Haddad")
    make.an_actor(other, name="Leyla Hadad")
    space = make.a_space(arabic)
    values = {"name": "Layla Hadad", "role": "administrator"}

    page = counselling.post(at(space, "admins/"), values)
    assert f"network.actor:{known.pk}" in page.content.decode()
    assert not Role.objects.filter(space=space).exists()

    counselling.post(at(space, "admins/"), values | {"chosen": f"network.actor:{known.pk}"})
    assert Role.objects.get(space=space).actor == known


def test_role_ends_and_stays_known(counselling, arabic):
    space = make.a_space(arabic)
    actor = make.an_actor(space)
    role = make.role_of(actor, space)

    counselling.post(f"/network/roles/{role.pk}/end/", {"until": "2024-05-01"})

    role.refresh_from_db()
    assert role.until == date(2024, 5, 1)


def test_legal_reviewer_may_not_enter_spaces(browser_of):
    client = browser_of(make.a_member_of_staff("legal_reviewer"))

    assert client.get(ADD).status_code == 403
