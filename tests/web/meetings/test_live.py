"""Notes of a running meeting: plain forms, and what the script asks for."""

from __future__ import annotations

import pytest
from django.urls import reverse
from uuid_utils.compat import uuid7

from tests.factories.meetings import a_colleague, a_community, a_meeting, a_statement, an_actor, invited
from tests.web.meetings.conftest import browser_of
from tests.web.meetings.test_planning import number_of_queries
from treffpunkt.meetings.models import Statement
from treffpunkt.meetings.services.invitations import answer
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting
from treffpunkt.meetings.services.notes import change_statement, turn_into_task
from treffpunkt.meetings.services.reusing import carry_over
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.services import create_task

JSON = {"Accept": "application/json"}


def url(name: str, *args) -> str:
    return reverse(f"web:meetings:{name}", args=args)


@pytest.fixture
def colleague(db):
    """Give a counsellor of the community."""
    return a_colleague(name="Basma Alami")


@pytest.fixture
def meeting(coordinator, colleague):
    """Give a running meeting."""
    found = a_meeting(coordinator, communities=[a_community("ar", colleague)])
    return start_meeting(by=coordinator, meeting=found)


def a_note(meeting, text="Das sagt niemand allein.", **values):
    return {"id": str(uuid7()), "item": str(meeting.current_item_id), "text": text} | values


def test_note_by_plain_form_is_a_note_until_somebody_says_otherwise(client, meeting):
    response = client.post(url("note", meeting.pk), a_note(meeting, "تسأل نساء كثيرات عن حق الإقامة."))

    assert response.status_code == 302
    statement = Statement.objects.get(meeting=meeting)
    assert (statement.statement_kind, statement.women_specific, statement.language) == ("note", False, "ar")
    page = client.get(url("live", meeting.pk)).content.decode()
    assert 'dir="rtl" class="original"' in page


def test_note_sent_twice_is_stored_once(client, meeting):
    given = a_note(meeting)

    first = client.post(url("note", meeting.pk), given, headers=JSON).json()
    second = client.post(url("note", meeting.pk), given, headers=JSON).json()

    assert (first["state"], second["state"], first["id"]) == ("stored", "stored", second["id"])
    assert Statement.objects.filter(meeting=meeting).count() == 1


def test_script_reads_what_another_wrote_since(client, meeting, colleague):
    other = browser_of(colleague)
    before = client.get(url("since", meeting.pk), {"seq": 0}).json()["seq"]
    other.post(url("note", meeting.pk), a_note(meeting, "Nur auf Telegram."), headers=JSON)

    news = client.get(url("since", meeting.pk), {"seq": before}).json()

    assert len(news["statements"]) == 1
    assert "Nur auf Telegram." in news["statements"][0]["html"]
    assert client.get(url("since", meeting.pk), {"seq": news["seq"]}).json()["statements"] == []


def test_removed_statement_leaves_the_others_pages(client, meeting, coordinator):
    statement = a_statement(coordinator, meeting)
    seq = client.get(url("since", meeting.pk), {"seq": 0}).json()["seq"]

    client.post(url("remove_statement", statement.pk))

    assert client.get(url("since", meeting.pk), {"seq": seq}).json()["removed"] == [str(statement.pk)]
    client.post(url("restore_statement", statement.pk))
    assert Statement.objects.get(pk=statement.pk).removed_at is None


def test_writer_is_shown_to_the_others(client, meeting, colleague):
    browser_of(colleague).post(url("since", meeting.pk) + "?seq=0", headers=JSON)

    assert "Basma Alami" in client.get(url("since", meeting.pk), {"seq": 0}).json()["writers"]


def test_personal_data_is_shown_marked_before_it_is_saved(client, meeting):
    given = a_note(meeting, "Bitte Frau Sabine Keller anrufen.")

    asked = client.post(url("note", meeting.pk), given, headers=JSON)
    assert (asked.status_code, asked.json()["state"]) == (422, "findings")
    assert "<mark>Sabine Keller</mark>" in asked.json()["marked"]
    plain = client.post(url("note", meeting.pk), given)
    assert plain.status_code == 200 or plain.status_code == 422
    assert "<mark>Sabine Keller</mark>" in plain.content.decode()
    assert not Statement.objects.exists()

    client.post(url("note", meeting.pk), given | {"personal": "take_out"}, headers=JSON)
    assert Statement.objects.get().text == "Bitte Frau […] anrufen."


def test_marked_text_is_escaped(client, meeting):
    given = a_note(meeting, "<script>alert(1)</script> Frau Sabine Keller")

    answer_ = client.post(url("note", meeting.pk), given, headers=JSON).json()

    assert "<script>" not in answer_["marked"]


def test_stale_gist_shows_both_texts(client, meeting, coordinator):
    statement = a_statement(coordinator, meeting)
    old = statement.version
    change_statement(by=coordinator, statement=statement, version=old, gist="Zuerst da.")

    response = client.post(url("gist", statement.pk), {"version": old, "gist": "Später da."}, headers=JSON)

    assert response.status_code == 409
    assert "Zuerst da." in response.json()["html"]
    assert "Später da." in response.json()["html"]
    plain = client.post(url("gist", statement.pk), {"version": old, "gist": "Später da."})
    assert plain.status_code == 409
    assert "Zuerst da." in plain.content.decode()
    assert Statement.objects.get(pk=statement.pk).gist == "Zuerst da."


