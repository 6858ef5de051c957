"""Organisations, communities and the network at a glance."""

from __future__ import annotations

from tests.factories import network as make
from treffpunkt.network.models import Community, Organisation, Role
from treffpunkt.network.services.organisations import change_organisation
from treffpunkt.network.services.plan import renew_plan

ORGANISATIONS = "/network/organisations/"
COMMUNITIES = "/network/communities/"


def test_organisation_is_entered_with_what_it_does_in_each_language(counselling, arabic):
    response = counselling.post(
        ORGANISATIONS + "add/",
        {
            "name": "Beratungsstelle Ankommen",
            "website": "example.org/ankommen",
            "communities": [arabic.pk],
            "purpose_de": "Berät zu Aufenthalt.",
            "purpose_ar": "تقدّم المشورة في الإقامة.",
        },
    )

    organisation = Organisation.objects.get()
    assert response["Location"] == f"{ORGANISATIONS}{organisation.pk}/"
    assert organisation.purpose == {"de": "Berät zu Aufenthalt.", "ar": "تقدّم المشورة في الإقامة."}
    page = counselling.get(response["Location"]).content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert "تقدّم المشورة" in page


def test_list_of_organisations_costs_the_same_for_thirty(counselling, arabic, django_assert_max_num_queries):
    make.an_organisation(arabic)
    counselling.get(ORGANISATIONS)
    with django_assert_max_num_queries(12) as one:
        counselling.get(ORGANISATIONS)
    for _ in range(29):
        make.an_organisation(arabic)
    with django_assert_max_num_queries(len(one)):
        page = counselling.get(ORGANISATIONS).content.decode()
    assert page.count("<tr>") == 31


def test_organisation_of_others_does_not_exist(counselling, french):
    organisation = make.an_organisation(french)

    for page in ("", "edit/", "people/add/"):
        assert counselling.get(f"{ORGANISATIONS}{organisation.pk}/{page}").status_code == 404


def test_contact_person_is_entered(counselling, arabic):
    organisation = make.an_organisation(arabic)

    counselling.post(f"{ORGANISATIONS}{organisation.pk}/people/add/", {"name": "Jonas Weber", "role": "contact"})

    role = Role.objects.get(organisation=organisation)
    assert (role.actor.name, role.actor.actor_kind, role.role) == ("Jonas Weber", "contact", "contact")


def test_stale_form_of_an_organisation_shows_both(counselling, coordinator, arabic):
    organisation = make.an_organisation(arabic, name="Alt", purpose={"de": "Alt."})
    change_organisation(by=coordinator, organisation=organisation, purpose={"de": "Von anderen."})

    response = counselling.post(
        f"{ORGANISATIONS}{organisation.pk}/edit/",
        {"name": "Alt", "communities": [arabic.pk], "purpose_de": "Von mir.", "version": organisation.version},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Von anderen." in page
    assert "Von mir." in page


def test_communities_are_listed_with_their_figures(coordination, arabic, french, django_assert_max_num_queries):
    make.a_space(arabic, members=1000)
    make.a_space(arabic, members=500)
    coordination.get(COMMUNITIES)

    with django_assert_max_num_queries(12):
        page = coordination.get(COMMUNITIES).content.decode()

    assert "1\u202f500" in page
    assert "not people" in page


def test_community_page_shows_its_largest_groups_and_people(counselling, arabic, french):
    space = make.a_space(arabic, name="نساء برلين", members=23400)
    make.an_actor(space, name="Layla Haddad")

    page = counselling.get(f"{COMMUNITIES}{arabic.pk}/").content.decode()

    assert "نساء برلين" in page
    assert "Layla Haddad" in page
    assert counselling.get(f"{COMMUNITIES}{french.pk}/").status_code == 404


def test_only_coordination_changes_communities(counselling, coordination, counsellor, arabic):
    values = {"name": "Neu", "language": "ar", "countries": "SY, Irak", "counsellors": [counsellor.pk], "version": 1}

    assert counselling.get(f"{COMMUNITIES}{arabic.pk}/edit/").status_code == 403
    assert counselling.get(COMMUNITIES + "add/").status_code == 403
    refused = coordination.post(f"{COMMUNITIES}{arabic.pk}/edit/", values)
    assert refused.status_code == 422
    coordination.post(f"{COMMUNITIES}{arabic.pk}/edit/", values | {"countries": "SY, Iraq"})

    arabic.refresh_from_db()
    assert (arabic.name, arabic.countries) == ("Neu", ["SY", "IQ"])


def test_coordination_makes_a_community(coordination):
    make.a_language("sr")

    response = coordination.post(COMMUNITIES + "add/", {"name": "Serbischsprachige Community", "language": "sr"})

    assert response["Location"] == f"{COMMUNITIES}{Community.objects.get().pk}/"


def test_network_says_at_a_glance_what_may_be_lost(counselling, arabic):
    space = make.a_space(arabic, members=500)
    make.an_actor(space, name="Layla Haddad")
    renew_plan()

    page = counselling.get("/network/").content.decode()

    assert "Layla Haddad" in page
    assert "1 group was not checked for long" in page


def test_network_needs_a_sign_in(client):
    for path in ("", "spaces/", "people/", "people/next/", "organisations/", "communities/", "contacts/add/"):
        response = client.get(f"/network/{path}")
        assert response.status_code == 302
        assert "/login" in response["Location"] or "/sign" in response["Location"]
