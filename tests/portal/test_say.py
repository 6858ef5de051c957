"""A participant writes from her phone: her language, once, with a name or none; the page tells a stranger nothing."""

from __future__ import annotations

import json
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from tests.factories.meetings import a_meeting
from tests.portal.conftest import path_of
from treffpunkt.meetings.models import Contribution
from treffpunkt.meetings.services.meetings import end_meeting, open_item, start_meeting
from treffpunkt.meetings.services.phones import close_phones, open_phones, release_contribution
from treffpunkt.meetings.services.reusing import carry_over
from treffpunkt.tasks.services import create_task

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def running(meeting, invitation, coordinator):
    """Give a running meeting with its guest."""
    return start_meeting(by=coordinator, meeting=meeting)


@pytest.fixture
def way_in(running, coordinator) -> str:
    """Give the path that the code on the screen leads to."""
    return "/l/" + open_phones(by=coordinator, meeting=running).rstrip("/").rpartition("/")[2] + "/"


def written(text="نحتاج إلى دورات مسائية.", **more):
    return {"id": str(uuid4()), "text": text} | more


def words(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("language", "topic", "direction"),
    [
        ("ar", "المنصّات", "rtl"),
        ("sr", "Платформе", "ltr"),
        ("sr-latn", "Platforme", "ltr"),
        ("de", "Plattformen", "ltr"),
    ],
)
def test_page_speaks_her_language(phone, way_in, language, topic, direction):
    page = phone.get(way_in, {"lang": language})

    assert page.status_code == 200
    assert page["Content-Language"] == language
    assert topic in words(page)
    assert f'dir="{direction}"' in words(page)


def test_browser_decides_the_language_at_first(phone, way_in):
    assert "Платформе" in words(phone.get(way_in, headers={"Accept-Language": "sr"}))


def test_plain_form_sends_once_and_thanks(phone, way_in):
    given = written()

    first = phone.post(way_in + "say/?lang=ar", given)
    phone.post(way_in + "say/?lang=ar", given)

    assert first.status_code == 302
    assert "شكرًا" in words(phone.get(first["Location"]))
    assert Contribution.objects.get().language == "ar"


def test_script_hears_what_became_of_it(phone, way_in, coordinator):
    given = written()
    assert phone.post(way_in + "say/", given, headers=JSON).json() == {"state": "stored", "id": given["id"]}
    asked = phone.get(way_in + "say/", {"ids": given["id"]}, headers=JSON).json()
    assert asked["released"] == []

    release_contribution(by=coordinator, contribution=Contribution.objects.get())

    assert phone.get(way_in + "say/", {"ids": given["id"]}, headers=JSON).json()["released"] == [given["id"]]


def test_personal_data_is_asked_about(phone, way_in):
    given = written("Bitte Frau Sabine Keller anrufen.")

    asked = phone.post(way_in + "say/?lang=de", given, headers=JSON)
    assert (asked.status_code, asked.json()["state"]) == (422, "findings")
    assert "<mark>Sabine Keller</mark>" in words(phone.post(way_in + "say/?lang=de", given))
    phone.post(way_in + "say/?lang=de", given | {"personal": "take_out"})

    assert Contribution.objects.get().text == "Bitte Frau […] anrufen."


def test_stranger_reads_nothing_but_the_topic(way_in, running, coordinator):
    release = Client().post(way_in + "say/", written("Das steht auf dem Bildschirm."))
    assert release.status_code == 302
    release_contribution(by=coordinator, contribution=Contribution.objects.get())

    page = words(Client().get(way_in)) + json.dumps(Client().get(way_in + "say/", headers=JSON).json())

    for hidden in ("auf dem Bildschirm", "Samira", coordinator.name, running.name, running.room):
        assert hidden not in page


def test_topic_on_the_phone_follows_the_meeting(phone, way_in, running, coordinator):
    second = running.agenda.order_by("position")[1]

    open_item(by=coordinator, meeting=running, item=second)

    news = phone.get(way_in + "say/", {"lang": "de"}, headers=JSON).json()
    assert news["item"] == str(second.pk)
    assert "Gruppen, Kanäle und Zugänge" in news["topic"]


def test_own_link_leads_to_the_same_field(phone, link, running):
    page = words(phone.get(link))
    assert f"{link}say/" in page

    phone.post(link + "say/", written(shown_name="Samira"))

    sent = Contribution.objects.get()
    # In a browser that never answered for her, a name is a name and no more.
    assert (sent.invitation, sent.shown_name) == (None, "Samira")


def test_guest_in_her_own_browser_is_named_as_she_wants(phone, link, running, invitation):
    phone.post(link + "answer/", {"answer": "accepted"})

    phone.post(link + "say/", written(shown_name="Samira aus Köln"))

    sent = Contribution.objects.get()
    assert (sent.invitation, sent.shown_name) == (invitation, "Samira aus Köln")


def test_before_the_beginning_there_is_no_field(phone, link, meeting):
    page = words(phone.get(link + "say/?lang=de"))

    assert "noch nicht begonnen" in page
    assert "<textarea" not in page
    refused = phone.post(link + "say/?lang=de", written(), headers=JSON)
    assert (refused.status_code, refused.json()["state"]) == (422, "refused")


def test_after_the_end_only_what_was_on_its_way_arrives(phone, way_in, running, coordinator):
    end_meeting(by=coordinator, meeting=running)

    assert "<textarea" not in words(phone.get(way_in))
    assert phone.post(way_in + "say/", written(), headers=JSON).json()["state"] == "stored"


def test_closed_way_in_is_closed(phone, way_in, running, coordinator):
    close_phones(by=coordinator, meeting=running)

    assert phone.get(way_in).status_code == 410
    assert phone.post(way_in + "say/", written()).status_code == 410


def test_link_to_minutes_writes_nothing(phone, running, invitation):
    other = path_of(running, purpose="minutes")

    assert phone.post(other + "say/", written()).status_code == 410


@pytest.mark.parametrize("text", ["", "   ", "\x00", "x" * 1001])
def test_nonsense_is_refused_in_words(phone, way_in, text):
    refused = phone.post(way_in + "say/?lang=de", written(text), headers=JSON)

    assert refused.status_code == 422
    assert refused.json()["message"]
    assert not Contribution.objects.exists()


def test_whoever_writes_too_fast_is_asked_to_wait(phone, way_in, monkeypatch):
    from treffpunkt.people.limits import Limit
    from treffpunkt.portal.meetings import phones

    monkeypatch.setattr(phones, "PER_BROWSER", Limit(f"phones.{uuid4()}", 2, 600))
    for _time in range(2):
        phone.post(way_in + "say/?lang=de", written(), headers=JSON)

    later = phone.post(way_in + "say/?lang=de", written(), headers=JSON)

    assert (later.status_code, later.json()["state"]) == (429, "later")
    assert Contribution.objects.count() == 2


def test_what_was_promised_is_read_along_in_the_language_it_was_written_in(phone, meeting, invitation, coordinator):
    past = a_meeting(coordinator)
    create_task(by=coordinator, title="Karte anheften", owner=coordinator, due=date(2027, 1, 5), about=past)
    carry_over(by=coordinator, meeting=meeting, past=past, guests=False)
    start_meeting(by=coordinator, meeting=meeting)
    way_in = "/l/" + open_phones(by=coordinator, meeting=meeting).rstrip("/").rpartition("/")[2] + "/"

    page = words(phone.get(way_in, {"lang": "ar"}))

    assert '<p class="quiet" lang="de" dir="ltr">Karte anheften (Dienstag, 5. Januar 2027)</p>' in page
