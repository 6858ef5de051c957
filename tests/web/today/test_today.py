"""Today shows what waits, in a constant number of queries."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.agreements import a_leader, in_force
from tests.factories.meetings import a_meeting, invited
from tests.factories.network import a_community, a_coordinator, a_counsellor, a_space, an_actor, role_of
from tests.factories.post import a_chat_text
from treffpunkt.agreements.services.promises import promise
from treffpunkt.agreements.services.uses import note_use
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import today
from treffpunkt.meetings.services.invitations import answer
from treffpunkt.network.services.plan import renew_plan
from treffpunkt.network.services.roles import end_role
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.services import create_task
from treffpunkt.web.today.access import pressing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_cache():
    """Forget what the tests before asked once a minute."""
    cache.clear()


def opened(client, staff, path="/"):
    """Open a page as somebody and give its text."""
    client.force_login(staff)
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def queries(client, path="/"):
    """Count the statements of a page without those of the transaction."""
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    quiet = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(
        1
        for query in captured.captured_queries
        if not query["sql"].startswith(quiet) and "set_config" not in query["sql"]
    )


def test_nothing_due_is_said_so(client):
    assert "Heute ist nichts dran" in opened(client, a_coordinator())


def test_late_task_is_done_with_one_tap(client):
    staff = a_coordinator()
    task = create_task(by=staff, title="Karte schicken", owner=staff, due=today() - timedelta(days=2))

    assert "Karte schicken" in opened(client, staff)
    client.post(f"/tasks/{task.pk}/done/", {"next": "/"})

    assert "Karte schicken" not in opened(client, staff)


def test_access_that_is_being_lost_stands_first(client):
    staff = a_coordinator()
    space = a_space(a_community(), name="Frauen in Halle")
    end_role(by=SYSTEM, role=role_of(an_actor(space), space), until=today() + timedelta(days=9))
    create_task(by=staff, title="Etwas anderes", owner=staff, due=today())

    text = opened(client, staff)

    assert text.index("Frauen in Halle") < text.index("Etwas anderes")


def test_right_that_fails_becomes_a_task_in_one_tap(client):
    staff, community = a_coordinator(), a_community()
    space = a_space(community, name="Frauen in Halle")
    agreement = in_force(staff, a_leader(space), a_leader(space), spaces=[space])
    note_use(by=staff, right=agreement.rights.get(), worked=False)
    text = opened(client, staff)
    assert "Frauen in Halle" in text
    action = unescape(re.search(r'action="(/access/remedy/[^"]+)"', text)[1])

    for _ in range(2):
        client.post(action, {"next": "/"})

    assert Task.objects.filter(about_id=space.pk).count() == 1
    assert "/access/remedy/" not in opened(client, staff)


def test_promise_that_is_due_is_kept_with_one_tap(client):
    staff = a_coordinator()
    agreement = in_force(staff, spaces=[a_space(a_community())])
    made = promise(by=staff, agreement=agreement, side="ours", what="Karte schicken", due=today())
    action = unescape(re.search(r'action="(/access/promises/[^"]+)"', opened(client, staff))[1])

    client.post(action, {"next": "/"})

    made.refresh_from_db()
    assert made.state == "kept"
    assert "Karte schicken" not in opened(client, staff)


def test_promises_that_are_due_are_told_to_whoever_sees_to_them(db):
    community, coordinator = a_community(), a_coordinator()
    hers = a_counsellor(community)
    agreement = in_force(coordinator, spaces=[a_space(community)])
    for owner, what, due in ((hers, "Karte", 0), (coordinator, "Anruf", -3), (hers, "Später", 4)):
        day = today() + timedelta(days=due)
        promise(by=coordinator, agreement=agreement, side="ours", what=what, due=day, owner=owner)

    assert [row.name for row in pressing(hers, team=False)[2]] == ["Karte"]
    assert sorted(row.name for row in pressing(coordinator, team=True)[2]) == ["Anruf", "Karte"]


def test_people_to_talk_to_next_are_said_in_words(client):
    space = a_space(a_community(), members=118_000)
    an_actor(space, name="Rana Beispiel")
    renew_plan()

    text = opened(client, a_coordinator())

    assert "Rana Beispiel" in text
    assert "118\u202f000" in text


def test_answers_and_texts_to_send_are_shown(client):
    staff = a_coordinator()
    actor = an_actor(a_space(a_community()), name="Layla Beispiel", channels=[("mail", "layla@example.org")])
    (invitation,) = invited(staff, a_meeting(staff), actor)
    from tests.factories.meetings import holder_of

    answer(by=holder_of(invitation), invitation=invitation, state="accepted")
    a_chat_text(staff)

    text = opened(client, staff)

    assert "Layla Beispiel" in text
    assert "1 Text" in text


def test_counsellor_sees_only_their_own_communities(client):
    other = a_space(a_community(), name="Fremde Gruppe", check_due=today() - timedelta(days=3))
    mine = a_community()
    own = a_space(mine, name="Eigene Gruppe", check_due=today() - timedelta(days=3))

    text = opened(client, a_counsellor(mine))

    assert own.name in text
    assert other.name not in text


def test_queries_do_not_grow_with_what_is_due(client):
    staff = a_coordinator()
    community = a_community()

    def fill(number):
        for step in range(number):
            space = a_space(community, check_due=today() - timedelta(days=step))
            an_actor(space)
            create_task(by=staff, title=f"Aufgabe {step}", owner=staff, due=today() - timedelta(days=step))
            a_chat_text(staff)
        renew_plan()

    fill(1)
    opened(client, staff)
    once = queries(client)
    fill(29)

    assert queries(client) <= once
    assert once <= 10


def test_whom_to_get_in_touch_with_again_stands_on_today_with_two_taps(client):
    staff, other = a_coordinator(), a_coordinator()
    mine = an_actor(name="Layla Haddad", owner=staff, next_touch=today() - timedelta(days=3))
    an_actor(name="Andere Person", owner=other, next_touch=today())
    an_actor(name="Spätere Person", owner=staff, next_touch=today() + timedelta(days=1))

    text = opened(client, staff)
    assert "Layla Haddad" in text
    assert f"/network/contacts/add/?actor={mine.pk}&amp;next=/" in text
    assert "Andere Person" not in text
    assert "Spätere Person" not in text
    everybodys = opened(client, staff, "/?who=team")
    assert "Andere Person" in everybodys
    assert f'für <bdi dir="ltr">{other.name}</bdi>' in everybodys
