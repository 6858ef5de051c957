"""Mail is handed over once, whatever happens in between."""

from __future__ import annotations

from datetime import timedelta

import pytest
from uuid_utils.compat import uuid4

from tests.factories.people import a_coordinator, a_counsellor
from tests.factories.post import a_chat_text, a_mail
from tests.support.mail import free_port
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import as_of, now
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.links.services import LinkClosed, find, revoke
from treffpunkt.post import services
from treffpunkt.post.delivery import deliver_due, message_id
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render
from treffpunkt.site.env import Smtp

pytestmark = pytest.mark.django_db


def test_mail_reaches_its_one_receiver(smtp):
    message = a_mail(address="amina@example.org")

    assert deliver_due() == 1

    (mail,) = smtp.to("amina@example.org")
    message.refresh_from_db()
    assert (mail["To"], mail["Subject"]) == ("amina@example.org", "Dein Code")
    assert "ABCD-1234" in mail.get_content()
    assert (message.state, message.secret) == (Message.State.SENT, {})


def test_second_round_sends_nothing_again(smtp):
    a_mail()
    deliver_due()

    assert deliver_due() == 0
    assert len(smtp.mails) == 1


def test_one_occasion_is_one_message():
    first = a_mail(occasion="invitation:1")
    to = services.Receiver(kind=first.to_kind, id=first.to_id, mail=first.address)

    assert services.send("people/code", to=to, language="de", occasion="invitation:1") is None
    assert Message.objects.filter(occasion="invitation:1").count() == 1


def test_message_left_by_a_killed_worker_is_unclear_and_waits_for_a_person(smtp):
    message = a_mail()
    Message.objects.filter(pk=message.pk).update(state=Message.State.SENDING)

    assert deliver_due() == 0

    message.refresh_from_db()
    assert message.state == Message.State.UNCLEAR
    services.send_again(by=a_coordinator(), message=message)
    assert deliver_due() == 1
    assert smtp.mails[0]["Message-ID"] == message_id(message)


def test_refused_receiver_fails_without_holding_up_the_others(smtp):
    smtp.refuse["gone@example.org"] = "550 no such user gone@example.org"
    refused, other = a_mail(address="gone@example.org"), a_mail()

    assert deliver_due() == 1

    refused.refresh_from_db()
    other.refresh_from_db()
    assert (refused.state, refused.problem) == (Message.State.FAILED, "SMTP 550")
    assert other.state == Message.State.SENT


def test_receiver_refused_for_now_is_tried_again_later(smtp):
    smtp.refuse["full@example.org"] = "452 try again"
    message = a_mail(address="full@example.org")
    deliver_due()
    smtp.refuse.clear()

    assert deliver_due() == 0
    with as_of(now() + timedelta(minutes=2)):
        assert deliver_due() == 1
    message.refresh_from_db()
    assert message.attempts == 2


def test_server_that_is_away_keeps_mail_waiting(settings):
    settings.SMTP = Smtp(host="127.0.0.1", port=free_port(), user="", password="", starttls=False, tls=False)
    message = a_mail()

    assert deliver_due() == 0

    message.refresh_from_db()
    assert (message.state, message.problem) == (Message.State.QUEUED, "ConnectionRefusedError")
    assert message.attempts == 0  # it waits as long as the server is away, and does not use up its attempts


def test_without_a_server_mail_waits_and_says_why(settings):
    settings.SMTP, settings.DEMO = None, False
    message = a_mail()

    deliver_due()

    message.refresh_from_db()
    assert (message.state, message.problem) == (Message.State.QUEUED, "no mail server")


def test_demo_shows_mail_instead_of_sending_it(settings):
    settings.SMTP, settings.DEMO = None, True
    message = a_mail()

    deliver_due()

    message.refresh_from_db()
    assert message.state == Message.State.SENT
    assert "ABCD-1234" in message.shown


def test_link_is_the_same_each_time_and_stored_nowhere():
    subject = uuid4()
    message = a_mail(
        link={"purpose": "invitation", "subject_kind": "meetings.invitation", "subject_id": str(subject), "days": 3}
    )
    from treffpunkt.links.services import address

    link = address(message.context["link_key"])
    token = link.rstrip("/").rpartition("/")[2]

    assert find(token, "invitation").subject_id == subject
    assert token not in str(Message.objects.filter(pk=message.pk).values())
    assert link == address(message.context["link_key"])


def test_link_closes_when_it_is_revoked_or_old():
    message = a_mail(
        link={"purpose": "minutes", "subject_kind": "meetings.minutes", "subject_id": str(uuid4()), "days": 3}
    )
    from treffpunkt.links.services import address

    token = address(message.context["link_key"]).rstrip("/").rpartition("/")[2]
    with as_of(now() + timedelta(days=4)), pytest.raises(LinkClosed):
        find(token)
    with pytest.raises(LinkClosed):
        find(token, "invitation")

    assert revoke(holder_id=message.to_id) == 1
    with pytest.raises(LinkClosed):
        find(token)


def test_masked_text_holds_no_code():
    message = a_mail()

    assert "ABCD-1234" in render(message).body
    assert "ABCD-1234" not in render(message, masked=True).body


def test_owner_marks_chat_text_as_sent_once():
    owner = a_counsellor()
    message = a_chat_text(owner)

    services.mark_sent(by=owner, message=message)
    again = services.mark_sent(by=owner, message=message)

    assert again.state == Message.State.SENT
    assert services.take_back(by=owner, message=message).state == Message.State.BY_HAND


def test_nobody_else_handles_a_chat_text():
    with pytest.raises(Forbidden):
        services.mark_sent(by=a_counsellor(), message=a_chat_text(a_counsellor()))


def test_mail_cannot_be_taken_back(smtp):
    message = a_mail()
    deliver_due()

    with pytest.raises((DomainError, Forbidden)):
        services.take_back(by=SYSTEM, message=message)


def test_erased_receiver_leaves_nothing_behind():
    message = a_mail(address="weg@example.org")

    services.forget_receiver(receiver_id=message.to_id)

    message.refresh_from_db()
    assert "weg@example.org" not in str(Message.objects.filter(pk=message.pk).values())
    assert message.state == Message.State.CANCELLED
