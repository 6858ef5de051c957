"""The radar's page, the page of whoever leaves, and the list of promises."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import network as make
from tests.factories.agreements import a_leader, in_force
from treffpunkt.agreements.models import Keeping, Succession, Threshold
from treffpunkt.agreements.services.promises import promise
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import today
from treffpunkt.network.services.spaces import move_space
from treffpunkt.tasks.models import Task


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        text_of(client, address)
    quiet = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(
        1 for one in captured.captured_queries if not one["sql"].startswith(quiet) and "set_config" not in one["sql"]
    )


def hanging_on_one(community, **values):
    """Make a joined group with one admin."""
    space = make.a_space(community, **values)
    move_space(by=SYSTEM, space=space, state="joined")
    make.an_actor(space)
    return space


def test_empty_radar_says_so(coordination):
    assert "Nothing is wrong" in text_of(coordination, "/access/")


def test_tap_makes_the_task_once(coordination, arabic):
    space = hanging_on_one(arabic, name="Frauen in Halle")
    assert "Frauen in Halle" in text_of(coordination, "/access/?kind=single")

    for _ in range(2):
        coordination.post("/access/remedy/", {"finding": f"single:{space.pk}"})

    assert Task.objects.get().about_id == space.pk
    assert "is a task" in text_of(coordination, "/access/")
    coordination.post("/access/remedy/", {"finding": "single:nonsense"})
    assert Task.objects.count() == 1


def test_radar_costs_the_same_for_one_and_for_thirty(coordination, arabic):
    hanging_on_one(arabic)
    text_of(coordination, "/access/")
    once = queries(coordination, "/access/")
    for _ in range(29):
        hanging_on_one(arabic)

    assert queries(coordination, "/access/") == once <= 10


def test_coordination_sets_from_when_on_it_speaks(coordination, counselling):
    fields = {"untried": 45, "unproven": 30, "review": 14, "leaving": 30, "unchecked": 14}

    assert coordination.post("/access/thresholds/", fields).status_code == 302
    assert dict(Threshold.objects.values_list("key", "days")) == {"untried": 45}
    assert coordination.post("/access/thresholds/", fields | {"untried": 9999}).status_code == 422
    assert counselling.get("/access/thresholds/").status_code == 403


def test_she_is_asked_before_anybody_else_is_named(counselling, arabic):
    space = make.a_space(arabic, name="Frauen in Halle")
    leaver, moderator = a_leader(space), make.an_actor(space, role="moderator", name="Rana Khalil")
    address = f"/access/leaving/{leaver.pk}/"
    assert "Rana Khalil" not in text_of(counselling, address)

    def go(step, **values):
        assert counselling.post(f"{address}step/", {"do": step, **values})["Location"] == address
        return Succession.objects.get().state

    assert go("begin") == "open"
    assert "مرحبًا" in text_of(counselling, address)
    assert go("message") == "asked"
    assert "Rana Khalil" not in text_of(counselling, address)
    assert go("yes", words="Rana") == "may"
    assert "Rana Khalil" in text_of(counselling, address)
    assert go("yes", other=str(moderator.pk)) == "may"
    assert list(Succession.objects.get().others.all()) == [moderator]
    assert go("no") == "refused"
    assert "Rana Khalil" not in text_of(counselling, address)
    assert go("close") == "closed"


def test_whoever_leads_a_foreign_group_is_not_found(counselling, french):
    stranger = a_leader(make.a_space(french))

    assert counselling.get(f"/access/leaving/{stranger.pk}/").status_code == 404
    assert counselling.post(f"/access/leaving/{stranger.pk}/step/", {"do": "begin"}).status_code == 404


@pytest.fixture
def agreement(arabic, coordinator):
    """Give an agreement with promises of both sides."""
    made = in_force(coordinator, spaces=[make.a_space(arabic)])
    due = today() - timedelta(days=1)
    promise(by=coordinator, agreement=made, side="ours", what="Karte schicken", due=due, every_days=30)
    promise(by=coordinator, agreement=made, side="theirs", what="Anheften", due=today() + timedelta(days=5))
    promise(by=coordinator, agreement=made, side="ours", what="Offen schreiben")
    return made


def test_promises_of_both_sides_are_listed_and_filtered(counselling, agreement):
    shown = text_of(counselling, "/access/promises/")
    assert shown.index("Karte schicken") < shown.index("Anheften") < shown.index("Offen schreiben")

    only = text_of(counselling, "/access/promises/?state=due")

    assert "Karte schicken" in only
    assert "Anheften" not in only
    assert "Karte schicken" not in text_of(counselling, "/access/promises/?side=theirs")
    assert "Anheften" not in text_of(counselling, "/access/promises/?state=closed")


def test_tap_notes_once_whether_it_was_kept(counselling, agreement):
    made = agreement.commitments.get(what="Karte schicken")
    always = agreement.commitments.get(what="Offen schreiben")
    for _ in range(2):
        counselling.post(f"/access/promises/{made.pk}/kept/", {"due": made.due.isoformat(), "kept": "no"})
        counselling.post(f"/access/promises/{always.pk}/kept/", {"due": "", "kept": "yes"})

    assert sorted(Keeping.objects.values_list("kept", flat=True)) == [False, True]
    made.refresh_from_db()
    assert made.due > today()
    assert "not kept" in text_of(counselling, "/access/promises/")


def test_promises_cost_the_same_for_one_and_for_many(counselling, agreement, coordinator):
    text_of(counselling, "/access/promises/")
    once = queries(counselling, "/access/promises/")
    for number in range(12):
        promise(by=coordinator, agreement=agreement, side="ours", what=f"Nummer {number}", due=today())

    assert queries(counselling, "/access/promises/") == once <= 10
