"""Mail that comes back, as the mail servers of the world write it."""

from __future__ import annotations

import io
import mailbox

import pytest
from django.core.management import call_command

from tests.factories.meetings import a_coordinator, an_actor
from treffpunkt.core.agent import SYSTEM
from treffpunkt.jobs.work.network import mail_failed
from treffpunkt.network.models import Actor, Channel
from treffpunkt.network.services import failing, telling
from treffpunkt.network.services.actors import add_channel
from treffpunkt.network.services.reaching import receiver_of
from treffpunkt.post import bounces, services
from treffpunkt.post.delivery import deliver_due, message_id
from treffpunkt.post.models import Message

pytestmark = pytest.mark.django_db

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
To: treffpunkt@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4Qx.1/mail"

--4Qx.1/mail
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

<gone@example.net>: host mx.example.net[192.0.2.7] said: 550 5.1.1
    <gone@example.net>: Recipient address rejected: User unknown

--4Qx.1/mail
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
X-Postfix-Queue-ID: 4Qx0Z12BkTz9rxP
Arrival-Date: Wed, 25 Nov 2026 10:00:00 +0000 (UTC)

Final-Recipient: rfc822; gone@example.net
Original-Recipient: rfc822;gone@example.net
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 5.1.1 <gone@example.net>: Recipient address rejected

--4Qx.1/mail
Content-Description: Undelivered Message
Content-Type: message/rfc822

From: Treffpunkt <treffpunkt@example.org>
To: gone@example.net
Subject: Zu Ihrer Information
Message-ID: {message_id}

Guten Tag,

--4Qx.1/mail--
"""
EXIM = """\
From: Mail Delivery System <Mailer-Daemon@mx.example.com>
To: treffpunkt@example.org
Auto-Submitted: auto-replied
X-Failed-Recipients: gone@example.net
Content-Type: multipart/report; report-type=delivery-status; boundary=1700-eximdsn-16
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender

--1700-eximdsn-16
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

  gone@example.net
    host mx.example.net [192.0.2.7]
    SMTP error from remote mail server after RCPT TO:<gone@example.net>:
    552 5.2.2 Mailbox full

--1700-eximdsn-16
Content-type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Action: failed
Final-Recipient: rfc822;gone@example.net
Status: 5.0.0
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 552 5.2.2 Mailbox full

--1700-eximdsn-16
Content-type: text/rfc822-headers

Received: from treffpunkt by mx.example.com
Message-ID: {message_id}
From: Treffpunkt <treffpunkt@example.org>
To: gone@example.net

--1700-eximdsn-16--
"""
EXCHANGE = """\
From: <postmaster@outlook.example.com>
To: <treffpunkt@example.org>
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="_86c9e-4e51-97c0_"
In-Reply-To: {message_id}
References: {message_id}
Subject: Unzustellbar: Zu Ihrer Information
Auto-Submitted: auto-replied
MIME-Version: 1.0

--_86c9e-4e51-97c0_
Content-Type: multipart/alternative; differences=Content-Type; boundary="_inner_"

--_inner_
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

SWhyZSBOYWNocmljaHQgYW4gZ29uZUBleGFtcGxlLm5ldCBrb25udGUgbmljaHQgenVnZXN0ZWxsdCB3ZXJkZW4u

--_inner_
Content-Type: text/html; charset="utf-8"

<html><body><p>Unzustellbar</p></body></html>

--_inner_--

--_86c9e-4e51-97c0_
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR05MB0001.eurprd05.prod.outlook.com
Received-From-MTA: dns;mail.example.org
Arrival-Date: Wed, 25 Nov 2026 10:00:00 +0000

Final-Recipient: rfc822;gone@example.net
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient gone@example.net not found by SMTP
 address lookup

--_86c9e-4e51-97c0_
Content-Type: message/rfc822

From: Treffpunkt <treffpunkt@example.org>
To: <gone@example.net>
Subject: Zu Ihrer Information
Message-ID: {message_id}
Content-Type: text/plain

Guten Tag

--_86c9e-4e51-97c0_--
"""
OLD_EXIM = """\
From: Mail Delivery System <Mailer-Daemon@old.example.com>
To: treffpunkt@example.org
X-Failed-Recipients: gone@example.net
Subject: Mail delivery failed: returning message to sender

