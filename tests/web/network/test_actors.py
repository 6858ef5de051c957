"""People: the list, a person's page, how to reach them, what is stored about them."""

from __future__ import annotations

import json

from tests.factories import network as make
from treffpunkt.network.models import Actor, Channel, Pick
from treffpunkt.network.services.actors import add_channel, change_actor
from treffpunkt.network.services.plan import renew_plan
from treffpunkt.network.services.spaces import move_space
from treffpunkt.tasks.services import create_task

LIST = "/network/people/"


def at(actor: Actor, more: str = "") -> str:
    return f"/network/people/{actor.pk}/{more}"


def test_list_shows_people_of_own_communities(counselling, arabic, french):
    make.an_actor(make.a_space(arabic, members=23400), name="ليلى حداد")
    make.an_actor(make.a_space(french), name="Aïcha Ndiaye")

    page = counselling.get(LIST).content.decode()

    assert '<bdi dir="rtl">ليلى حداد</bdi>' in page
    assert "23\u202f400" in page
    assert "Aïcha" not in page


def test_list_finds_people_by_name_and_narrows(counselling, arabic):
    space = make.a_space(arabic)
    make.an_actor(space, name="Layla Haddad", languages=["ar"])
    make.an_actor(space, name="Huda Mansour")

    for asked in ({"q": "layla"}, {"language": "ar"}):
        page = counselling.get(LIST, asked).content.decode()
        assert "Layla Haddad" in page
        assert "Huda Mansour" not in page


def test_thirty_people_cost_as_many_queries_as_one(counselling, arabic, django_assert_max_num_queries):
    make.an_actor(make.a_space(arabic))
    counselling.get(LIST)
    with django_assert_max_num_queries(14) as one:
        counselling.get(LIST)
    for _ in range(29):
        make.an_actor(make.a_space(arabic))
    with django_assert_max_num_queries(len(one)):
        page = counselling.get(LIST).content.decode()
    assert page.count("<tr>") == 31


def test_page_of_a_person_of_others_does_not_exist(counselling, french):
    actor = make.an_actor(make.a_space(french))

    for page in ("", "edit/", "standing/", "channels/add/", "roles/add/", "stored/", "erase/"):
        assert counselling.get(at(actor, page)).status_code == 404
    assert counselling.post(at(actor, "stored/export/")).status_code == 404


def test_page_shows_roles_channels_tasks_and_promises(counselling, counsellor, arabic):
    space = make.a_space(arabic, name="نساء برلين", members=23400)
    actor = make.an_actor(space, name="Layla Haddad")
    add_channel(by=counsellor, actor=actor, channel_kind="telegram", value="layla_h", preferred=True)
    create_task(by=counsellor, title="Anrufen", owner=counsellor, about=actor)
    create_task(by=counsellor, title="Schickt die Regeln", owner=counsellor, promised_by=actor)

    page = counselling.get(at(actor)).content.decode()

    assert "نساء برلين" in page
    assert "only admin" in page
    assert "layla_h" in page
    assert "preferred" in page
    assert (
        page.index("To be done") < page.index("Anrufen") < page.index("Promised us") < page.index("Schickt die Regeln")
    )
    assert "No safe way" not in page


def test_person_without_a_safe_channel_is_noticed(counselling, counsellor, arabic):
    actor = make.an_actor(make.a_space(arabic))
    add_channel(by=counsellor, actor=actor, channel_kind="mail", value="a@example.org", safe=False)

    page = counselling.get(at(actor)).content.decode()

    assert "No safe way to reach them." in page
    assert "not safe" in page


def test_person_is_entered_with_the_language_we_write_in_first(counselling, counsellor):
    make.a_language("ar")
    make.a_language("de")

    response = counselling.post(
        LIST + "add/",
        {
            "name": "Layla",
            "actor_kind": "administrator",
            "first_language": "de",
            "languages": ["ar", "de"],
            "owner": counsellor.pk,
        },
    )

    actor = Actor.objects.get()
    assert response["Location"] == at(actor, "channels/add/")
    assert (actor.languages, actor.owner) == (["de", "ar"], counsellor)


def test_person_needs_a_name_or_a_handle(counselling):
    response = counselling.post(LIST + "add/", {"actor_kind": "administrator"})

    assert response.status_code == 422
    assert "A name or a handle is needed." in response.content.decode()


def test_stale_form_of_a_person_loses_nothing(counselling, coordinator, arabic):
    actor = make.an_actor(make.a_space(arabic), name="Alt")
    change_actor(by=coordinator, actor=actor, note="von anderen")
    values = {"name": "Neu", "actor_kind": "administrator", "version": actor.version, "note": "von mir"}

    page = counselling.post(at(actor, "edit/"), values).content.decode()

    assert "von anderen" in page
    assert "von mir" in page


def test_channel_is_added_and_removed(counselling, arabic):
    actor = make.an_actor(make.a_space(arabic))

    wrong = counselling.post(at(actor, "channels/add/"), {"channel_kind": "mail", "value": "keine Adresse"})
    assert wrong.status_code == 422
    counselling.post(at(actor, "channels/add/"), {"channel_kind": "mail", "value": "layla@Example.org", "safe": "on"})
    channel = Channel.objects.get(actor=actor)
    assert (channel.value, channel.safe, channel.preferred) == ("layla@example.org", True, False)

    counselling.post(f"/network/channels/{channel.pk}/remove/")
    assert not Channel.objects.exists()


