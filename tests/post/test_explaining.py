"""Whoever looks into the Outbox reads what happened and what to do; the code stands small beside it."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.factories.people import a_coordinator
from tests.factories.post import a_mail
from treffpunkt.post import wording
from treffpunkt.post.delivery import deliver_due
from treffpunkt.post.models import Message
from treffpunkt.post.wording import explain


@pytest.mark.parametrize(
    ("state", "problem", "trouble"),
    [
        ("failed", "5.1.1", wording.UNKNOWN),
        ("failed", "SMTP 550 5.1.1", wording.UNKNOWN),
        ("failed", "SMTP 550 5.7.1", wording.REFUSED),
        ("failed", "SMTP 550", wording.NOT_TAKEN),
        ("failed", "SMTP 552", wording.FULL),
        ("failed", "5.2.1", wording.CLOSED),
        ("failed", "5.4.4", wording.FAR_AWAY),
        ("failed", "SMTP 554", wording.REFUSED),
        ("failed", "SMTPServerDisconnected", wording.FAR_AWAY),
        ("failed", "ValueError", wording.UNWRITTEN),
        ("queued", "ConnectionRefusedError", wording.AWAY),
        ("queued", "SMTPAuthenticationError", wording.SHUT_OUT),
        ("queued", "SMTP 530", wording.SHUT_OUT),
        ("queued", "SMTP 452", wording.FULL_NOW),
        ("queued", "SMTP 451", wording.LATER),
        ("queued", wording.HELD_BACK, wording.SILENT),
        ("queued", wording.NO_SERVER, wording.MISSING),
        ("unclear", "", wording.UNCLEAR),
        ("unclear", "TimeoutError", wording.UNCLEAR),
        ("queued", "", None),
        ("sent", "", None),
        ("cancelled", "5.1.1", None),
    ],
)
def test_every_code_is_put_into_words(state, problem, trouble):
    assert explain(state, problem) is trouble


@pytest.mark.django_db
def test_refused_mail_says_why_and_what_to_do(client, smtp):
    smtp.refuse["gone@example.org"] = "550 5.1.1 <gone@example.org>: no such user"
    message = a_mail(address="gone@example.org")
    deliver_due()

    message.refresh_from_db()
    assert (message.state, message.problem) == (Message.State.FAILED, "SMTP 550 5.1.1")
    client.force_login(a_coordinator())
    for address in ("/outbox/?state=failed", f"/outbox/{message.pk}/"):
        page = client.get(address).content.decode()
        with translation.override("de"):
            assert str(wording.UNKNOWN.what) in page
            assert str(wording.UNKNOWN.todo) in page
        assert "SMTP 550 5.1.1" in page
