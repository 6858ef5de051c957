"""Files of other calendars, read as meetings that could be planned."""

from __future__ import annotations

import os
import re
import tarfile
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.utils import translation

from treffpunkt.core.clock import as_of
from treffpunkt.core.errors import DomainError
from treffpunkt.meetings.calendar_files.reading import Read, read_file

ROOT = Path(__file__).parents[2]
FILES = Path(os.environ.get("DATA") or ROOT.parent / "shared" / "data") / "icalendar" / "ics_dev.tar.gz"


def calendar(*lines: str, around: str = "") -> bytes:
    """Write a file with one event."""
    event = ["BEGIN:VEVENT", "UID:eins@example.net", "SUMMARY:Treffen", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *around.splitlines(), *event, "END:VCALENDAR", ""]).encode()


def understood(*lines: str, around: str = ""):
    """Read the one event of a file in January 2027."""
    with as_of(datetime(2027, 1, 1, tzinfo=UTC)):
        (event,) = read_file(calendar(*lines, around=around), zone="Europe/Berlin").events
    return event


def days(event) -> list[tuple[str, str]]:
    return [(str(one.day), f"{one.at:%H:%M}" if one.at else "") for one in event.dates]


def test_event_becomes_a_meeting_without_its_people():
    event = understood(
        "DTSTART;TZID=Europe/Paris:20270114T180000", "DTEND;TZID=Europe/Paris:20270114T193000",
        "LOCATION:Hauptstraße 1\\, Berlin", "ORGANIZER;CN=Amira:mailto:amira@example.net",
        "ATTENDEE;CN=Leila:mailto:leila@example.net", "DESCRIPTION:Amira sagt: https://meet.jit.si/raum und https://example.net/amira",
    )  # fmt: skip

    assert (days(event), event.zone, event.minutes_long) == ([("2027-01-14", "18:00")], "Europe/Paris", 90)
    assert (event.venue, event.room) == ("Hauptstraße 1, Berlin", "https://meet.jit.si/raum")
    assert not {"amira", "leila"} & set(repr(event).lower().replace("/", " ").split())


def test_address_in_a_name_is_not_taken_over():
    raw = calendar("DTSTART:20270114T170000Z").replace(b"SUMMARY:Treffen", b"SUMMARY:Treffen mit amira@example.net")
    with as_of(datetime(2027, 1, 1, tzinfo=UTC)):
        assert read_file(raw, zone="Europe/Berlin").events[0].name == "Treffen mit"


@pytest.mark.parametrize(
    ("start", "told", "zone"),
    [
        ("DTSTART:20270714T160000Z", "18:00", "Europe/Berlin"),
        ("DTSTART:20270714T180000", "18:00", "Europe/Berlin"),
        ("DTSTART;TZID=W. Europe Standard Time:20270714T180000", "18:00", "Europe/Berlin"),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/London:20270714T180000", "18:00", "Europe/London"),
        ("DTSTART;TZID=Atlantis/Hauptstadt:20270714T180000", "18:00", "Europe/Berlin"),
    ],
)
def test_zone_is_found(start, told, zone):
    event = understood(start, "DURATION:PT1H")

    assert (days(event), event.zone) == ([("2027-07-14", told)], zone)
    assert bool(event.notes) == ("TZID" not in start and not start.endswith("Z") or "Atlantis" in start)


def test_zone_as_the_file_describes_it_is_told_in_ours():
    described = (
        "BEGIN:VTIMEZONE\nTZID:Büro\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0300\n"
        "END:STANDARD\nEND:VTIMEZONE"
    )
    event = understood("DTSTART;TZID=Büro:20270114T180000", "DURATION:PT1H", around=described)

    assert days(event) == [("2027-01-14", "16:00")]
    assert "Büro" in event.notes[0]


def test_zone_we_know_is_taken_by_its_name_however_wrongly_described():
    broken = (
        "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0900\n"
        "TZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE"
    )
    event = understood("DTSTART;TZID=Europe/Berlin:20270114T180000", "DURATION:PT1H", around=broken)
    assert days(event) == [("2027-01-14", "18:00")]


def test_hour_that_the_clocks_skip_is_said():
    event = understood("DTSTART;TZID=Europe/Berlin:20270328T023000", "DURATION:PT1H")

    assert event.dates == []
    assert "02:30" in event.why


def test_repeated_event_gives_its_next_dates():
    event = understood(
        "DTSTART;TZID=Europe/Berlin:20261203T180000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=9",
        "EXDATE;TZID=Europe/Berlin:20270114T180000",
    )  # fmt: skip
    assert [day for day, _at in days(event)] == ["2027-01-07", "2027-01-21", "2027-01-28"]

    endless = understood("DTSTART;TZID=Europe/Berlin:20261203T180000", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;BYDAY=1TH")
    assert len(endless.dates) == 10
    assert len({one.key for one in endless.dates}) == 10
    assert any("10" in note for note in endless.notes)


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=0", "FREQ=OFT", "FREQ=WEEKLY;BYDAY=XX",
             "FREQ=YEARLY;BYMONTH=99", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2"]
)  # fmt: skip
def test_rule_that_asks_for_nonsense_leaves_the_first_date(rule):
    event = understood("DTSTART;TZID=Europe/Berlin:20270107T180000", "DURATION:PT1H", f"RRULE:{rule}")
    assert days(event) == [("2027-01-07", "18:00")]


