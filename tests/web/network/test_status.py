"""Status work: two taps from everywhere, taking one back, people by standing, first messages, the rhythm."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import network as make
from treffpunkt.core.clock import today
from treffpunkt.network.models import Actor, Contact, Space
from treffpunkt.network.services.profiles import move_profile

ADD, BOARD = "/network/contacts/add/", "/network/people/board/"
SHEET = {"HX-Request": "true", "HX-Target": "sheet-body"}


def tap(client, actor, outcome="talked", **more):
    values = {"id": str(uuid4()), "chosen": f"network.actor:{actor.pk}", "outcome": outcome, "next": "/network/people/"}
    return client.post(ADD, values | more)


def test_the_first_tap_opens_the_outcomes_over_the_page(counselling, arabic):
    actor = make.an_actor(make.a_space(arabic), name="Layla Haddad")

    listed = counselling.get("/network/people/").content.decode()
    assert f'hx-get="{ADD}?actor={actor.pk}&amp;next=/network/people/"' in listed
    sheet = counselling.get(ADD, {"actor": actor.pk, "next": "/network/people/"}, headers=SHEET).content.decode()

    assert "<html" not in sheet
    assert "Layla Haddad" in sheet
    assert sheet.count('name="outcome"') == 7
    assert "again in 14 days" in sheet
    assert f"/network/people/{actor.pk}/message/" in sheet


def test_the_second_tap_saves_and_says_when_it_is_due_again(counselling, arabic):
    actor = make.an_actor(make.a_space(arabic))

    response = tap(counselling, actor, "no_answer")
    page = counselling.get(response["Location"]).content.decode()

    assert response["Location"] == "/network/people/"
    assert "Next contact:" in page
    assert "/network/contacts/take-back/" in page
    actor.refresh_from_db()
    assert actor.next_touch == today() + timedelta(days=14)


def test_a_wrong_tap_is_taken_back(counselling, arabic):
    space = make.a_space(arabic)
    actor = make.an_actor(space, next_touch=today())

    tap(counselling, actor, "declined")
    space.refresh_from_db()
    assert space.state == "contacted"
    counselling.post("/network/contacts/take-back/", {"next": "/network/people/"})

    actor.refresh_from_db()
    space.refresh_from_db()
    assert (actor.standing, actor.next_touch, actor.last_contact_at) == ("unknown", today(), None)
    assert space.state == "found"
    assert not Contact.objects.exists()
    assert counselling.post("/network/contacts/take-back/")["Location"] == "/network/people/"


def test_what_somebody_has_done_since_is_not_taken_back(counselling, coordination, arabic):
    actor = make.an_actor(make.a_space(arabic))
    tap(counselling, actor, "declined")
    tap(coordination, actor, "agreed")

    page = counselling.post("/network/contacts/take-back/", {"next": "/network/people/"}, follow=True).content.decode()

    actor.refresh_from_db()
    assert actor.standing == "won"
    assert Contact.objects.count() == 2
    assert "has happened with this person since" in page


def test_a_day_for_the_next_contact_can_be_given(counselling, arabic):
    actor, day = make.an_actor(make.a_space(arabic)), today() + timedelta(days=2)

    tap(counselling, actor, "talked", next_touch=day.isoformat())

    actor.refresh_from_db()
    assert actor.next_touch == day


def test_board_shows_people_by_standing_the_most_pressing_first(coordination, coordinator, arabic):
    space = make.a_space(arabic, members=900)
    small = make.an_actor(make.a_space(arabic, members=5), name="Kleine")
    large = make.an_actor(space, name="Große")
    later = make.an_actor(name="Später", standing="asked", next_touch=today() + timedelta(days=5))
    due = make.an_actor(name="Fällig", standing="asked", next_touch=today(), owner=coordinator)
    make.an_actor(name="Ohne Termin", standing="asked")

    page = coordination.get(BOARD)
    columns = {one["standing"]: [row["pk"] for row in one["rows"]] for one in page.context["columns"]}

    assert columns["unknown"] == [large.pk, small.pk]
    assert columns["asked"][:2] == [due.pk, later.pk]
    assert [row["due"] for row in page.context["columns"][1]["rows"]] == [True, False, False]
    assert "Hanna Vogt" in page.content.decode()


def test_board_and_list_are_narrowed_to_who_knows_them(coordination, coordinator):
    mine, nobodys = make.an_actor(name="Meine", owner=coordinator), make.an_actor(name="Niemandes")
    for address in (BOARD, "/network/people/"):
        page = coordination.get(address, {"owner": coordinator.pk}).content.decode()
        assert "Meine" in page
        assert "Niemandes" not in page
        page = coordination.get(address, {"owner": "nobody"}).content.decode()
        assert "Niemandes" in page
        assert "Meine" not in page
    assert mine != nobodys


def test_counsellor_sees_only_her_people_on_the_board(counselling, arabic, french):
    make.an_actor(make.a_space(arabic), name="Layla")
    make.an_actor(make.a_space(french), name="Aïcha")

    page = counselling.get(BOARD).content.decode()

    assert "Layla" in page
    assert "Aïcha" not in page


@pytest.mark.parametrize("address", [BOARD, "/network/people/"])
def test_lists_ask_the_database_as_often_for_one_as_for_thirty(coordination, address):
    def asked() -> int:
        coordination.get(address)
        with CaptureQueriesContext(connection) as found:
            coordination.get(address)
        return len(found)

    make.an_actor(make.a_space())
    once = asked()
    for standing in ("unknown", "asked", "won", "declined"):
        for _one in range(8):
            make.an_actor(make.a_space(), standing=standing, owner=make.a_counsellor())

    assert asked() <= once < 10


def test_first_message_is_in_their_language_with_german_beside_it(counselling, counsellor, arabic, settings):
    space = make.a_space(arabic, name="نساء برلين")
    actor = make.an_actor(space, name="ليلى", languages=["ar"])
    make.a_profile(staff=counsellor, platform=make.a_platform("instagram"), name="Auf Instagram")
    make.a_profile(staff=counsellor, platform=make.a_platform(), address="facebook.com/hala", name="هالة")

    page = counselling.get(f"/network/people/{actor.pk}/message/")

    text = page.context["text"]
    assert text.startswith("مرحبًا ليلى،")
    assert "«نساء برلين»" in text
    assert "أنا هالة من" in text
    assert f"{settings.BASE_URL}/ar/profile/" in text
    assert page.context["german"].startswith("Guten Tag ليلى")
    assert 'lang="ar" dir="rtl"' in page.content.decode()
    assert 'data-copy-from="message" data-then="sent"' in page.content.decode()


def test_blocked_profile_is_not_the_one_to_write_from(counselling, counsellor, arabic):
    actor = make.an_actor(make.a_space(arabic), languages=["de"])
    profile = make.a_profile(
        staff=counsellor, platform=make.a_platform(), address="facebook.com/hala", name="Gesperrte"
    )
    move_profile(by=counsellor, profile=profile, state="suspended")

    assert "Gesperrte" not in counselling.get(f"/network/people/{actor.pk}/message/").context["text"]


def test_whoever_was_asked_gets_the_second_text_and_whoever_said_no_a_warning(counselling, arabic):
    asked = make.an_actor(make.a_space(arabic), standing="asked")
    declined = make.an_actor(make.a_space(arabic), standing="declined")

    assert counselling.get(f"/network/people/{asked.pk}/message/").context["kind"] == "again"
    assert "They do not want to." in counselling.get(f"/network/people/{declined.pk}/message/").content.decode()


def test_after_copying_one_tap_notes_them_as_asked(counselling, arabic):
    actor = make.an_actor(make.a_space(arabic), channels=[("telegram", "layla")])
    page = counselling.get(f"/network/people/{actor.pk}/message/")
    values = {
        "id": str(page.context["id"]), "chosen": f"network.actor:{actor.pk}", "outcome": "asked",
        "channel_kind": page.context["channel_kind"],
    }  # fmt: skip

    counselling.post(ADD, values)
    counselling.post(ADD, values)

    contact = Contact.objects.get()
    actor.refresh_from_db()
    assert (contact.outcome, contact.channel_kind) == ("asked", "telegram")
    assert (actor.standing, actor.next_touch) == ("asked", today() + timedelta(days=14))


def test_messages_to_others_are_not_found(counselling, french):
    actor = make.an_actor(make.a_space(french))

    assert counselling.get(f"/network/people/{actor.pk}/message/").status_code == 404


def test_coordination_changes_the_texts_and_the_rhythm(coordination, counselling):
    address = "/network/people/messages/fr/edit/"
    form = coordination.get(address).context["form"]
    values = {field.name: field.value() for field in form}

    assert coordination.post(address, values | {"first": "Bonjour {prenom}"}).status_code == 422
    assert coordination.post(address, values | {"first": "Bonjour {name}"}).status_code == 302
    stale = coordination.post(address, values | {"first": "Salut {name}"})
    assert stale.status_code == 422
    assert "Bonjour {name}" in stale.content.decode()
    assert "Salut {name}" in stale.content.decode()
    assert counselling.get("/network/people/messages/").status_code == 200
    assert counselling.get(address).status_code == 403

    coordination.post("/network/people/rhythm/", {"no_answer": "7", "talked": "30", "later": ""})
    shown = coordination.get("/network/people/rhythm/").context["form"]
    assert (shown["no_answer"].value(), shown["later"].value()) == (7, None)
    assert coordination.post("/network/people/rhythm/", {"talked": "0"}).status_code == 422
    assert counselling.get("/network/people/rhythm/").status_code == 403
    assert coordination.get("/network/people/messages/xx/edit/").status_code == 404


def test_everybody_is_a_person_or_is_not_called_by_name(coordination):
    machine = make.an_actor(make.a_space(), name="Redaktion", not_a_person=True, languages=["de"])

    assert coordination.get(f"/network/people/{machine.pk}/message/").context["text"].startswith("Guten Tag,")
    assert Actor.objects.get().standing == "unknown"
    assert Space.objects.count() == 1