A message that you sent could not be delivered to one or more of its recipients.
This is a permanent error. The following address(es) failed:

  gone@example.net
    550 5.1.1 unknown user

------ This is a copy of the message, including all the headers. ------

Message-ID: {message_id}
From: Treffpunkt <treffpunkt@example.org>
"""
AWAY = """\
From: Gone <gone@example.net>
To: treffpunkt@example.org
Subject: Abwesend
Auto-Submitted: auto-replied
In-Reply-To: {message_id}
References: {message_id}

Ich bin bis Montag nicht da.
"""


@pytest.fixture
def sent(smtp) -> tuple[Actor, Message]:
    """Give somebody to whom a mail went out that told what is stored."""
    actor = an_actor(language="de", mail=False)
    Channel.objects.create(actor=actor, channel_kind="mail", value="gone@example.net")
    telling.tell(by=SYSTEM, ids=[actor.pk])
    deliver_due()
    message = Message.objects.get(to_id=actor.pk)
    assert smtp.mails[0]["Message-ID"] == message_id(message)
    return actor, message


def written(sample: str, message: Message, **values: str) -> bytes:
    """Fill in which message came back, with the line ends of the mail."""
    values = {"action": "failed", "status": "5.1.1", "message_id": message_id(message)} | values
    for name, value in values.items():
        sample = sample.replace("{" + name + "}", value)
    return sample.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("sample", "status"),
    [(POSTFIX, "5.1.1"), (EXIM, "5.2.2"), (EXCHANGE, "5.1.10"), (OLD_EXIM, "5.1.1")],
    ids=["Postfix", "Exim", "Exchange", "Exim before DSN"],
)
def test_mail_that_comes_back_marks_message_and_address(sent, deferred, sample, status):
    actor, message = sent

    assert bounces.take(written(sample, message)) == message

    message.refresh_from_db()
    assert (message.state, message.problem) == (Message.State.FAILED, status)
    assert deferred == [("network.mail_failed", {"message_id": str(message.pk)})]
    mail_failed(str(message.pk))
    channel = actor.channels.get()
    assert channel.fails_since is not None
    assert (channel.fails_why, bool(channel.why_it_fails)) == (status, True)
    assert receiver_of(Actor.objects.get(pk=actor.pk)) is None


def test_second_note_changes_nothing(sent):
    _actor, message = sent
    bounces.take(written(POSTFIX, message))

    assert bounces.take(written(EXCHANGE, message)) == message

    message.refresh_from_db()
    assert message.problem == "5.1.1"


@pytest.mark.parametrize(
    ("sample", "values"),
    [
        (POSTFIX, {"action": "delayed", "status": "4.4.1"}),
        (POSTFIX, {"action": "delivered", "status": "2.0.0"}),
        (POSTFIX, {"message_id": "<0123456789abcdef0123456789abcdef@example.org>"}),
        (AWAY, {}),
    ],
    ids=["delayed", "delivered", "somebody else's", "away"],
)
def test_other_notes_change_nothing(sent, sample, values):
    _actor, message = sent

    assert bounces.take(written(sample, message, **values)) is None

    message.refresh_from_db()
    assert message.state == Message.State.SENT


def test_garbage_is_no_bounce(sent):
    for raw in (b"", b"\x00\xff\xfe", b"Content-Type: multipart/report; boundary=x\n\n--x", POSTFIX[:900].encode()):
        assert bounces.take(raw) is None


def test_return_path_alone_is_enough(sent, settings, smtp):
    settings.BOUNCE_ADDRESS = "zurueck@example.org"
    actor, message = sent
    stripped = written(POSTFIX, message, message_id="<lost@example.org>")
    to = f"zurueck+{message.reference}@example.org".encode()

    assert bounces.take(stripped.replace(b"To: treffpunkt@example.org", b"To: " + to)) == message


def test_return_path_carries_the_reference(settings, smtp):
    settings.BOUNCE_ADDRESS = "zurueck@example.org"
    actor = an_actor(language="de")
    seen = []

    async def handle_MAIL(server, session, envelope, address, options):
        seen.append(address)
        envelope.mail_from = address
        return "250 OK"

    smtp.handle_MAIL = handle_MAIL
    telling.tell(by=SYSTEM, ids=[actor.pk])
    deliver_due()

    assert seen == [f"zurueck+{Message.objects.get().reference}@example.org"]


def test_who_was_told_by_a_mail_that_came_back_is_not_told(sent):
    actor, message = sent
    telling.settle_told()
    actor.refresh_from_db()
    assert actor.told_at is not None

    bounces.take(written(POSTFIX, message))
    mail_failed(str(message.pk))

    actor.refresh_from_db()
    assert (actor.told_at, actor.told_how, actor.telling_at) == (None, "", None)


def test_refusal_at_handover_marks_the_address(smtp, deferred):
    smtp.refuse["gone@example.net"] = "550 no such user"
    actor = an_actor(mail=False)
    Channel.objects.create(actor=actor, channel_kind="mail", value="gone@example.net")
    telling.tell(by=SYSTEM, ids=[actor.pk])
    deliver_due()
    ((name, ids),) = [job for job in deferred if job[0] == "network.mail_failed"]

    mail_failed(**ids)

    assert actor.channels.get().fails_why == "SMTP 550"


def test_address_is_tried_again_when_somebody_says_so(client, sent):
    actor, message = sent
    bounces.take(written(POSTFIX, message))
    mail_failed(str(message.pk))
    client.force_login(a_coordinator())
    page = client.get(f"/network/people/{actor.pk}/").content.decode()
    assert "Mail kommt seit" in page
    assert "Diese Adresse gibt es nicht." in page

    client.post(f"/network/channels/{actor.channels.get().pk}/works/")

    assert actor.channels.get().fails_since is None
    assert receiver_of(Actor.objects.get(pk=actor.pk)).mail == "gone@example.net"
    failing.mail_failed(message.pk)


def test_mail_sent_again_goes_to_the_corrected_address(client, sent, smtp):
    actor, message = sent
    bounces.take(written(POSTFIX, message))
    mail_failed(str(message.pk))
    client.force_login(a_coordinator())
    client.post(f"/outbox/{message.pk}/again/")
    deliver_due()
    assert len(smtp.to("gone@example.net")) == 2  # nobody knew better

    bounces.take(written(POSTFIX, message))
    mail_failed(str(message.pk))
    add_channel(by=a_coordinator(), actor=actor, channel_kind="mail", value="here@example.net")
    client.post(f"/outbox/{message.pk}/again/")
    deliver_due()

    assert len(smtp.to("gone@example.net")) == 2
    (mail,) = smtp.to("here@example.net")
    assert mail["Message-ID"] == message_id(message)


def test_calendar_entry_follows_the_corrected_address(sent):
    actor, message = sent
    head = "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:"
    # A line is folded after 75 octets, wherever that is.
    Message.objects.filter(pk=message.pk).update(
        calendar=f"{head}ma\r\n ilto:gone@exam\r\n ple.net\r\nCLASS:PRIVATE\r\n"
    )
    bounces.take(written(POSTFIX, message))
    mail_failed(str(message.pk))
    add_channel(by=a_coordinator(), actor=actor, channel_kind="mail", value="here@example.net")

    services.send_again(by=a_coordinator(), message=message)

    message.refresh_from_db()
    assert message.calendar.replace("\r\n ", "") == f"{head}mailto:here@example.net\r\nCLASS:PRIVATE\r\n"


def test_command_takes_a_mail_and_a_mailbox(sent, tmp_path, monkeypatch, capsys):
    _actor, message = sent
    box = mailbox.Maildir(tmp_path / "box", create=True)
    box.add(written(AWAY, message))
    box.add(written(EXIM, message))

    call_command("take_mail", mailbox=tmp_path / "box")

    message.refresh_from_db()
    assert message.state == Message.State.FAILED
    assert len(mailbox.Maildir(tmp_path / "box")) == 1
    assert "2 mails read, 1 taken" in capsys.readouterr().out

    class Input:
        buffer = io.BytesIO(written(AWAY, message))

    monkeypatch.setattr("sys.stdin", Input)
    call_command("take_mail")
    assert "Not about" in capsys.readouterr().out
