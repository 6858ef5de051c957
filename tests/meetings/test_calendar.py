"""Calendar entries, read back as a guest's calendar reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from time import process_time

import pytest
from icalendar import Calendar

from tests.factories.meetings import a_coordinator, a_meeting, an_actor, invited
from treffpunkt.meetings import calendar, wording
from treffpunkt.meetings.models import Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    """Give an invitation to a meeting in winter whose name must not show."""
    host = a_coordinator()
    meeting = a_meeting(
        host,
        name="Gewalt in Gruppen",
        title={"ar": "لقاء النساء"},
        day=date(2027, 1, 14),
        time=time(18),
        room="https://video.example.org/x",
    )
    return invited(host, meeting, an_actor(name="Amira Haddad"))[0]


def test_entry_is_read_back(invitation):
    read = Calendar.from_ical(calendar.entry(invitation, mail="gast@example.org"))

    (event,) = read.events
    assert (read["METHOD"], read["VERSION"]) == ("REQUEST", "2.0")
    assert event.start.astimezone(UTC) == datetime(2027, 1, 14, 17, tzinfo=UTC)
    assert event.end.astimezone(UTC) == datetime(2027, 1, 14, 18, 30, tzinfo=UTC)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["UID"] == f"{invitation.uid}@{calendar.domain()}"
    assert event["SEQUENCE"] == 0
    assert str(event["ATTENDEE"]) == "mailto:gast@example.org"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


def test_entry_brings_the_zone_with_the_rules_of_that_year(invitation):
    read = Calendar.from_ical(calendar.entry(invitation, mail="gast@example.org"))

    (zone,) = read.timezones
    assert zone["TZID"] == "Europe/Berlin"
    tz = zone.to_tz(lookup_tzid=False)
    assert datetime(2027, 1, 14, 18, tzinfo=tz).utcoffset().total_seconds() == 3600
    assert datetime(2027, 7, 14, 18, tzinfo=tz).utcoffset().total_seconds() == 7200


def test_entry_tells_neither_topic_nor_group_nor_other_guests(invitation):
    text = calendar.entry(invitation, mail="gast@example.org").replace("\r\n ", "")

    for secret in (
        "Gewalt",
        "النساء",
        "Amira",
        "video.example.org",
        str(invitation.pk),
        str(invitation.meeting_id),
    ):
        assert secret not in text
    assert text.count("mailto:") == 2


def test_lines_are_folded_and_end_as_the_standard_says(invitation):
    text = calendar.entry(invitation, mail="gast@example.org")

    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@pytest.mark.parametrize(
    ("method", "status"), [("REQUEST", "CONFIRMED"), ("CANCEL", "CANCELLED"), ("PUBLISH", "CONFIRMED")]
)
def test_method_and_status_agree(invitation, method, status):
    read = Calendar.from_ical(calendar.entry(invitation, mail="gast@example.org", method=method))

    assert (read["METHOD"], read.events[0]["STATUS"]) == (method, status)
    assert ("ATTENDEE" in read.events[0]) == (method != "PUBLISH")


def test_answer_we_know_is_told_to_the_calendar(invitation):
    Invitation.objects.update(state="accepted")
    invitation.refresh_from_db()

    read = Calendar.from_ical(calendar.entry(invitation, mail="gast@example.org"))
    assert read.events[0]["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


@pytest.mark.parametrize("language", ["de", "en", "ar", "fr", "sr", "sr-latn", "es", "fa"])
def test_title_is_neutral_in_every_language(invitation, language):
    meeting = invitation.meeting

    assert wording.calendar_title(meeting, language)
    assert wording.title(meeting, language)
    assert wording.when(meeting, language)
    assert wording.where(meeting, language)


def test_place_of_a_meeting_on_site_is_in_the_entry():
    host = a_coordinator()
    meeting = a_meeting(host, form="on_site", venue="Hauptstraße 1; Raum 2, Berlin")
    (invitation,) = invited(host, meeting, an_actor())

    read = Calendar.from_ical(calendar.entry(invitation, mail="gast@example.org"))
    assert str(read.events[0]["LOCATION"]) == "Hauptstraße 1; Raum 2, Berlin"


def test_thousand_entries_take_no_more_than_two_seconds_of_the_processor(invitation):
    begin = process_time()
    for _ in range(1000):
        calendar.entry(invitation, mail="gast@example.org")
    assert process_time() - begin < 2
