"""What is stored about a guest: shown in her browser, taken with her, erased at her word."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.factories.meetings import an_actor
from treffpunkt.core.agent import SYSTEM
from treffpunkt.journal.models import Entry
from treffpunkt.links.models import Link
from treffpunkt.network.models import Actor
from treffpunkt.network.services import telling
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render
from treffpunkt.tasks.models import Task

pytestmark = pytest.mark.django_db

LANGUAGES = ("de", "en", "ar", "fr", "sr", "sr-latn", "es")


def words(response) -> str:
    """Give the text of a page."""
    return response.content.decode()


@pytest.fixture
def actor():
    """Give somebody who was written to that she is stored."""
    return an_actor(name="Samira Haddad", handle="samira.h", language="ar")


@pytest.fixture
def told(actor) -> str:
    """Give the path of the link that she got."""
    telling.tell(by=SYSTEM, ids=[actor.pk])
    text = render(Message.objects.get()).body
    return "/l/" + text.split("/l/")[1].split("/")[0] + "/"


def test_link_of_the_message_opens_her_page_without_a_name(phone, told):
    page = words(phone.get(told))

    assert 'dir="rtl"' in page
    assert "Samira" not in page
    assert not Link.objects.exclude(browser_hash="").exists()


def test_she_sees_all_of_it_in_the_browser_that_asked_first(phone, told):
    assert phone.post(told + "about-you/", {"show": "yes"}).status_code == 302

    page = words(phone.get(told))
    assert "Samira Haddad" in page
    assert "samira.h" in page
    other = Client()
    other.post(told + "about-you/", {"show": "yes"})
    assert "Samira" not in words(other.get(told))
    assert "take" not in words(other.get(told)).split("</main>")[0].split("<form")[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_purpose_basis_source_and_end(phone, told, language):
    phone.post(told + "about-you/", {"show": "yes"})

    page = words(phone.get(told + f"about-you/?lang={language}"))

    assert "Samira Haddad" in page
    basis = {
        "de": "DSGVO", "en": "GDPR", "fr": "RGPD", "es": "RGPD", "sr": "ОУЗП", "sr-latn": "OUZP",
        "ar": "اللائحة العامة",
    }[language]  # fmt: skip
    assert basis in page
    if language != "en":
        for english in ("What for", "Legal basis", "Kept until", "to know with whom we speak", "not yet contacted"):
            assert english not in page, english


def test_she_takes_it_with_her(phone, told, actor):
    phone.post(told + "about-you/", {"show": "yes"})

    document = phone.post(told + "about-you/take/?lang=fr", {"as": "document"})
    data = phone.post(told + "about-you/take/", {"as": "data"})

    assert 'lang="fr"' in words(document)
    assert "Samira Haddad" in words(document)
    assert "attachment" in document["Content-Disposition"]
    values = json.loads(data.content)
    assert values["name"] == "Samira Haddad"
    assert {"what", "purpose", "legal_basis", "source", "kept_until", "stored"} == set(values["stored"][0])
    assert Entry.objects.filter(verb="actor.exported", agent_kind="link").count() == 2


def test_nobody_else_takes_it(phone, told):
    assert phone.post(told + "about-you/take/", {"as": "data"}).status_code == 302
    phone.post(told + "about-you/", {"show": "yes"})
    assert Client().post(told + "about-you/take/", {"as": "data"}).status_code == 302


def test_reading_changes_nothing(phone, told, actor):
    before = Entry.objects.count()
    for path in ("", "about-you/", "about-you/erase/", "about-us/"):
        assert phone.get(told + path).status_code == 200
    assert phone.get(told + "about-you/take/").status_code == 405
    assert Entry.objects.count() == before
    assert Actor.objects.get(pk=actor.pk).name == "Samira Haddad"


@pytest.mark.parametrize("language", LANGUAGES)
def test_she_erases_it_at_once_and_nobody_is_told(phone, told, actor, language):
    assert phone.post(told + f"about-you/erase/?lang={language}").status_code == 200

    actor.refresh_from_db()
    assert (actor.name, actor.handle, actor.channels.count()) == ("", "", 0)
    assert actor.erased_at is not None
    assert not Task.objects.exists()
    assert phone.get(told).status_code == 410


def test_in_another_browser_the_wish_goes_to_a_person(phone, told, actor):
    phone.post(told + "about-you/", {"show": "yes"})
    other = Client()

    assert other.post(told + "about-you/erase/").status_code == 302
    other.post(told + "about-you/")

    actor.refresh_from_db()
    assert actor.name == "Samira Haddad"
    assert Task.objects.get().about_id == actor.pk
