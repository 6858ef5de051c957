"""The pages on which coordination changes what guests are written."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.meetings import a_colleague
from tests.web.meetings.conftest import browser_of
from treffpunkt.meetings.models import GuestText

EDIT = ["reminder", "de"]
GIVEN = {"subject": "Noch einmal", "body": "Hallo {name}, kommen Sie? {link}"}


def words(response) -> str:
    return response.content.decode()


def test_coordinator_changes_a_text_and_goes_back(client):
    address = reverse("web:meetings:text", args=EDIT)
    assert "{link}" in words(client.get(address))

    assert client.post(address, GIVEN | {"revision": "0"}).status_code == 302
    assert "von uns geändert" in words(client.get(reverse("web:meetings:texts")))
    assert client.post(address, GIVEN | {"revision": "0", "subject": "Anders"}).status_code == 422

    client.post(reverse("web:meetings:reset_text", args=EDIT))
    assert "von uns geändert" not in words(client.get(reverse("web:meetings:texts")))
    assert "Noch einmal" in words(client.get(address + "?version=1"))
    assert GuestText.objects.count() == 2


def test_stale_text_shows_what_stands_now_beside_what_was_typed(client):
    address = reverse("web:meetings:text", args=EDIT)
    client.post(address, GIVEN | {"revision": "0"})
    mine = {"subject": "Von mir", "body": "Guten Tag {name}: {link}", "revision": "0"}

    stale = client.post(address, mine)
    assert stale.status_code == 422
    assert all(text in words(stale) for text in (*GIVEN.values(), mine["subject"], mine["body"]))
    assert client.post(address, mine | {"revision": stale.context["form"]["revision"].value()}).status_code == 302
    assert GuestText.objects.first().subject == "Von mir"


def test_preview_follows_what_is_typed(client):
    address = reverse("web:meetings:preview_text", args=["reminder", "ar"])

    page = words(
        client.post(address, {"subject": "دعوة", "body": "مرحبًا {name}، {link}"}, headers={"HX-Request": "true"})
    )
    assert 'dir="rtl"' in page
    assert "مرحبًا سميرة مثال، …" in page
    page = words(client.post(address, {"subject": "لقاء النساء", "body": "{link}"}))
    assert "النساء" in page.split("role")[0]
    assert "{adresse}" in words(client.post(address, {"subject": "x", "body": "{link} {adresse}"}))
    assert not GuestText.objects.exists()


def test_preview_without_scripts_saves_nothing(client):
    page = client.post(reverse("web:meetings:text", args=EDIT), GIVEN | {"look": "1"})

    assert page.status_code == 200
    assert "Hallo Anna Beispiel, kommen Sie? …" in words(page)
    assert not GuestText.objects.exists()


def test_telling_subject_asks_first(client):
    address = reverse("web:meetings:text", args=EDIT)

    page = client.post(address, GIVEN | {"subject": "Treffen für Frauen"})
    assert page.status_code == 422
    assert 'name="keep"' in words(page)
    assert client.post(address, GIVEN | {"subject": "Treffen für Frauen", "keep": "1"}).status_code == 302


@pytest.mark.django_db
def test_counsellor_reads_and_does_not_change():
    browser = browser_of(a_colleague())

    page = browser.get(reverse("web:meetings:texts"))
    assert page.status_code == 200
    assert "texts/reminder/de/" not in words(page)
    assert browser.get(reverse("web:meetings:text", args=EDIT)).status_code == 403


def test_list_costs_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        client.get(reverse("web:meetings:texts"))
