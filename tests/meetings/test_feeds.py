"""Calendars to subscribe to, and whatever we write read back by a second program."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from tests.factories.meetings import a_colleague, a_community, a_coordinator, a_meeting, an_actor, invited
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.errors import DomainError
from treffpunkt.meetings import calendar
from treffpunkt.meetings.feeds import feed
from treffpunkt.meetings.services.feeds import close_feed, open_feed
from treffpunkt.meetings.services.meetings import cancel_meeting, change_meeting
from treffpunkt.meetings.services.series import create_series
from treffpunkt.meetings.times import moment
from treffpunkt.people.services.closing import deactivate_staff

pytestmark = pytest.mark.django_db
ZONES = ["Europe/Berlin", "Europe/Belgrade", "Africa/Cairo", "America/Bogota", "Asia/Kathmandu", "Africa/Casablanca"]


def calendar_of(text: str) -> Calendar:
    """Read a calendar with the second parser."""
    return IcsCalendarStream.calendar_from_ics(text)


def entries(text: str) -> list[Event]:
    """Read the entries of a calendar with the second parser."""
    return calendar_of(text).events


def read(address: str) -> tuple[int, str]:
    """Ask for a calendar as a program does, without signing in."""
    answer = Client().get(urlsplit(address).path)
    return answer.status_code, answer.content.decode()


def test_counsellor_reads_her_meetings_and_no_others():
    counsellor = a_colleague()
    own = a_meeting(communities=[a_community("ar", counsellor)], name="Arabisch")
    a_meeting(communities=[a_community("sr")], name="Serbisch")

    status, text = read(open_feed(by=counsellor))
    (entry,) = entries(text)
    assert status == 200
    assert entry.dtstart == own.starts
    assert "Arabisch" not in text
    assert str(own.pk) in entry.url


def test_calendar_of_a_community_shows_that_one():
    first, second = a_community("ar"), a_community("sr")
    host = a_coordinator()
    a_meeting(host, communities=[first])
    a_meeting(host, communities=[second])

    assert len(entries(read(open_feed(by=host))[1])) == 2
    assert len(entries(read(open_feed(by=host, community=first))[1])) == 1


def test_new_address_closes_the_old_and_a_closed_account_reads_nothing():
    counsellor, other = a_colleague(), a_colleague()
    old, new = open_feed(by=counsellor), open_feed(by=counsellor)
    assert (read(old)[0], read(new)[0]) == (410, 200)
    assert close_feed(by=counsellor) == 1
    assert read(new)[0] == 410

    address = open_feed(by=other)
    deactivate_staff(by=SYSTEM, staff=other)
    assert read(address)[0] == 410


def test_everybody_reads_the_public_dates_with_neutral_titles():
    host = a_coordinator()
    community = a_community()
    begins = date.today()
    season = create_series(
        by=host, name="Saison", begins=begins, ends=begins + timedelta(days=90), communities=[community],
        title={"de": "Frauen im Netz"},
    )  # fmt: skip
    meeting = a_meeting(host, communities=[community], series=season, name="Gewalt")
    invited(host, meeting, an_actor())

    status, text = read(reverse("public:calendar", args=["es"]))
    (entry,) = entries(text)
    assert (status, entry.dtstart, entry.summary) == (200, meeting.starts, "Reunión en línea")
    assert "Frauen" not in text
    assert str(meeting.pk) not in text


def test_changes_keep_the_uid_and_count_on():
    host = a_coordinator()
    meeting = a_meeting(host)
    invitation = invited(host, meeting, an_actor())[0]
    first = entries(calendar.entry(invitation, mail="gast@example.org"))[0]
    meeting.refresh_from_db()
    change_meeting(by=host, meeting=meeting, version=meeting.version, venue="Café", form="on_site")
    invitation.refresh_from_db()
    second = entries(calendar.entry(invitation, mail="gast@example.org"))[0]
    cancel_meeting(by=host, meeting=meeting)
    invitation.refresh_from_db()
    last = calendar_of(calendar.entry(invitation, mail="gast@example.org", method="CANCEL"))
    (last_entry,) = last.events

    assert first.uid == second.uid == last_entry.uid
    numbers = [int(one.sequence) for one in (first, second, last_entry)]
    assert numbers == sorted(set(numbers))
    assert (last.method, last_entry.status) == ("CANCEL", "CANCELLED")


def test_every_time_in_every_zone_is_read_back_equal():
    host = a_coordinator()
    invitation = invited(host, a_meeting(host), an_actor())[0]

    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.dates(date(2021, 1, 1), date(2035, 12, 31)), st.times(), st.sampled_from(ZONES))
    def check(day: date, at: time, zone: str) -> None:
        meeting = invitation.meeting
        try:
            starts = moment(day, at.replace(second=0, microsecond=0), zone)
        except DomainError:
            return  # an hour that the clocks skip
        meeting.day, meeting.time, meeting.zone, meeting.starts = day, at, zone, starts
        for text in (calendar.entry(invitation, mail="gast@example.org"), feed([meeting], "ar")):
            (entry,) = entries(text)
            assert entry.dtstart.astimezone(UTC) == starts
            assert entry.dtend.astimezone(UTC) - starts == timedelta(minutes=meeting.minutes_long)

    check()
