"""Answers of guests' calendars, through a real mailbox and read from what real programs write."""

from __future__ import annotations

import tarfile
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage

import pytest
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from tests.factories.meetings import a_coordinator, a_meeting, an_actor, holder_of, invited
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError
from treffpunkt.jobs import mail_in
from treffpunkt.meetings import calendar, itip
from treffpunkt.meetings.models import CalendarReply, Invitation
from treffpunkt.meetings.services.invitations import answer
from treffpunkt.meetings.services.meetings import cancel_meeting, change_meeting
from treffpunkt.meetings.services.replies import count_reply, decline_proposal, settle_reply, take_mail
from treffpunkt.network.models import Channel
from treffpunkt.post import inbox
from treffpunkt.post.delivery import compose
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render

pytestmark = pytest.mark.django_db
Outcome = CalendarReply.Outcome


@pytest.fixture
def host():
    """Give whoever invites."""
    return a_coordinator()


@pytest.fixture
def invitation(host) -> Invitation:
    """Give an invitation that was sent by mail."""
    return invited(host, a_meeting(host), an_actor())[0]


def reply_to(invitation: Invitation, says: str, *, mail: str = "", stamped: datetime | None = None, **more) -> bytes:
    """Write the mail that a calendar sends when its owner answers our entry."""
    address = mail or Channel.objects.get(actor=invitation.actor).value
    entry = Calendar.from_ical(calendar.entry(invitation, mail=address))
    entry["METHOD"] = more.pop("method", "REPLY")
    (event,) = entry.events
    event["ATTENDEE"].params["PARTSTAT"] = says
    for name in ("DTSTAMP", "DTSTART", "COMMENT", "UID"):
        value = {"DTSTAMP": stamped or now()}.get(name, more.get(name.lower()))
        if value is not None:
            event.pop(name, None)
            event.add(name.lower(), value)
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = address, "treffpunkt@example.org", f"{says}: Termin"
    written.set_content("Diese Antwort kommt aus einem Kalender.")
    written.add_alternative(entry.to_ical(), maintype="text", subtype="calendar", params={"method": entry["METHOD"]})
    return written.as_bytes()


def taken(raw: bytes) -> str:
    """Take a mail and say what became of its one answer."""
    (found,) = take_mail(raw)
    return found.outcome


@pytest.mark.parametrize(
    ("says", "state"), [("ACCEPTED", "accepted"), ("TENTATIVE", "tentative"), ("DECLINED", "declined")]
)
def test_answer_of_a_calendar_counts(invitation, says, state):
    assert taken(reply_to(invitation, says, comment="Ich komme mit dem Zug.")) == Outcome.TAKEN

    invitation.refresh_from_db()
    assert (invitation.state, invitation.answered_via) == (state, Invitation.Via.CALENDAR)
    assert invitation.remark == "Ich komme mit dem Zug."


def test_same_mail_twice_counts_once(invitation):
    raw = reply_to(invitation, "ACCEPTED")
    first, second = take_mail(raw), take_mail(raw)

    assert first == second
    assert CalendarReply.objects.count() == 1


def test_of_two_contradicting_answers_the_later_counts(invitation):
    later, earlier = now() + timedelta(minutes=5), now() + timedelta(minutes=1)
    assert taken(reply_to(invitation, "DECLINED", stamped=later)) == Outcome.TAKEN
    assert taken(reply_to(invitation, "ACCEPTED", stamped=earlier)) == Outcome.OLDER

    invitation.refresh_from_db()
    assert invitation.state == "declined"


def test_answer_by_link_given_since_stands(invitation):
    answer(by=holder_of(invitation), invitation=invitation, state="accepted")
    assert taken(reply_to(invitation, "DECLINED", stamped=now() - timedelta(hours=1))) == Outcome.OLDER

    invitation.refresh_from_db()
    assert invitation.state == "accepted"


def test_answer_to_the_former_date_does_not_count(host, invitation):
    raw = reply_to(invitation, "ACCEPTED", stamped=now() - timedelta(seconds=2))
    meeting = invitation.meeting
    change_meeting(by=host, meeting=meeting, version=meeting.version, day=today() + timedelta(days=40))

    assert taken(raw) == Outcome.OUTDATED
    invitation.refresh_from_db()
    assert invitation.state == "sent"


def test_answer_from_an_unknown_address_waits_for_a_person(host, invitation):
    raw = reply_to(invitation, "ACCEPTED", mail="jemand.anders@example.net", comment="Ich bin die Schwester.")
    (found,) = take_mail(raw)
    invitation.refresh_from_db()
    assert (found.outcome, found.comment, invitation.state) == (Outcome.STRANGER, "", "sent")

    count_reply(by=host, reply=found)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.answered_via) == ("accepted", Invitation.Via.STAFF)


def test_proposal_of_another_time_is_kept(host, invitation):
    wanted = datetime.combine(today() + timedelta(days=30), time(17), UTC)
    raw = reply_to(invitation, "TENTATIVE", method="COUNTER", dtstart=wanted, comment="Donnerstag passt besser.")
    (found,) = take_mail(raw)

    assert (found.outcome, found.proposed_at, found.comment) == (Outcome.PROPOSAL, wanted, "Donnerstag passt besser.")
    assert settle_reply(by=host, reply=found).settled_at is not None


