"""What is stored about a person, as the team sees it and hands it out."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.meetings import a_coordinator, a_meeting, invited
from tests.factories.network import a_contact, a_space, an_actor
from treffpunkt.core.clock import as_of, now
from treffpunkt.network.services.actors import add_channel
from treffpunkt.network.services.roles import add_role
from treffpunkt.retention.queries import periods
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
    a_contact(staff, actor=found, note="Ganz geheim", next_step="Ganz heimlich", confidential=True)
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
    assert "Ganz" not in page


def test_files_are_in_the_persons_language(client, actor):
    client.force_login(a_coordinator())
    document = client.post(f"/network/people/{actor.pk}/stored/export/", {"as": "document"}).content.decode()
    data = json.loads(client.post(f"/network/people/{actor.pk}/stored/export/").content)
    assert '<html lang="fr" dir="ltr">' in document
    assert "RGPD" in document
    assert "Ganz" not in document
    assert "Ganz" not in json.dumps(data)
    assert "Rencontre" in document
    kinds = [one["what"] for one in data["stored"]]
    assert "Invitations et réponses" in kinds
    assert data["channels"][0]["value"] == "s@example.net"


def cost(client, address: str) -> int:
    """Count the queries of a page, once what is kept for long is known."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    # Inside a test's transaction a request marks its beginning and end, and gives back at last who acts.
    ours = [one["sql"] for one in captured if "SAVEPOINT" not in one["sql"]]
    assert "app.subject" in ours.pop()
    return len(ours)


@pytest.mark.parametrize("page", ["stored", "erase"])
def test_pages_about_a_person_cost_the_same_with_thirty_of_each(client, actor, page):
    staff = a_coordinator()
    client.force_login(staff)
    create_task(by=staff, title="Samira Haddad anrufen")
    address = f"/network/people/{actor.pk}/{page}/"
    before = cost(client, address)

    for number in range(29):
        add_channel(by=staff, actor=actor, channel_kind="mail", value=f"samira.haddad{number}@example.net")
        add_role(by=staff, actor=actor, space=a_space(), role="moderator")
        a_contact(staff, actor=actor, note=f"Samira Haddad rief an, {number}.", keep_findings=True, outcome="talked")
        create_task(by=staff, title=f"Samira Haddad fragen, {number}", promised_by=actor)
        invited(staff, a_meeting(staff), actor)

    assert cost(client, address) == before
    assert before < 10


@pytest.mark.parametrize("page", ["untold", "leaving"])
def test_lists_of_people_cost_the_same_with_thirty(client, page):
    client.force_login(a_coordinator())
    an_actor(a_space(), channels=[("mail", "one@example.net")])
    with as_of(now() + timedelta(days=85)):
        client.force_login(a_coordinator())
        before = cost(client, f"/network/people/{page}/")
    for number in range(29):
        an_actor(a_space(), channels=[("mail", f"n{number}@example.net")])

    with as_of(now() + timedelta(days=85)):
        client.force_login(a_coordinator())
        address = f"/network/people/{page}/"
        assert cost(client, address) == before
        assert client.get(address).content.decode().count('<li class="row">') == 30
    assert before < 10


def test_name_of_whom_nobody_told_goes_after_the_last_talk(client):
    staff = a_coordinator()
    with as_of(now() - timedelta(days=100)):
        found = an_actor(a_space(), name="Samira Haddad")
    a_contact(staff, actor=found, at=now() - timedelta(days=50))
    goes = f"{timezone.localtime(periods().after('untold', now() - timedelta(days=50))):%d.%m.%Y}"
    client.force_login(staff)

    assert goes in client.get(f"/network/people/{found.pk}/stored/").content.decode()
    (row,) = client.get("/network/people/untold/").context["rows"]
    assert f"{timezone.localtime(row['goes']):%d.%m.%Y}" == goes
