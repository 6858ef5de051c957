"""Is this profile real? Anybody asks; nothing of what they paste is kept."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.network import a_counsellor, a_profile
from treffpunkt.journal.models import Entry
from treffpunkt.network.services.profiles import move_profile

pytestmark = pytest.mark.django_db
LINK = "https://m.instagram.com/Hala.Netz/?igsh=geheim"


@pytest.fixture
def profile():
    return a_profile(
        address="https://www.instagram.com/hala.netz", name="Hala vom Netz", note="PIN im Tresor", staff=a_counsellor()
    )


@pytest.mark.parametrize("language", settings.OUTSIDE_LANGUAGES)
def test_anybody_checks_a_profile_in_every_language(language, profile):
    client = Client()
    asked = client.get(f"/{language}/profile/")
    answered = client.post(f"/{language}/profile/", {"link": LINK})

    assert f'<html lang="{language}"' in asked.content.decode()
    assert answered.status_code == 200
    assert answered.context["answer"].verdict == "ours"
    assert "Hala vom Netz" in answered.content.decode()
    assert answered["Content-Language"] == language


def test_nothing_but_what_is_public_is_shown(profile):
    page = Client().post("/de/profile/", {"link": LINK}).content.decode()

    assert "https://www.instagram.com/hala.netz" in page
    assert profile.staff.name not in page
    assert "Tresor" not in page
    assert str(profile.pk) not in page


def test_no_is_said_with_what_to_do(profile):
    page = Client().post("/de/profile/", {"link": "https://www.instagram.com/hala_netz"}).content.decode()

    assert "Nein, dieses Profil gehört nicht zu uns." in page
    assert "Hala vom Netz" not in page
    assert "mailto:" in page


@pytest.mark.parametrize("state", ["suspended", "retired"])
def test_a_profile_that_is_no_longer_used_is_said_to_be_so(profile, state):
    move_profile(by=profile.staff, profile=profile, state=state)

    page = Client().post("/de/profile/", {"link": LINK}).content.decode()

    assert "Vorsicht" in page
    assert 'href="https://www.instagram.com' not in page


@pytest.mark.parametrize("link", ["", " ", "\x00", "x" * 3000])
def test_what_cannot_be_read_is_said_beside_the_field(link):
    assert Client().post("/de/profile/", {"link": link}).status_code == 422


@pytest.mark.parametrize("link", ["bit.ly/abc", "hallo du", "http://["])
def test_what_tells_no_profile_is_not_called_false(link):
    page = Client().post("/de/profile/", {"link": link})

    assert page.status_code == 200
    assert page.context["unclear"]


def test_what_is_pasted_is_neither_kept_nor_logged_nor_cached(profile, caplog):
    before = Entry.objects.count()
    with caplog.at_level(logging.DEBUG):
        response = Client().post("/de/profile/", {"link": LINK})

    assert response["Cache-Control"] == "no-store"
    assert "Location" not in response
    assert "geheim" not in caplog.text
    assert "Hala.Netz" not in caplog.text
    assert Entry.objects.count() == before
    assert "value=" not in response.content.decode().split('name="link"')[1].split(">")[0]


def test_too_many_questions_wait_in_the_language_of_the_page(profile):
    client = Client(REMOTE_ADDR="203.0.113.9")
    for _time in range(60):
        last = client.post("/ar/profile/", {"link": LINK})
    assert last.status_code == 200

    refused = client.post("/ar/profile/", {"link": LINK})

    assert refused.status_code == 429
    assert 'lang="ar"' in refused.content.decode()
    assert Client(REMOTE_ADDR="203.0.113.10").post("/ar/profile/", {"link": LINK}).status_code == 200
    assert client.get("/ar/profile/").status_code == 200


def test_the_page_is_linked_from_the_front_page():
    assert 'href="/fr/profile/"' in Client().get("/fr/").content.decode()
