"""After a restore nothing leaves until a person says go."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.people import a_coordinator, a_counsellor, a_system_administrator
from tests.factories.post import a_chat_text, a_mail
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.errors import Forbidden
from treffpunkt.post.delivery import deliver_due
from treffpunkt.post.holding import held, hold_messages, release_messages
from treffpunkt.post.models import Hold, Message

pytestmark = pytest.mark.django_db


def state(message: Message) -> str:
    return Message.objects.get(pk=message.pk).state


@pytest.fixture
def waiting(smtp) -> Message:
    """Give a mail that waited when the backup was made; messages are held since."""
    message = a_mail(address="amina@example.org", secret={})
    hold_messages(by=SYSTEM)
    return message


def test_nothing_leaves_while_messages_are_held(waiting, smtp):
    later = a_mail(secret={})

    assert deliver_due() == 0

    assert smtp.mails == []
    assert (state(waiting), state(later)) == ("queued", "queued")


def test_code_asked_for_now_leaves_so_that_somebody_can_sign_in(waiting, smtp):
    a_mail(address="systems@example.org")

    assert deliver_due() == 1
    assert len(smtp.to("systems@example.org")) == 1


def test_code_from_before_the_backup_is_never_sent(smtp):
    old = a_mail()
    hold_messages(by=SYSTEM)
    release_messages(by=SYSTEM, send=True)

    assert deliver_due() == 0
    assert (state(old), smtp.mails) == ("cancelled", [])


def test_go_lets_everything_out(waiting, smtp, deferred):
    deferred.forget_waiting()

    assert release_messages(by=a_coordinator(), send=True) == 1
    assert "post.deliver" in deferred.names
    assert deliver_due() == 1
    assert len(smtp.to("amina@example.org")) == 1


def test_what_may_have_been_sent_before_can_be_let_go_of(waiting, smtp):
    assert release_messages(by=a_system_administrator(), send=False) == 1
    assert deliver_due() == 0
    assert state(waiting) == "cancelled"


def test_counsellor_may_not_say_go(waiting):
    with pytest.raises(Forbidden):
        release_messages(by=a_counsellor(), send=True)


def test_holding_twice_is_one_hold_and_a_later_one_is_another(waiting):
    hold_messages(by=SYSTEM)
    assert Hold.objects.count() == 1

    release_messages(by=SYSTEM, send=True)
    assert held() is None
    hold_messages(by=SYSTEM)
    assert Hold.objects.count() == 2


@pytest.mark.parametrize("somebody", [a_coordinator, a_system_administrator])
def test_every_page_says_how_many_wait_and_where_to_say_go(client, waiting, somebody):
    client.force_login(somebody(language="en"))

    page = client.get("/settings/").content.decode()
    assert "1 message is held back" in page
    assert reverse("web:post:held") in page
    assert "Go: let 1 message out" in client.get(reverse("web:post:held")).content.decode()

    client.post(reverse("web:post:go"), {"what": "send"})
    assert held() is None
    assert "held back" not in client.get("/settings/").content.decode()


def test_counsellor_reads_nothing_of_it_but_finds_no_text_to_send_by_hand(client, waiting):
    counsellor = a_counsellor(language="en")
    a_chat_text(counsellor)
    client.force_login(counsellor)

    assert "held back until you say go" not in client.get("/settings/").content.decode()
    page = client.get(reverse("web:post:by_hand")).content.decode()
    assert "Messages are held back" in page
    assert "ABCD-1234" not in page
    assert client.post(reverse("web:post:go")).status_code == 403
