"""The settings: sessions, absence, colleagues."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.agreements import an_agreement
from tests.factories.meetings import a_meeting
from tests.factories.network import a_community, a_space, an_actor
from tests.factories.people import a_coordinator, a_counsellor, a_system_administrator
from tests.factories.post import a_chat_text
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import today
from treffpunkt.network.services.actors import change_actor
from treffpunkt.people.models import Session
from treffpunkt.people.services.absences import plan_absence
from treffpunkt.tasks.services import create_task

pytestmark = pytest.mark.django_db


def text(client, address):
    """Open a page and give its text."""
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_sign_out_there_ends_that_session_only(client):
    staff, elsewhere = a_counsellor(), Client()
    client.force_login(staff)
    elsewhere.force_login(staff)
    stranger = Client()
    stranger.force_login(a_counsellor())
    there = Session.objects.get(session_key=elsewhere.session.session_key)
    assert there.session_key not in text(client, "/settings/access/")

    stranger.post(f"/settings/access/{there.handle}/end/")
    assert elsewhere.get("/settings/").status_code == 200
    client.post(f"/settings/access/{there.handle}/end/")

    assert elsewhere.get("/settings/").status_code == 302
    assert client.get("/settings/").status_code == 200


def test_sign_out_everywhere_else_keeps_this_one(client):
    staff = a_counsellor()
    others = [Client(), Client()]
    for one in (client, *others):
        one.force_login(staff)

    client.post("/settings/access/elsewhere/")

    assert [one.get("/settings/").status_code for one in others] == [302, 302]
    assert client.get("/settings/").status_code == 200


def test_the_list_names_the_device(client):
    client.force_login(a_counsellor())
    session = Session.objects.get(session_key=client.session.session_key)
    data = session.get_decoded() | {"seen": 0}
    Session.objects.filter(pk=session.pk).update(session_data=client.session.encode(data))
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

    client.get("/settings/", headers={"user-agent": agent})

    assert "Firefox, Linux" in text(client, "/settings/access/")


def test_today_says_for_whom(client):
    ana, ben = a_counsellor(name="Ana Beispiel"), a_counsellor()
    create_task(by=ana, title="Karte schicken", owner=ana, due=today() - timedelta(days=7))
    plan_absence(by=ana, staff=ana, starts=today(), ends=today(), stand_in=ben)
    client.force_login(ben)

    shown = text(client, "/")

    assert "Karte schicken" in shown
    assert re.search(r"für <bdi[^>]*>Ana Beispiel</bdi>", shown)


def test_coordination_sees_who_is_away(client):
    ana = a_counsellor(name="Ana Beispiel")
    plan_absence(by=ana, staff=ana, starts=today(), ends=today(), stand_in=None)
    client.force_login(a_coordinator())

    assert "Ana Beispiel" in text(client, "/")
    assert "weg bis" in text(client, "/settings/staff/")


def test_one_who_is_away_notes_it_and_comes_back(client):
    ana, ben = a_counsellor(), a_counsellor()
    client.force_login(ana)
    days = {"starts": today().isoformat(), "ends": (today() + timedelta(days=3)).isoformat(), "stand_in": ben.pk}

    assert client.post("/settings/days/away/", days).status_code == 302
    ana.refresh_from_db()
    assert ana.covered_by == ben
    assert "Du bist weg bis" in text(client, "/")

    assert client.post("/settings/days/away/", days).status_code == 422


def test_all_that_a_leaver_looked_after_is_handed_over(client):
    boss, leaver, heir = a_coordinator(), a_counsellor(), a_counsellor()
    community = a_community()
    community.counsellors.add(leaver)
    actor = change_actor(by=SYSTEM, actor=an_actor(a_space(community)), owner=leaver)
    task = create_task(by=boss, title="Nachfassen", owner=leaver)
    meeting = a_meeting(leaver, communities=[community])
    message = a_chat_text(leaver)
    agreement = an_agreement(leaver, spaces=[a_space(community)])
    client.force_login(boss)
    client.post(f"/settings/staff/{leaver.pk}/close/")
    assert "gehört noch etwas" in text(client, f"/settings/staff/{leaver.pk}/")

    parts = {"to": heir.pk, "parts": ["people", "tasks", "communities", "meetings", "agreements"]}
    assert client.post(f"/settings/staff/{leaver.pk}/hand-over/", parts).status_code == 302

    for record in (actor, task, message, agreement):
        record.refresh_from_db()
    assert (actor.owner, task.owner, message.owner_id, agreement.owner) == (heir, heir, heir.pk, heir)
    assert list(community.counsellors.all()) == [heir]
    assert heir in meeting.hosts.all()
    assert leaver not in meeting.hosts.all()
    assert "gehört noch etwas" not in text(client, f"/settings/staff/{leaver.pk}/")


def test_a_counsellor_opens_no_account_page(client):
    client.force_login(a_counsellor())
    other = a_counsellor()

    for address in ("/settings/staff/", "/settings/staff/add/", f"/settings/staff/{other.pk}/"):
        assert client.get(address).status_code == 403
    assert client.post(f"/settings/staff/{other.pk}/close/").status_code == 403


@pytest.mark.parametrize("many", [1, 30])
def test_pages_of_colleagues_stay_quick(client, many):
    boss = a_system_administrator()
    for _ in range(many):
        a_counsellor()
    client.force_login(boss)
    for address in ("/settings/staff/", f"/settings/staff/{boss.pk}/", "/settings/access/", "/settings/days/"):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        quiet = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
        asked = [
            query["sql"]
            for query in captured.captured_queries
            if not query["sql"].startswith(quiet) and "set_config" not in query["sql"]
        ]
        assert len(asked) < 10, (address, asked)