def test_statement_becomes_a_task_and_shows_it(client, meeting, coordinator):
    statement = a_statement(coordinator, meeting, "Wir schicken eine Karte.")

    client.post(
        url("statement_task", statement.pk),
        {"title": "Karte schicken", "owner": str(coordinator.pk), "due": "2030-01-02"},
    )

    task = Task.objects.get()
    assert (task.title, task.owner) == ("Karte schicken", coordinator)
    live = client.get(url("live", meeting.pk)).content.decode()
    assert reverse("web:tasks:task", args=[task.pk]) in live
    assert "&lt;time" not in live
    assert "Karte schicken" in client.get(url("detail", meeting.pk)).content.decode()


def test_promise_names_a_guest(client, coordinator):
    meeting = a_meeting(coordinator)
    guest = an_actor()
    [invitation] = invited(coordinator, meeting, guest)
    answer(by=coordinator, invitation=invitation, state="accepted")
    start_meeting(by=coordinator, meeting=meeting)
    statement = a_statement(coordinator, meeting, "Ich pinne den Beitrag an.")

    client.post(url("statement_promise", statement.pk), {"title": "Beitrag anpinnen", "promised_by": str(guest.pk)})

    assert Task.objects.get().promised_by_id == guest.pk


def test_confidential_statement_stays_with_the_note_takers(client, meeting, coordinator, colleague):
    a_statement(coordinator, meeting, "Das bleibt unter uns.", confidential=True)
    reader = browser_of(colleague)

    assert "Das bleibt unter uns." in client.get(url("live", meeting.pk)).content.decode()
    assert "Das bleibt unter uns." not in reader.get(url("live", meeting.pk)).content.decode()
    assert reader.get(url("since", meeting.pk), {"seq": 0}).json()["statements"] == []


def test_topic_is_opened_and_the_page_follows(client, meeting):
    second = meeting.agenda.order_by("position")[1]
    key = client.get(url("since", meeting.pk), {"seq": 0}).json()["key"]

    client.post(url("open_topic", meeting.pk), {"item": str(second.pk)})

    meeting.refresh_from_db()
    assert meeting.current_item_id == second.pk
    news = client.get(url("since", meeting.pk), {"seq": 0, "key": key}).json()
    assert news["key"] != key
    assert "agenda" in news
    assert "agenda" not in client.get(url("since", meeting.pk), {"seq": 0, "key": news["key"]}).json()


def test_late_note_is_taken_after_the_end_but_not_after_the_minutes(client, meeting, coordinator):
    client.post(url("end", meeting.pk))
    late = client.post(url("note", meeting.pk), a_note(meeting, "Nachgetragen."), headers=JSON)
    assert late.json()["state"] == "stored"

    client.post(url("close", meeting.pk), {"summary": "Fertig.", "send": "1"})

    refused = client.post(url("note", meeting.pk), a_note(meeting, "Zu spät."), headers=JSON)
    assert (refused.status_code, refused.json()["state"]) == (422, "refused")


def test_asking_for_news_costs_less_than_ten_queries(client, meeting, coordinator):
    for number in range(12):
        statement = a_statement(coordinator, meeting, f"Das ist Aussage {number}.")
        turn_into_task(by=coordinator, statement=statement, title="Tun")

    assert number_of_queries(client, url("since", meeting.pk) + "?seq=0") < 10
    assert number_of_queries(client, url("live", meeting.pk)) < 10


def test_minutes_ask_for_missing_gists_and_go_out(client, meeting, coordinator):
    statement = a_statement(coordinator, meeting)
    end_meeting(by=coordinator, meeting=meeting)

    page = client.get(url("close", meeting.pk))
    assert statement.text in page.content.decode()
    field = f"gist_{statement.pk}"
    kept = client.post(url("close", meeting.pk), {"summary": "Kurz gesagt.", field: "Alles ist klar.", "save": "1"})
    assert "Kurz gesagt." in kept.content.decode()
    assert Statement.objects.get(pk=statement.pk).gist == "Alles ist klar."
    client.post(url("close", meeting.pk), {"summary": "Kurz gesagt.", "send": "1"})

    meeting.refresh_from_db()
    assert (meeting.state, meeting.summary) == ("closed", "Kurz gesagt.")


def test_minutes_are_looked_at_as_pdf_before_they_go_out(client, meeting, coordinator):
    a_statement(coordinator, meeting)
    end_meeting(by=coordinator, meeting=meeting)

    response = client.get(url("pdf", meeting.pk, "ar"))

    assert response.content.startswith(b"%PDF")
    assert client.get(url("pdf", meeting.pk, "fr")).status_code == 404


def test_what_was_promised_stands_under_its_topic_and_is_ticked_off_there(client, coordinator, colleague):
    group = a_community("fr", colleague)
    past = a_meeting(coordinator, communities=[group])
    task = create_task(by=coordinator, title="Karte anheften", owner=coordinator, about=past)
    meeting = a_meeting(coordinator, communities=[group], agenda_from=past)
    carry_over(by=coordinator, meeting=meeting, past=past, guests=False)
    meeting = start_meeting(by=coordinator, meeting=meeting)
    live = url("live", meeting.pk)
    assert "Karte anheften" in client.get(live).content.decode()
    assert "Karte anheften" in client.get(url("screen", meeting.pk)).content.decode()

    response = client.post(reverse("web:tasks:close", args=[task.pk]), {"next": live})

    assert response["Location"] == live
    assert Task.objects.get().state == "done"
    assert "✓ Karte anheften" in client.get(url("screen", meeting.pk)).content.decode()
    assert reverse("web:tasks:close", args=[task.pk]) not in client.get(live).content.decode()