def test_guest_and_her_calendar_hear_that_her_proposal_is_turned_down(host, invitation):
    """Her calendar finds its own proposal by UID and number (RFC 5546, 3.2.8); read by a second parser."""
    meeting = invitation.meeting
    wanted = datetime.combine(today() + timedelta(days=30), time(17), UTC)
    (found,) = take_mail(reply_to(invitation, "TENTATIVE", method="COUNTER", dtstart=wanted, comment="Lieber später."))
    begin = now().replace(microsecond=0)

    for _twice in range(2):
        decline_proposal(by=host, reply=found)
    message = Message.objects.get(template="meetings/messages/proposal_declined")
    found.refresh_from_db()
    assert (found.settled_at is not None, message.calendar_method) == (True, "DECLINECOUNTER")

    read = IcsCalendarStream.calendar_from_ics(message.calendar)
    (event,) = read.events
    address = Channel.objects.get(actor=invitation.actor).value
    assert (read.method, event.uid) == ("DECLINECOUNTER", f"{invitation.uid}@{calendar.domain()}")
    assert (event.sequence, event.dtstart) == (found.sequence, meeting.starts)
    assert event.dtstamp >= begin
    assert [str(one.uri) for one in event.attendees] == [f"mailto:{address}"]
    assert "mailto:" in str(event.organizer.uri)
    text = render(message)
    assert "Lieber" not in text.subject + text.body
    mail = message_from_bytes(compose(message).content)
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "DECLINECOUNTER"


def test_only_a_proposal_is_turned_down_and_only_while_the_meeting_stands(host, invitation):
    (stranger,) = take_mail(reply_to(invitation, "ACCEPTED", mail="jemand@example.net"))
    with pytest.raises(DomainError):
        decline_proposal(by=host, reply=stranger)
    wanted = datetime.combine(today() + timedelta(days=30), time(17), UTC)
    (found,) = take_mail(reply_to(invitation, "TENTATIVE", method="COUNTER", dtstart=wanted))
    cancel_meeting(by=host, meeting=invitation.meeting)
    with pytest.raises(DomainError):
        decline_proposal(by=host, reply=found)


def test_answer_after_the_meeting_was_cancelled(host, invitation):
    raw = reply_to(invitation, "ACCEPTED")
    cancel_meeting(by=host, meeting=invitation.meeting)

    assert taken(raw) == Outcome.CLOSED


def test_acceptance_waits_where_all_seats_are_taken(host):
    first, second = invited(host, a_meeting(host, seats=1), an_actor(), an_actor())
    assert taken(reply_to(first, "ACCEPTED")) == Outcome.TAKEN
    assert taken(reply_to(second, "ACCEPTED")) == Outcome.TAKEN

    second.refresh_from_db()
    assert second.state == "waiting"


def test_entry_that_is_not_ours_is_left_alone(invitation):
    raw = reply_to(invitation, "ACCEPTED", uid="0" * 32 + "@example.org")

    assert take_mail(raw) == []


def test_answer_with_a_moment_that_cannot_be_read_is_taken_as_of_now(invitation):
    raw = reply_to(invitation, "ACCEPTED", stamped=datetime(2027, 3, 4, 17, tzinfo=UTC))
    content = itip.read_mail(raw)
    broken = itip.read_calendar(
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20270230T170000Z\r\nATTENDEE;PARTSTAT=ACCEPTED:"
        b"mailto:gast@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )

    assert [one.answer for one in [*content, *broken]] == ["ACCEPTED", "ACCEPTED"]


def test_mailbox_gives_what_is_ours_and_keeps_the_rest(imap, settings, invitation):
    settings.IMAP = imap.settings
    private = b"From: freundin@example.net\r\nSubject: Hallo\r\n\r\nWie geht es dir?\r\n"
    imap.deliver(private)
    imap.deliver(reply_to(invitation, "ACCEPTED"))
    imap.deliver(b"From: viel@example.net\r\n\r\n" + b"x" * 3_000_000)

    done = inbox.read_new(mail_in.take, mail_in.LONGEST)
    invitation.refresh_from_db()
    assert (done.read, done.taken, invitation.state) == (3, 1, "accepted")
    assert private.replace(b"\r\n", b"\n") in [one.replace(b"\r\n", b"\n") for one in imap.mails]
    assert (len(imap.mails), imap.unread) == (2, 2)

    assert inbox.read_new(mail_in.take, mail_in.LONGEST) == inbox.Round(0, 0)


def test_mailbox_that_is_away_is_said(settings, imap):
    settings.IMAP = imap.settings.__class__(**{**vars(imap.settings), "port": 1})
    with pytest.raises(inbox.Unreachable):
        inbox.greet()


def test_every_real_calendar_file_gives_answers_or_none(data):
    """No file breaks the reading, whatever program wrote it; only replies give answers."""
    with tarfile.open(data / "icalendar" / "ics_dev.tar.gz") as archive:
        files = [(one.name, archive.extractfile(one).read()) for one in archive if one.isfile()]
    assert len(files) > 100
    for name, content in files:
        found = itip.read_calendar(content)
        assert bool(found) <= (b"METHOD:REPLY" in content or b"METHOD:COUNTER" in content), name


def test_mail_that_breaks_us_holds_up_no_other(imap, settings, invitation, monkeypatch):
    settings.IMAP = imap.settings
    broken = reply_to(invitation, "DECLINED")

    def take(raw: bytes) -> bool:
        if b"DECLINED" in raw:
            raise ValueError("a mail nobody thought of")
        return mail_in.take(raw)

    imap.deliver(broken)
    imap.deliver(reply_to(invitation, "ACCEPTED"))

    assert inbox.read_new(take, mail_in.LONGEST) == inbox.Round(2, 1)
    invitation.refresh_from_db()
    assert (invitation.state, len(imap.mails)) == ("accepted", 1)
    assert inbox.read_new(take, mail_in.LONGEST) == inbox.Round(0, 0)


def test_answer_to_no_number_at_all_is_nobodys(invitation):
    assert take_mail(reply_to(invitation, "ACCEPTED", uid="ab\0cd@example.org")) == []