def test_channels_of_others_cannot_be_removed(counselling, coordinator, french):
    actor = make.an_actor(make.a_space(french))
    channel = add_channel(by=coordinator, actor=actor, channel_kind="mail", value="a@example.org")

    assert counselling.post(f"/network/channels/{channel.pk}/remove/").status_code == 404
    assert Channel.objects.exists()


def test_role_is_added_by_the_address_of_the_group(counselling, counsellor, arabic):
    actor = make.an_actor(by=counsellor)
    space = make.a_space(arabic, address="https://www.facebook.com/groups/4711")

    counselling.post(at(actor, "roles/add/"), {"where": "m.facebook.com/groups/4711", "role": "moderator"})

    assert make.role_of(actor, space).role == "moderator"


def test_unknown_group_is_said(counselling, counsellor):
    actor = make.an_actor(by=counsellor)

    response = counselling.post(at(actor, "roles/add/"), {"where": "Nirgendwo", "role": "moderator"})

    assert response.status_code == 422


def test_standing_is_put_right(counselling, arabic):
    actor = make.an_actor(make.a_space(arabic))

    counselling.post(at(actor, "standing/"), {"standing": "won"})

    actor.refresh_from_db()
    assert actor.standing == "won"


def test_what_is_stored_is_handed_out_as_a_file(coordination, arabic):
    actor = make.an_actor(make.a_space(arabic, name="نساء برلين"), name="ليلى حداد")

    assert coordination.get(at(actor, "stored/export/")).status_code == 405
    response = coordination.post(at(actor, "stored/export/"))

    values = json.loads(response.content)
    assert (values["name"], values["roles"][0]["in"]) == ("ليلى حداد", "نساء برلين")
    assert "attachment" in response["Content-Disposition"]
    assert "ليلى" not in response["Content-Disposition"]


def test_erasing_says_what_goes_and_asks_first(coordination, coordinator, arabic):
    actor = make.an_actor(make.a_space(arabic), name="Layla Haddad")
    add_channel(by=coordinator, actor=actor, channel_kind="mail", value="a@example.org")
    make.a_contact(coordinator, actor=actor)

    page = coordination.get(at(actor, "erase/")).content.decode()
    assert "1 channel<" in page
    assert "1 role in a group" in page
    assert coordination.post(at(actor, "erase/"), {}).status_code == 422

    coordination.post(at(actor, "erase/"), {"sure": "on"})
    actor.refresh_from_db()
    assert actor.erased_at is not None
    page = coordination.get(at(actor)).content.decode()
    assert "This person was erased" in page
    assert "Layla" not in page


def test_counsellor_may_not_erase(counselling, arabic):
    actor = make.an_actor(make.a_space(arabic))

    assert counselling.get(at(actor, "erase/")).status_code == 403


def test_plan_says_in_words_why_somebody_is_next(coordination, arabic):
    actor = make.an_actor(make.a_space(arabic, members=118_400), make.a_space(arabic, members=1_000), name="Layla")
    renew_plan()

    page = coordination.get(LIST + "next/").content.decode()

    assert "reaches about 120\u202f000 members in 2 groups where we have no access" in page
    assert f"?actor={actor.pk}" in page


def test_plan_is_of_own_communities_only(counselling, arabic, french):
    make.an_actor(make.a_space(arabic, members=10), name="Layla")
    make.an_actor(make.a_space(french, members=99), name="Aïcha")
    renew_plan()

    page = counselling.get(LIST + "next/").content.decode()
    assert "Layla" in page
    assert "Aïcha" not in page
    assert "Aïcha" not in counselling.get(LIST + "next/", {"community": french.pk}).content.decode()


def test_who_was_contacted_leaves_the_plan_at_once(counselling, counsellor, arabic):
    actor = make.an_actor(make.a_space(arabic, members=10), name="Layla")
    renew_plan()
    make.a_contact(counsellor, actor=actor, outcome="talked")

    assert Pick.objects.exists()
    assert "Layla" not in counselling.get(LIST + "next/").content.decode()


def test_groups_of_others_are_not_named_on_a_shared_person(counselling, arabic, french):
    actor = make.an_actor(make.a_space(arabic, name="Unsere Gruppe"), make.a_space(french, name="Fremde Gruppe"))

    page = counselling.get(at(actor)).content.decode()

    assert "Unsere Gruppe" in page
    assert "Fremde Gruppe" not in page


def test_first_message_names_a_group_of_ours_that_lives(counselling, counsellor, arabic, french):
    gone = make.a_space(arabic, name="Alte Gruppe", members=5000)
    move_space(by=counsellor, space=gone, state="lost", reason="gelöscht")
    foreign = make.a_space(french, name="Fremde Gruppe", members=9000)
    actor = make.an_actor(foreign, gone, make.a_space(arabic, name="Unsere Gruppe", members=100))

    page = counselling.get(at(actor, "message/")).content.decode()

    assert "Unsere Gruppe" in page
    assert "Fremde Gruppe" not in page
    assert "Alte Gruppe" not in page


def test_groups_of_others_are_not_counted_in_the_list(counselling, coordination, arabic, french):
    make.an_actor(make.a_space(arabic), make.a_space(french), name="Layla Haddad")

    assert 'data-label="Groups">1<' in counselling.get(LIST).content.decode()
    assert 'data-label="Groups">2<' in coordination.get(LIST).content.decode()
