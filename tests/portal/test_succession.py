"""Whoever leaves is asked on her phone, in her language, and can say no as easily as yes."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.agreements import a_leader
from tests.factories.network import a_community, a_coordinator, a_space
from treffpunkt.agreements.models import Succession
from treffpunkt.agreements.services import successions
from treffpunkt.links.services import issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def succession():
    """Begin to settle who follows the admin of a group."""
    space = a_space(a_community(), name="Frauen in Halle")
    return successions.follow_up(by=a_coordinator(), actor=a_leader(space))


@pytest.fixture
def link(succession):
    """Give her link."""
    address = issue("succession", subject_kind=succession.kind, subject_id=succession.pk, holder_id=succession.actor_id)
    return "/l/" + address.rstrip("/").rpartition("/")[2] + "/"


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_page_speaks_her_language_and_names_nobody(client, link, succession):
    shown = text_of(client, link)

    assert 'dir="rtl"' in shown
    assert "Frauen in Halle" not in shown
    assert succession.actor.name not in shown
    assert Succession.objects.get().state == "open"


def test_her_yes_shows_only_where_it_was_given(client, link, succession):
    client.post(f"{link}others/", {"words": "رنا"})

    assert Succession.objects.get().words == "رنا"
    assert "رنا" in text_of(client, f"{link}?change=1")
    assert "رنا" not in text_of(Client(), f"{link}?change=1")


def test_her_no_can_become_a_yes_until_it_is_settled(client, link, succession):
    client.post(f"{link}nobody/")
    assert Succession.objects.get().state == "refused"
    client.post(f"{link}others/", {"words": ""})
    assert Succession.objects.get().state == "may"

    successions.close_succession(by=a_coordinator(), succession=succession)
    shown = text_of(client, link)
    assert "<form" not in shown.split("<main")[1].split("</main")[0]
    client.post(f"{link}nobody/")
    assert Succession.objects.get().state == "closed"


@pytest.mark.parametrize("language", ["de", "en", "ar", "fr", "sr", "sr-latn", "es"])
def test_page_reads_in_each_language(client, link, language):
    assert f'lang="{language}"' in text_of(client, f"{link}?lang={language}")
