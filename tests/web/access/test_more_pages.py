"""Granted rights, women's needs, a language on one page, what we did for a group."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import network as make
from tests.factories.agreements import a_leader, in_force
from treffpunkt.agreements.models import GrantedRight, Measure, Use
from treffpunkt.agreements.services.promises import promise
from treffpunkt.core.clock import as_of, now, today
from treffpunkt.post.models import Message
from treffpunkt.tasks.models import Task
from treffpunkt.vocabulary.models import Topic


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return (b"".join(response) if response.streaming else response.content).decode()


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        text_of(client, address)
    quiet = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(
        1 for one in captured.captured_queries if not one["sql"].startswith(quiet) and "set_config" not in one["sql"]
    )


@pytest.fixture
def topic(db):
    """Give a topic that concerns women."""
    return Topic.objects.get_or_create(key="family-care", defaults={"names": {"en": "Care"}, "women_specific": True})[0]


@pytest.fixture
def agreement(arabic, counsellor, topic):
    """Give an agreement that the counsellor looks after."""
    space = make.a_space(arabic, name="Frauen in Halle", rules="Keine Werbung.", link_policy="ask")
    with as_of(now() - timedelta(days=100)):
        return in_force(counsellor, a_leader(space, name="Leila Amari"), spaces=[space], topics=[topic])


def test_rights_stand_beside_the_rules_of_the_group(counselling, browser_of, agreement):
    shown = text_of(counselling, "/access/rights/")

    assert "Frauen in Halle" in shown
    assert "Keine Werbung." in shown
    for query, found in (("?state=working", False), ("?kind=links", True), ("?q=frauen", True), ("?kind=pin", False)):
        assert ("Keine Werbung." in text_of(counselling, f"/access/rights/{query}")) is found
    assert "Frauen in Halle" in text_of(counselling, "/access/rights/export/")
    assert "Frauen in Halle" not in text_of(browser_of(make.a_counsellor()), "/access/rights/")


@pytest.mark.parametrize("address", ["/access/rights/", "/access/women/", "/access/languages/"])
def test_pages_cost_the_same_for_one_and_for_many(counselling, arabic, agreement, topic, address):
    text_of(counselling, address)
    once = queries(counselling, address)
    for _ in range(7):
        in_force(make.a_coordinator(), spaces=[make.a_space(arabic)], topics=[topic])

    assert queries(counselling, address) == once <= 10


def test_what_was_done_about_a_topic_is_noted_and_taken_back(counselling, agreement, topic):
    assert "nothing yet" in text_of(counselling, "/access/women/")
    address = f"/access/women/{topic.pk}/"
    values = {"agreement": str(agreement.pk), "kind": "material", "done_on": today().isoformat(), "note": "Karte"}

    for _ in range(2):
        counselling.post(f"{address}note/", values)

    noted = Measure.objects.get()
    assert "Karte" in text_of(counselling, address)
    assert counselling.post(f"{address}note/", values | {"done_on": "nonsense"}).status_code == 302
    counselling.post(f"{address}note/", {"take_back": str(noted.pk)})
    assert not Measure.objects.exists()


def test_language_is_handed_to_a_colleague(coordination, counselling, counsellor, arabic, agreement):
    promise(by=counsellor, agreement=agreement, side="ours", what="Karte schicken", owner=counsellor)
    right = GrantedRight.objects.get()
    right.profile = make.a_profile(
        staff=counsellor, platform=make.a_platform(), address="https://www.facebook.com/hala"
    )
    right.save()
    address = f"/access/languages/{arabic.pk}/"
    shown = text_of(counselling, address)
    assert "Karte schicken" in shown
    assert "Leila Amari" in shown
    assert "hand-over" not in shown
    to = make.a_member_of_staff("counsellor", name="Neue Kollegin")

    for _ in range(2):
        coordination.post(f"{address}hand-over/", {"leaver": counsellor.pk, "to": to.pk})

    agreement.refresh_from_db()
    assert agreement.owner == to
    assert agreement.commitments.get().owner == to
    assert list(arabic.counsellors.all()) == [to]
    assert Task.objects.get().owner == to
    assert counselling.post(f"{address}hand-over/", {}).status_code == 404


def test_what_we_did_is_looked_through_and_sent(counselling, browser_of, agreement):
    address = f"/access/did/{agreement.pk}/"
    assert "Nothing to tell yet" in text_of(counselling, address)

    for _ in range(2):
        counselling.post(f"{address}send/")

    assert Message.objects.filter(template="agreements/messages/did").count() == 1
    assert browser_of(make.a_counsellor()).get(address).status_code == 404


def test_look_and_log_prove_rights(counselling, arabic, counsellor):
    space = make.a_space(arabic)
    agreement = in_force(make.a_coordinator(), spaces=[space], rights=("join", "links", "pin"))

    def states():
        return dict(agreement.rights.values_list("right_kind", "state"))

    for _ in range(2):
        counselling.post(f"/network/spaces/{space.pk}/checked/")
    assert states() == {"join": "working", "links": "agreed", "pin": "agreed"}
    assert Use.objects.count() == 1

    form = counselling.get(f"/network/contacts/add/?space={space.pk}").context["form"]
    assert [value for value, _label in form.fields["done_there"].choices] == ["links", "pin"]
    values = {
        "chosen": f"network.space:{space.pk}",
        "id": form["id"].value(),
        "note": "Antwort",
        "done_there": ["links"],
    }
    counselling.post("/network/contacts/add/", values)

    assert states() == {"join": "working", "links": "working", "pin": "agreed"}


def test_group_without_rights_asks_for_nothing_done(counselling, arabic):
    space = make.a_space(arabic)

    assert "done_there" not in counselling.get(f"/network/contacts/add/?space={space.pk}").context["form"].fields
