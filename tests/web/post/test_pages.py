"""The Outbox and the send-list as staff see them."""

from __future__ import annotations

import pytest

from tests.factories.people import a_coordinator, a_counsellor, a_system_administrator
from tests.factories.post import a_chat_text, a_mail
from treffpunkt.post.models import Message

pytestmark = pytest.mark.django_db


def test_codes_are_masked_outside_the_demo(client, settings):
    settings.DEMO = False
    message = a_mail()
    client.force_login(a_coordinator())

    assert "ABCD-1234" not in client.get("/outbox/").content.decode()
    assert "ABCD-1234" not in client.get(f"/outbox/{message.pk}/").content.decode()


def test_counsellor_sees_only_what_they_send_themselves(client):
    mail, own, other = a_mail(), a_counsellor(), a_counsellor()
    text = a_chat_text(own)
    client.force_login(other)

    assert client.get(f"/outbox/{mail.pk}/").status_code == 404
    assert client.get(f"/outbox/{text.pk}/").status_code == 404
    assert client.post(f"/outbox/{text.pk}/sent/").status_code == 404


def test_text_is_sent_by_hand_and_taken_back(client):
    staff = a_counsellor()
    message = a_chat_text(staff)
    client.force_login(staff)

    assert "https://t.me/demo" in client.get("/outbox/by-hand/").content.decode()
    client.post(f"/outbox/{message.pk}/sent/")
    client.post(f"/outbox/{message.pk}/sent/")
    message.refresh_from_db()
    assert message.state == Message.State.SENT

    client.post(f"/outbox/{message.pk}/back/")
    message.refresh_from_db()
    assert message.state == Message.State.BY_HAND


def test_system_administration_sends_a_mail_again_once_the_server_is_mended(client):
    message = a_mail()
    Message.objects.filter(pk=message.pk).update(state=Message.State.FAILED, problem="SMTPRecipientsRefused")
    client.force_login(a_system_administrator())
    assert f"/outbox/{message.pk}/again/" in client.get("/outbox/").content.decode()

    answer = client.post(f"/outbox/{message.pk}/again/")

    message.refresh_from_db()
    assert (answer.status_code, message.state) == (302, Message.State.QUEUED)


def test_system_administration_marks_nothing_as_sent_by_hand(client):
    message = a_chat_text(a_counsellor())
    client.force_login(a_system_administrator())

    assert client.post(f"/outbox/{message.pk}/sent/").status_code == 403


def test_opening_the_send_list_changes_nothing(client):
    staff = a_counsellor()
    a_chat_text(staff)
    before = list(Message.objects.values())
    client.force_login(staff)

    client.get("/outbox/by-hand/")

    assert list(Message.objects.values()) == before


def test_demo_outbox_is_closed_outside_the_demo(client, settings):
    settings.DEMO = False
    assert client.get("/outbox/demo/").status_code == 404

    settings.DEMO = True
    assert client.get("/outbox/demo/").status_code == 200


def test_long_outbox_is_read_page_by_page(client, django_assert_max_num_queries):
    for _ in range(60):
        a_mail()
    client.force_login(a_coordinator())

    with django_assert_max_num_queries(12):
        first = client.get("/outbox/")
    assert len(first.context["items"]) == 50
    second = client.get(f"/outbox/?before={first.context['more']}")
    assert len(second.context["items"]) == 10
