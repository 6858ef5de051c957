"""The contact log: two taps, and nothing about askers."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.factories import network as make
from treffpunkt.core.clock import now, today
from treffpunkt.network.models import Contact
from treffpunkt.network.services.actors import change_actor

ADD = "/network/contacts/add/"


def test_two_taps_log_a_contact(counselling, counsellor, arabic):
    actor = make.an_actor(make.a_space(arabic), name="Layla Haddad")

    page = counselling.get(ADD, {"actor": actor.pk, "next": "/network/people/next/"})
    assert 'name="outcome" value="talked"' in page.content.decode()
    form = page.context["form"]
    hidden = {field.name: field.value() or "" for field in form.hidden_fields()}
    response = counselling.post(ADD, hidden | {"outcome": "talked"})

    assert response["Location"] == "/network/people/next/"
    contact = Contact.objects.get()
    assert (contact.actor, contact.outcome, contact.staff) == (actor, "talked", counsellor)
    actor.refresh_from_db()
    assert actor.standing == "asked"


def test_tapping_twice_logs_once(counselling, arabic):
    actor = make.an_actor(make.a_space(arabic))
    form = counselling.get(ADD, {"actor": actor.pk}).context["form"]
    values = {field.name: field.value() or "" for field in form.hidden_fields()} | {"outcome": "talked"}

    counselling.post(ADD, values)
    counselling.post(ADD, values)

    assert Contact.objects.count() == 1


def test_nothing_said_is_not_logged(counselling, arabic):
    actor = make.an_actor(make.a_space(arabic))

    response = counselling.post(ADD, {"chosen": f"network.actor:{actor.pk}", "outcome": ""})

    assert response.status_code == 422
    assert not Contact.objects.exists()


def test_group_is_found_by_its_name(counselling, arabic):
    space = make.a_space(arabic, name="Frauen in Hamburg")

    response = counselling.post(ADD, {"who": "frauen in hamburg", "outcome": "talked"})

    assert response["Location"] == f"/network/spaces/{space.pk}/"
    assert Contact.objects.get().space == space


def test_unclear_name_is_asked_and_nothing_is_lost(counselling, arabic):
    space = make.a_space(arabic)
    one = make.an_actor(space, name="Layla Haddad")
    make.an_actor(space, name="Layla Hadad")

    page = counselling.post(ADD, {"who": "Layla", "note": "Wir sprachen lange.", "outcome": "talked"}).content.decode()

    assert "Who is meant?" in page
    assert f"network.actor:{one.pk}" in page
    assert "Wir sprachen lange." in page
    assert not Contact.objects.exists()


def test_people_of_others_cannot_be_named(counselling, french):
    actor = make.an_actor(make.a_space(french), name="Aïcha Ndiaye")

    page = counselling.get(ADD, {"actor": actor.pk}).content.decode()
    assert "Aïcha" not in page
    response = counselling.post(ADD, {"chosen": f"network.actor:{actor.pk}", "outcome": "talked"})
    assert response.status_code == 422
    assert not Contact.objects.exists()


def test_note_that_tells_who_somebody_is_is_shown_before_it_is_saved(counselling, arabic):
    actor = make.an_actor(make.a_space(arabic))
    values = {
        "chosen": f"network.actor:{actor.pk}",
        "note": "Frau Sommer bat um Rückruf unter 030 1234567.",
        "outcome": "talked",
    }

    page = counselling.post(ADD, values).content.decode()
    assert "This may tell who somebody is" in page
    assert page.count("<mark") == 2
    assert "Frau Sommer bat" in page
    assert not Contact.objects.exists()

    counselling.post(ADD, values | {"take_out": "yes"})
    assert Contact.objects.get().note == "Frau […] bat um Rückruf unter […]."


def test_note_is_kept_where_somebody_says_so(counselling, arabic):
    actor = make.an_actor(make.a_space(arabic))
    note = "Frau Sommer leitet die Gruppe mit."

    counselling.post(ADD, {"chosen": f"network.actor:{actor.pk}", "note": note, "outcome": "talked", "keep": "yes"})

    assert Contact.objects.get().note == note


def test_confidential_note_stays_with_its_writer(counselling, coordination, counsellor, arabic):
    actor = make.an_actor(make.a_space(arabic))
    note = "Sie hat uns etwas anvertraut."
    counselling.post(
        ADD, {"chosen": f"network.actor:{actor.pk}", "note": note, "outcome": "talked", "confidential": "on"}
    )

    assert note in counselling.get(f"/network/people/{actor.pk}/").content.decode()
    assert note not in coordination.get(f"/network/people/{actor.pk}/").content.decode()
    contact = Contact.objects.get()
    assert coordination.get(f"/network/contacts/{contact.pk}/edit/").status_code == 404


def test_entry_is_changed_by_its_writer(counselling, counsellor, arabic):
    actor = make.an_actor(make.a_space(arabic))
    contact = make.a_contact(counsellor, actor=actor, outcome="talked")
    form = counselling.get(f"/network/contacts/{contact.pk}/edit/").context["form"]
    values = {field.name: field.value() or "" for field in form}
    values["at"] = contact.at.strftime("%Y-%m-%dT%H:%M")

    counselling.post(f"/network/contacts/{contact.pk}/edit/", values | {"outcome": "interested"})

    contact.refresh_from_db()
    assert contact.outcome == "interested"


def test_next_never_leads_elsewhere(counselling, arabic):
    actor = make.an_actor(make.a_space(arabic))

    response = counselling.post(
        ADD, {"chosen": f"network.actor:{actor.pk}", "outcome": "talked", "next": "//evil.example/"}
    )

    assert response["Location"] == f"/network/people/{actor.pk}/"


def test_correcting_a_word_leaves_when_and_what_was_said_by_hand_since(counselling, counsellor, arabic):
    actor = make.an_actor(make.a_space(arabic))
    at = now().replace(second=17) - timedelta(minutes=5)
    contact = make.a_contact(counsellor, actor=actor, outcome="agreed", at=at)
    change_actor(by=counsellor, actor=actor, standing="asked", next_touch=today() + timedelta(days=3))
    edit = f"/network/contacts/{contact.pk}/edit/"
    form = counselling.get(edit).context["form"]
    values = {field.name: field.value() or "" for field in form} | {
        "at": f"{timezone.localtime(at):%Y-%m-%dT%H:%M}",
        "note": "Wir haben über die Treffen gesprochen.",
    }

    assert counselling.post(edit, values).status_code == 302

    actor.refresh_from_db()
    contact.refresh_from_db()
    assert contact.note == "Wir haben über die Treffen gesprochen."
    assert contact.at == at
    assert (actor.standing, actor.next_touch) == ("asked", today() + timedelta(days=3))