@pytest.mark.parametrize(
    ("lines", "notes", "minutes"),
    [
        (["DTSTART;VALUE=DATE:20270114"], 1, 90),
        (["DTSTART:20270114T170000Z"], 1, 90),
        (["DTSTART:20270114T170000Z", "DTEND:20270115T170000Z"], 1, 720),
        (["DTSTART:20270114T170000Z", "DTEND:20270114T150000Z"], 1, 90),
    ],
)
def test_what_is_missing_is_said(lines, notes, minutes):
    event = understood(*lines)
    assert (len(event.dates), len(event.notes), event.minutes_long) == (1, notes, minutes)


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART:20200114T170000Z"], ["DTSTART:20270114T170000Z", "STATUS:CANCELLED"], [], ["DTSTART:99990114T170000Z"],
        ["DTSTART:20270230T170000Z"], ["DTSTART:00010101T000000Z"],
    ],
)  # fmt: skip
def test_what_cannot_be_planned_says_why(lines):
    event = understood(*lines)
    assert (event.dates, bool(event.why)) == ([], True)


def test_moved_event_is_known_again():
    first = understood("DTSTART:20270114T170000Z", "DURATION:PT1H")
    moved = understood("DTSTART:20270121T170000Z", "DURATION:PT1H", "SEQUENCE:1")
    assert first.dates[0].key == moved.dates[0].key


def test_one_date_moved_out_of_many():
    raw = calendar("DTSTART:20270107T170000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3").replace(
        b"END:VCALENDAR",
        b"BEGIN:VEVENT\r\nUID:eins@example.net\r\nSUMMARY:Treffen\r\nRECURRENCE-ID:20270114T170000Z\r\n"
        b"DTSTART:20270115T170000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR",
    )
    with as_of(datetime(2027, 1, 1, tzinfo=UTC)):
        events = read_file(raw, zone="Europe/Berlin").events
    assert sorted(str(one.day) for event in events for one in event.dates) == ["2027-01-07", "2027-01-15", "2027-01-21"]


def test_file_is_read_in_every_encoding_and_folding():
    text = calendar("DTSTART:20270114T170000Z", "LOCATION:Straße").decode()
    folded = text.replace("SUMMARY:Treffen", "SUMMARY:Tref\r\n fen")
    for raw in (
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        text.encode("cp1252"),
        folded.encode(),
        text.replace("\r", "").encode(),
    ):
        with as_of(datetime(2027, 1, 1, tzinfo=UTC)):
            (event,) = read_file(raw, zone="Europe/Berlin").events
        assert (event.name, event.venue) == ("Treffen", "Straße")


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"%PDF-1.7", b"BEGIN:VCALENDAR", b"\x00" * 100, b"BEGIN:VCARD\r\nEND:VCARD", b"BEGIN:VEVENT\r\n" * 20_000,
        b"BEGIN:VCALENDAR\r\n" * 5_000 + b"END:VCALENDAR\r\n" * 5_000, b"x" * (2 * 2**20 + 1),
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_refused_in_words(raw):
    with pytest.raises(DomainError):
        read_file(raw, zone="Europe/Berlin")


def test_huge_description_is_read_past():
    event = understood("DTSTART:20270114T170000Z", "DURATION:PT1H", "DESCRIPTION:" + "Amira " * 200_000)
    assert days(event) == [("2027-01-14", "18:00")]


def _names() -> list[str]:
    if not FILES.exists():
        return []
    with tarfile.open(FILES) as archive:
        return [one.name for one in archive if one.isfile()]


def test_real_files_are_there(data):
    with tarfile.open(data / "icalendar" / "ics_dev.tar.gz") as archive:
        assert len(archive.getnames()) == len(_names()) > 100


@pytest.mark.parametrize("name", _names())
def test_every_real_file_is_understood_or_says_why(name):
    """As of the first day that the file speaks of, so that its events lie ahead; the reason is told in German."""
    with tarfile.open(FILES) as archive:
        raw = archive.extractfile(name).read()
    with as_of(datetime.combine(_first_day(raw), time(), UTC)), translation.override("de"):
        read, why = _read_or_why(raw)
        assert bool(why) != bool(read.events)
        for event in read.events:
            assert event.name
            assert bool(event.dates) != bool(event.why), event
            assert not event.dates or (10 <= event.minutes_long <= 720 and event.zone)


def _read_or_why(raw: bytes) -> tuple[Read, str]:
    try:
        return read_file(raw, zone="Europe/Berlin"), ""
    except DomainError as error:
        return Read(), str(error.message)


def _first_day(raw: bytes) -> date:
    found = sorted(re.findall(rb"DTSTART[^:\r\n]*:(\d{8})", raw))
    late = [one for one in found if one > b"19800101"]
    try:
        return datetime.strptime(late[0].decode(), "%Y%m%d").replace(tzinfo=UTC).date()
    except (IndexError, ValueError):
        return date(2027, 1, 1)
