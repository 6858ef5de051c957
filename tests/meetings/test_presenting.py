"""Each organisation explains what it does: a slot, its entry confirmed or changed by itself, released by us."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories.meetings import a_colleague, a_community, a_coordinator, a_meeting, an_actor
from tests.factories.network import an_organisation
from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.errors import DomainError, Stale
from treffpunkt.meetings.models import Presentation
from treffpunkt.meetings.presenting import changes, slots
from treffpunkt.meetings.services.presenting import (
    ask_to_present,
    give_slot,
    put_entry_aside,
    release_entry,
    tell_entry,
)
from treffpunkt.network.models import Role
from treffpunkt.post.models import Message

ENTRY = {
    "name": "Frauenzentrum Morgenrot", "purpose": {"de": "Berät Frauen.", "ar": "استشارات للنساء"},
    "audience": {"de": "Für Frauen ab 18."}, "languages": ["de", "ar"], "website": "", "phone": "040 123456",
}  # fmt: skip


@pytest.fixture
def host(db):
    return a_coordinator()


@pytest.fixture
def community(host):
    return a_community("ar")


@pytest.fixture
def organisation(community):
    return an_organisation(community, name="Frauenzentrum", purpose={"de": "Beratung.", "en": "Advice."})


@pytest.fixture
def slot(host, community, organisation) -> Presentation:
    meeting = a_meeting(host, communities=[community])
    return give_slot(by=host, meeting=meeting, organisation=organisation).presentation


def holder(slot: Presentation, purpose: str = "presentation") -> LinkHolder:
    return LinkHolder(purpose, slot.kind, slot.pk, None)


def test_organisation_gets_one_slot_a_meeting(host, slot, organisation):
    again = give_slot(by=host, meeting=slot.item.meeting, organisation=organisation)

    assert again == slot.item
    assert slot.item.titles["ar"] == "Frauenzentrum"
    assert slot.item.position == 8


def test_contact_person_gets_a_link_once_a_day(host, slot, organisation):
    contact = an_actor(language="ar")
    Role.objects.create(actor=contact, organisation=organisation, role="contact")
    assert slots(host, slot.item.meeting)[slot.item_id].contact == contact.pk

    for _tap in range(2):
        assert ask_to_present(by=host, presentation=slot, actor=contact)

    message = Message.objects.get(about_id=slot.pk)
    assert (message.language, message.to_id) == ("ar", contact.pk)
    slot.refresh_from_db()
    assert slot.state == "asked"


def test_nobody_else_is_asked(host, slot):
    with pytest.raises(DomainError):
        ask_to_present(by=host, presentation=slot, actor=an_actor())


def test_entry_that_is_right_is_confirmed(slot, organisation):
    found = tell_entry(by=holder(slot), presentation=slot, entry={})

    assert (found.state, found.proposed) == ("confirmed", {})


def test_changes_wait_until_they_are_released(host, slot, organisation):
    found = tell_entry(by=holder(slot), presentation=slot, entry=ENTRY)
    organisation.refresh_from_db()
    assert (found.state, organisation.name) == ("changed", "Frauenzentrum")
    assert [(one.part, one.language) for one in changes(found)] == [
        ("name", ""), ("purpose", "de"), ("purpose", "ar"), ("audience", "de"), ("languages", ""), ("phone", ""),
    ]  # fmt: skip

    release_entry(by=host, presentation=slot)

    organisation.refresh_from_db()
    slot.refresh_from_db()
    slot.item.refresh_from_db()
    assert organisation.name == "Frauenzentrum Morgenrot"
    # What was not shown to the organisation stays.
    assert organisation.purpose == {"de": "Berät Frauen.", "en": "Advice.", "ar": "استشارات للنساء"}
    assert (organisation.audience, organisation.languages) == ({"de": "Für Frauen ab 18."}, ["de", "ar"])
    assert (slot.state, slot.proposed) == ("released", {})
    assert slot.item.titles["de"] == "Frauenzentrum Morgenrot"


def test_whoever_releases_what_has_changed_meanwhile_looks_again(host, slot):
    read = tell_entry(by=holder(slot), presentation=slot, entry=ENTRY).version
    tell_entry(by=holder(slot), presentation=slot, entry={**ENTRY, "phone": "040 999"})

    with pytest.raises(Stale):
        release_entry(by=host, presentation=slot, version=read)


def test_changes_put_aside_leave_the_entry(host, slot, organisation):
    tell_entry(by=holder(slot), presentation=slot, entry=ENTRY)

    put_entry_aside(by=host, presentation=slot)

    slot.refresh_from_db()
    organisation.refresh_from_db()
    assert (slot.state, slot.proposed, organisation.name) == ("asked", {}, "Frauenzentrum")


@pytest.mark.parametrize("purpose", ["invitation", "phones", "presentation"])
def test_only_its_own_link_tells_the_entry(host, community, slot, purpose):
    other = give_slot(by=host, meeting=a_meeting(host), organisation=an_organisation(community)).presentation
    by = holder(other if purpose == "presentation" else slot, purpose)

    with pytest.raises(PermissionDenied):
        tell_entry(by=by, presentation=slot, entry=ENTRY)


def test_stranger_releases_nothing(slot):
    tell_entry(by=holder(slot), presentation=slot, entry=ENTRY)

    with pytest.raises(PermissionDenied):
        release_entry(by=a_colleague(), presentation=slot)


@pytest.mark.parametrize(
    "entry", [{"name": " "}, {"website": "https://["}, {"note": "x"}, {"name": "\u202e\x00"}], ids=str
)
def test_what_is_no_entry_is_refused_in_words(slot, entry):
    with pytest.raises(DomainError):
        tell_entry(by=holder(slot), presentation=slot, entry=entry)
