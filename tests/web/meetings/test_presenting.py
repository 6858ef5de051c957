"""The slot of an organisation on staff's pages: given, asked for, released, shown."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.meetings import a_meeting, an_actor
from tests.factories.network import an_organisation
from treffpunkt.core.agent import LinkHolder
from treffpunkt.meetings.models import Presentation
from treffpunkt.meetings.services.meetings import open_item, start_meeting
from treffpunkt.meetings.services.presenting import give_slot, tell_entry
from treffpunkt.network.models import Role
from treffpunkt.post.models import Message


def url(name: str, *args) -> str:
    return reverse(f"web:meetings:{name}", args=args)


@pytest.fixture
def meeting(coordinator):
    return a_meeting(coordinator)


@pytest.fixture
def organisation(meeting):
    purpose = {"de": "Berät Frauen.", "ar": "استشارات للنساء"}
    return an_organisation(*meeting.communities.all(), name="Frauenzentrum", purpose=purpose)


def told(slot: Presentation, **entry):
    by = LinkHolder("presentation", slot.kind, slot.pk, None)
    return tell_entry(by=by, presentation=slot, entry=entry)


def test_slot_is_given_and_its_contact_asked(client, meeting, organisation):
    client.post(url("agenda", meeting.pk), {"add_slot": "1", "organisation": str(organisation.pk)})
    slot = Presentation.objects.get()
    contact = an_actor()
    Role.objects.create(actor=contact, organisation=organisation, role="contact")

    client.post(url("agenda", meeting.pk), {"ask": str(slot.pk)})

    assert Message.objects.get().to_id == contact.pk
    assert "Frauenzentrum" in client.get(url("agenda", meeting.pk)).content.decode()


@pytest.mark.parametrize("given", [{"add_slot": "1"}, {"add_slot": "1", "organisation": "x"}, {"ask": "x"}])
def test_nonsense_gives_nobody_a_slot(client, meeting, organisation, given):
    assert client.post(url("agenda", meeting.pk), given).status_code == 302
    assert not Presentation.objects.exists()


def test_changes_are_read_beside_each_other_and_taken_over(client, coordinator, meeting, organisation):
    slot = give_slot(by=coordinator, meeting=meeting, organisation=organisation).presentation
    slot = told(slot, phone="040 123456", purpose={"de": "Berät Frauen und Mädchen."})

    text = client.get(url("entry", slot.pk)).content.decode()
    client.post(url("entry", slot.pk), {"version": str(slot.version)})

    assert "<del" in text
    assert "Frauen und Mädchen" in text
    organisation.refresh_from_db()
    assert organisation.phone == "040 123456"


def test_what_changed_meanwhile_is_not_taken_over(client, coordinator, meeting, organisation):
    slot = give_slot(by=coordinator, meeting=meeting, organisation=organisation).presentation
    read = told(slot, phone="1").version
    told(slot, phone="2")

    client.post(url("entry", slot.pk), {"version": str(read)})

    organisation.refresh_from_db()
    assert organisation.phone == ""


def test_entry_stands_on_the_notes_page_and_on_the_shared_screen(client, coordinator, meeting, organisation):
    item = give_slot(by=coordinator, meeting=meeting, organisation=organisation)
    start_meeting(by=coordinator, meeting=meeting)
    open_item(by=coordinator, meeting=meeting, item=item)
    told(item.presentation, phone="040 123456")

    notes = client.get(url("live", meeting.pk)).content.decode()
    screen = client.get(url("screen", meeting.pk)).content.decode()

    assert url("entry", item.presentation.pk) in notes
    for page in (notes, screen):
        assert "Berät Frauen." in page
        assert "استشارات للنساء" in page
        # Before somebody of us has released it, nobody reads it.
        assert "040 123456" not in page.partition("<main")[2]
