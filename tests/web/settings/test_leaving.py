"""A colleague leaves: everything they look after is seen and handed over, to one colleague or to several."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.agreements import an_agreement
from tests.factories.meetings import a_meeting
from tests.factories.network import a_community, a_profile, a_space, an_actor
from tests.factories.people import a_coordinator, a_counsellor, a_system_administrator
from tests.factories.post import a_chat_text
from treffpunkt.core.clock import today
from treffpunkt.journal.models import Entry
from treffpunkt.tasks.services import create_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    staff = a_coordinator()
    client.force_login(staff)
    return staff


@pytest.fixture
def leaver():
    return a_counsellor(name="Dana Geht")


def address(leaver) -> str:
    return f"/settings/staff/{leaver.pk}/hand-over/"


def test_everything_is_seen(client, boss, leaver):
    community = a_community(name="Arabischsprachige")
    community.counsellors.add(leaver)
    due = an_actor(a_space(community), name="Layla Haddad", owner=leaver, next_touch=today())
    an_actor(name="Später", owner=leaver, next_touch=today() + timedelta(days=5))
    create_task(by=boss, title="Nachfassen", owner=leaver)
    a_meeting(leaver, name="Treffen im Mai", communities=[community])
    a_profile(staff=leaver, name="Dana berät")
    an_agreement(boss, owner=leaver, name="Frauen Berlin")
    a_chat_text(leaver)

    page = client.get(address(leaver))
    text = page.content.decode()

    for name in ("Arabischsprachige", "Layla Haddad", "Nachfassen", "Treffen im Mai", "Dana berät", "Frauen Berlin"):
        assert name in text, name
    people = page.context["parts"][0]
    assert (people.number, people.due, people.lines[0].pk) == (2, 1, due.pk)
    assert page.context["texts"] == 1


def test_what_is_ticked_goes_to_one_and_the_rest_to_another(client, boss, leaver):
    ana, ben = a_counsellor(), a_counsellor()
    one, other = an_actor(owner=leaver), an_actor(owner=leaver)
    mine, foreign = a_community(), a_community()
    mine.counsellors.add(leaver)
    task = create_task(by=boss, title="Nachfassen", owner=leaver)
    agreement = an_agreement(boss, owner=leaver)
    message = a_chat_text(leaver)
    stranger = an_actor(owner=boss)

    values = {"to": ana.pk, "what": "chosen", "people": [one.pk, stranger.pk, uuid4()], "communities": [foreign.pk]}
    assert client.post(address(leaver), values)["Location"] == address(leaver)
    client.post(address(leaver), {"to": ben.pk, "what": "chosen", "parts": ["people", "tasks", "agreements"]})

    for record in (one, other, task, message, agreement, stranger):
        record.refresh_from_db()
    assert (one.owner, other.owner, stranger.owner) == (ana, ben, boss)
    assert (task.owner, message.owner_id, agreement.owner) == (ben, ben.pk, ben)
    assert list(mine.counsellors.all()) == [leaver]
    assert list(foreign.counsellors.all()) == []
    assert set(Entry.objects.filter(verb="actor.changed").values_list("agent_id", flat=True)) == {boss.pk}


def test_everything_goes_at_once_and_profiles_are_retired(client, boss, leaver):
    heir, community, profile = a_counsellor(), a_community(), a_profile(staff=leaver)
    community.counsellors.add(leaver)
    actor = an_actor(owner=leaver)

    page = client.post(address(leaver), {"to": heir.pk, "what": "all"}, follow=True).content.decode()

    profile.refresh_from_db()
    actor.refresh_from_db()
    assert (actor.owner, profile.state, profile.staff) == (heir, "retired", leaver)
    assert list(community.counsellors.all()) == [heir]
    assert "Nichts ist übrig" in page
    assert f"/settings/staff/{leaver.pk}/close/" in page


def test_profile_is_given_on_or_retired_by_itself(client, boss, leaver):
    heir, one, other = a_counsellor(), a_profile(staff=leaver), a_profile(staff=leaver)

    client.post(address(leaver), {"to": heir.pk, "what": "chosen", "profiles": [one.pk]})
    client.post(address(leaver), {"to": "", "what": "retire", "profiles": [other.pk]})

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.staff, one.state) == (heir, "active")
    assert (other.staff, other.state) == (leaver, "retired")


@pytest.mark.parametrize(
    "values",
    [
        {"what": "all"}, {"what": "chosen", "to": ""}, {"what": "retire"}, {"what": "nonsense"},
        {"what": "chosen", "to": "leaver", "parts": ["people"]}, {"what": "chosen", "to": "heir"},
        {"what": "chosen", "to": "heir", "parts": ["everything"]}, {"what": "chosen", "to": "heir", "people": ["x"]},
    ],
)  # fmt: skip
def test_what_says_not_what_or_to_whom_hands_nothing_over(client, boss, leaver, values):
    heir, actor, profile = a_counsellor(), an_actor(owner=leaver), a_profile(staff=leaver)
    who = {"leaver": leaver.pk, "heir": heir.pk}
    sent = values | ({"to": who.get(values["to"], "")} if "to" in values else {})

    assert client.post(address(leaver), sent).status_code == 422

    actor.refresh_from_db()
    profile.refresh_from_db()
    assert (actor.owner, profile.state) == (leaver, "active")


def test_system_administration_hands_over_what_it_does_not_read(client, leaver):
    client.force_login(a_system_administrator())
    heir, actor = a_counsellor(), an_actor(name="Layla Haddad", owner=leaver)

    page = client.get(address(leaver))
    assert "Layla Haddad" not in page.content.decode()
    assert page.context["parts"][0].number == 1
    client.post(address(leaver), {"to": heir.pk, "what": "all"})

    actor.refresh_from_db()
    assert actor.owner == heir


def test_counsellors_hand_over_nobody(client, leaver):
    client.force_login(a_counsellor())

    assert client.get(address(leaver)).status_code == 403
    assert client.post(address(leaver), {"what": "all"}).status_code == 403


def test_page_asks_the_database_as_often_for_one_as_for_thirty(client, boss, leaver):
    def fill(number):
        for step in range(number):
            an_actor(a_space(), owner=leaver, languages=["ar"])
            create_task(by=boss, title=f"Aufgabe {step}", owner=leaver)
            a_community().counsellors.add(leaver)
            a_profile(staff=leaver)

    def asked() -> int:
        client.get(address(leaver))
        with CaptureQueriesContext(connection) as found:
            client.get(address(leaver))
        quiet = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
        return sum(not one["sql"].startswith(quiet) and "set_config" not in one["sql"] for one in found)

    fill(1)
    once = asked()
    fill(29)

    assert asked() <= once < 10
