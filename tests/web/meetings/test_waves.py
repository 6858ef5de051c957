"""Waves of invitations on the pages of staff."""

from __future__ import annotations

from datetime import timedelta

from tests.factories.meetings import a_meeting, a_wave, an_actor
from tests.factories.polls import a_poll, moments
from tests.web.meetings.test_planning import MOST, number_of_queries, planned, url
from treffpunkt.core.clock import today
from treffpunkt.meetings.models import Invitation, Wave
from treffpunkt.meetings.services.invitations import plan_invitations


def test_coordinator_puts_guests_into_waves(client, coordinator):
    meeting = a_meeting(coordinator)
    guests = [an_actor() for _ in range(3)]
    planned = plan_invitations(by=coordinator, meeting=meeting, actor_ids=[guest.pk for guest in guests]).invitations
    assert client.post(url("waves", meeting.pk), {}).status_code == 422

    day = str(today() + timedelta(days=3))
    ticked = [str(row.pk) for row in planned[1:]]
    assert client.post(url("waves", meeting.pk), {"invitation": ticked, "goes_on": day}).status_code == 302
    wave = Wave.objects.get()
    assert (wave.number, str(wave.goes_on), wave.invitations.count()) == (1, day, 2)
    page = client.get(url("waves", meeting.pk)).content.decode()
    assert all(guest.name in page for guest in guests)
    assert len(client.get(url("send", meeting.pk)).context["planned"]) == 1
    assert url("waves", meeting.pk) in client.get(url("detail", meeting.pk)).content.decode()

    client.post(url("send_wave", wave.pk))
    assert Invitation.objects.filter(wave=wave, state="sent").count() == 2
    assert client.get(url("waves", meeting.pk)).status_code == 200


def test_day_of_a_wave_is_changed_until_it_is_out(client, coordinator):
    meeting = a_meeting(coordinator)
    wave = a_wave(coordinator, meeting, an_actor(), goes_on=today() + timedelta(days=3))
    day = today() + timedelta(days=5)
    client.post(url("change_wave", wave.pk), {"goes_on": str(day), "only_if_free": "on"})
    wave.refresh_from_db()
    assert (wave.goes_on, wave.only_if_free, wave.invitations.count()) == (day, True, 1)

    for wrong in (str(meeting.day), str(today() - timedelta(days=1)), "morgen"):
        client.post(url("change_wave", wave.pk), {"goes_on": wrong})
    wave.refresh_from_db()
    assert wave.goes_on == day

    client.post(url("change_wave", wave.pk), {"goes_on": ""})
    client.post(url("send_wave", wave.pk))
    client.post(url("change_wave", wave.pk), {"goes_on": str(day)})
    wave.refresh_from_db()
    assert (wave.goes_on, wave.only_if_free) == (None, False)


def test_who_moves_a_meeting_ahead_of_its_waves_is_told_so(client, coordinator):
    meeting = a_meeting(coordinator)
    wave = a_wave(coordinator, meeting, an_actor(), goes_on=today() + timedelta(days=12))
    given = planned(meeting.communities.get(), name=meeting.name, version=str(meeting.version))

    page = client.post(url("edit", meeting.pk), given, follow=True).content.decode()
    wave.refresh_from_db()
    assert wave.goes_on is None
    assert "1 Welle" in page


def test_date_that_was_found_before_the_day_of_a_wave_says_so(client, coordinator):
    meeting = a_meeting(coordinator, day=today() + timedelta(days=40))
    a_wave(coordinator, meeting, an_actor(), goes_on=today() + timedelta(days=30))
    first = moments(a_poll(coordinator, meeting, an_actor()))[0]

    chosen = client.post(url("poll_choose", meeting.pk), {"moment": str(first.pk)}, follow=True)
    assert Wave.objects.get().goes_on is None
    assert "1 Welle" in chosen.content.decode()


def test_pages_ask_as_much_for_many_waves_as_for_few(client, coordinator):
    few, many = (a_meeting(coordinator) for _ in range(2))
    for meeting, number in ((few, 1), (many, 8)):
        for _ in range(number):
            a_wave(coordinator, meeting, an_actor(), an_actor())
    for name in ("waves", "detail"):
        counted = [number_of_queries(client, url(name, meeting.pk)) for meeting in (few, many)]
        assert counted[0] == counted[1] <= MOST, name
