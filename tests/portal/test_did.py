"""Those who lead a group read what we did for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.agreements import in_force
from tests.factories.network import a_community, a_contact, a_coordinator, a_space
from treffpunkt.agreements.services import ending
from treffpunkt.core.clock import as_of, now
from treffpunkt.links.services import issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def party():
    """Give somebody who agreed some months ago, with whom we spoke since."""
    with as_of(now() - timedelta(days=150)):
        agreement = in_force(a_coordinator(), spaces=[a_space(a_community(), name="Frauen in Halle")])
    with as_of(now() - timedelta(days=70)):
        a_contact(agreement.owner, space=agreement.spaces.get(), outcome="talked")
    return agreement.parties.get()


@pytest.fixture
def link(party):
    """Give her link."""
    address = issue("did", subject_kind=party.kind, subject_id=party.pk, holder_id=party.actor_id)
    return "/l/" + address.rstrip("/").rpartition("/")[2] + "/"


def test_page_speaks_her_language_and_names_nobody(client, link, party):
    shown = client.get(link).content.decode()

    assert 'dir="rtl"' in shown
    assert "figures" in shown
    assert "Frauen in Halle" not in shown
    assert party.actor.name not in shown


@pytest.mark.parametrize("language", ["de", "en", "fr", "sr", "sr-latn", "es"])
def test_page_reads_in_each_language(client, link, language):
    response = client.get(f"{link}?lang={language}")

    assert f'lang="{language}"' in response.content.decode()


def test_link_opens_nothing_once_it_has_ended(client, link, party):
    ending.withdraw(by=a_coordinator(), party=party)

    assert client.get(link).status_code == 410
