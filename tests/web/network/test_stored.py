"""What is stored about a person, as the team sees it and hands it out."""

from __future__ import annotations

import json

import pytest

from tests.factories.meetings import a_coordinator, a_meeting, invited
from tests.factories.network import a_contact, a_space, an_actor
from treffpunkt.tasks.services import create_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    """Give somebody with a past."""
    staff = a_coordinator()
    found = an_actor(
        a_space(name="Frauen in Köln"), name="Samira Haddad", languages=["fr"], channels=[("mail", "s@example.net")]
    )
    a_contact(staff, actor=found, note="Wir sprachen.", outcome="talked")
    a_contact(staff, actor=found, note="Ganz geheim", confidential=True)
    create_task(by=staff, title="Regeln teilen", promised_by=found)
    invited(staff, a_meeting(staff, title={"fr": "Rencontre"}), found)
    return found


def test_page_shows_each_kind_with_purpose_basis_source_and_end(client, actor):
    client.force_login(a_coordinator())
    page = client.get(f"/network/people/{actor.pk}/stored/").content.decode()
    for text in (
        "Samira Haddad", "s@example.net", "Frauen in Köln", "Wir sprachen.", "Regeln teilen", "Einladungen und Antworten",
        "Art. 6 Abs. 1 lit. f DSGVO", "Herkunft", "geht am", "vertrauliche Notiz",
    ):  # fmt: skip
        assert text in page, text
    assert "Ganz geheim" not in page


def test_files_are_in_the_persons_language(client, actor):
    client.force_login(a_coordinator())
    document = client.post(f"/network/people/{actor.pk}/stored/export/", {"as": "document"}).content.decode()
    data = json.loads(client.post(f"/network/people/{actor.pk}/stored/export/").content)
    assert '<html lang="fr" dir="ltr">' in document
    assert "RGPD" in document
    assert "Ganz geheim" not in document
    assert "Rencontre" in document
    kinds = [one["what"] for one in data["stored"]]
    assert "Invitations et réponses" in kinds
    assert data["channels"][0]["value"] == "s@example.net"


def test_page_costs_the_same_with_more_in_it(client, actor, django_assert_max_num_queries):
    client.force_login(a_coordinator())
    client.get(f"/network/people/{actor.pk}/stored/")
    with django_assert_max_num_queries(30):
        client.get(f"/network/people/{actor.pk}/stored/")
