"""Video rooms, against a server that checks every signature."""

from __future__ import annotations

from urllib.request import urlopen

import pytest

from tests.factories.meetings import a_colleague, a_coordinator, a_meeting, an_actor, holder_of, invited
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.jobs.work.meetings import close_room
from treffpunkt.meetings import rooms
from treffpunkt.meetings.services.invitations import answer
from treffpunkt.meetings.services.meetings import change_meeting, end_meeting, start_meeting
from treffpunkt.meetings.services.rooms import enter_room
from treffpunkt.site.env import Bbb

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    """Give whoever hosts."""
    return a_coordinator()


@pytest.fixture
def meeting(host, settings, room_server):
    """Give a meeting that takes place in a room of the server."""
    settings.BBB = room_server.settings
    return a_meeting(host, room_kind="bbb", name="Gewalt in Gruppen")


def test_host_opens_the_room_and_a_guest_enters_under_her_name(host, meeting, room_server):
    guest = invited(host, meeting, an_actor(name="Amira Haddad"))[0]
    answer(by=holder_of(guest), invitation=guest, state="accepted")
    start_meeting(by=host, meeting=meeting)
    meeting.refresh_from_db()

    for by, name in ((host, host.name), (holder_of(guest), "  Umm Samir ")):
        urlopen(enter_room(by=by, meeting=meeting, name=name, language="ar")).read()

    (room,) = room_server.rooms.values()
    assert [(one["fullName"], one["role"]) for one in room_server.entered] == [
        (host.name, "MODERATOR"),
        ("Umm Samir", "VIEWER"),
    ]
    assert (room["record"], room["allowStartStopRecording"]) == ("false", "false")
    assert "Gewalt" not in str(room)
    assert str(meeting.pk) not in str(room)


def test_guest_waits_until_an_hour_before_and_must_be_coming(host, meeting):
    coming, silent = invited(host, meeting, an_actor(), an_actor())
    answer(by=holder_of(coming), invitation=coming, state="accepted")

    with pytest.raises(DomainError, match="hour|Stunde"):
        enter_room(by=holder_of(coming), meeting=meeting, name="Gast", language="de")
    with pytest.raises(Forbidden):
        enter_room(by=holder_of(silent), meeting=meeting, name="Gast", language="de")


def test_stranger_among_colleagues_does_not_enter(meeting):
    with pytest.raises(Forbidden):
        enter_room(by=a_colleague(), meeting=meeting, name="Neugierig", language="de")


def test_room_closes_when_the_meeting_ends(host, meeting, room_server, deferred):
    start_meeting(by=host, meeting=meeting)
    enter_room(by=host, meeting=meeting, name="Wir", language="de")
    end_meeting(by=host, meeting=meeting)

    assert ("meetings.close_room", {"meeting_id": str(meeting.pk)}) in deferred
    close_room(str(meeting.pk))
    assert room_server.rooms == {}
    close_room(str(meeting.pk))  # gone already


def test_server_that_refuses_our_signature_is_said_in_words(host, meeting, settings, room_server):
    settings.BBB = Bbb(room_server.url, "another secret")
    with pytest.raises(DomainError) as refused:
        enter_room(by=host, meeting=meeting, name="Wir", language="de")
    assert "another secret" not in str(refused.value.message)

    settings.BBB = Bbb("http://127.0.0.1:1", "x")
    with pytest.raises(rooms.RoomAway):
        rooms.create(meeting, "de")


def test_new_jitsi_room_has_an_address_nobody_guesses(host, settings):
    settings.JITSI_URL = "https://meet.example.org"
    first, second = a_meeting(host, room_kind="jitsi"), a_meeting(host, room_kind="jitsi")
    assert first.room.startswith("https://meet.example.org/")
    assert first.room != second.room

    kept = change_meeting(by=host, meeting=first, version=first.version, seats=20)
    assert kept.room == first.room
