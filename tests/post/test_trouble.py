"""A mail server that is away, hangs, refuses or drops the line; a clock that jumps: docs/reliability.md."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.post import a_mail
from tests.support.mail import free_port
from treffpunkt.core.clock import as_of, now
from treffpunkt.post import relay
from treffpunkt.post.delivery import HELD_BACK, WAITS, deliver_due
from treffpunkt.post.models import Message
from treffpunkt.site.env import Smtp

pytestmark = pytest.mark.django_db

S = Message.State


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Wait less than twenty seconds for an answer."""
    monkeypatch.setattr(relay, "TIMEOUT", 0.5)


def some_mails(number: int) -> list[Message]:
    return [a_mail() for _ in range(number)]


def states() -> list[str]:
    return list(Message.objects.order_by("id").values_list("state", flat=True))


def later(**delta: float):
    return as_of(now() + timedelta(**delta))


def test_server_that_hangs_before_it_has_a_mail_leaves_none_unclear(smtp):
    smtp.trouble["MAIL"] = "hang"
    some_mails(2)

    assert deliver_due() == 0
    assert states() == [S.QUEUED, S.QUEUED]

    smtp.trouble.clear()
    with later(minutes=2):
        assert deliver_due() == 2


@pytest.mark.parametrize("what", ["hang", "drop"])
def test_server_that_falls_silent_after_a_mail_leaves_one_unclear_and_the_others_wait(smtp, what):
    smtp.trouble["DATA"] = what
    some_mails(3)

    assert deliver_due() == 0
    assert states() == [S.UNCLEAR, S.QUEUED, S.QUEUED]
    assert deliver_due() == 0  # nothing is tried before its time
    assert states() == [S.UNCLEAR, S.QUEUED, S.QUEUED]

    smtp.trouble.clear()
    with later(minutes=2):
        assert deliver_due() == 2
    assert states() == [S.UNCLEAR, S.SENT, S.SENT]


def test_server_that_stays_silent_is_asked_less_and_less_often(smtp):
    smtp.trouble["DATA"] = "drop"
    some_mails(4)
    began, waits = now(), []

    for _ in range(3):
        with as_of(began):
            deliver_due()
        due = Message.objects.filter(problem=HELD_BACK).earliest("due_at").due_at
        waits.append(round((due - began).total_seconds() / 60))
        began = due + timedelta(seconds=1)

    assert waits == list(WAITS[:3])


def test_new_mail_that_goes_through_frees_those_held_back(smtp):
    smtp.trouble["DATA"], smtp.times = "drop", 1
    some_mails(2)
    deliver_due()

    a_mail()

    assert deliver_due() == 2
    assert states() == [S.UNCLEAR, S.SENT, S.SENT]


def test_line_dropped_between_two_mails_is_opened_anew(smtp):
    some_mails(3)

    def drops_after_the_first() -> bool:
        if len(smtp.mails) == 1 and not smtp.trouble:
            smtp.trouble["MAIL"], smtp.times = "drop", 1
        return False

    assert deliver_due(stop=drops_after_the_first) == 3
    assert len({mail["Message-ID"] for mail in smtp.mails}) == len(smtp.mails) == 3


@pytest.mark.parametrize("answer", ["421 closing", "451 not now", "550 who are you"])
def test_server_that_takes_nothing_from_us_loses_nothing(smtp, answer):
    smtp.trouble["MAIL"] = answer
    some_mails(2)

    assert deliver_due() == 0
    assert states() == [S.QUEUED, S.QUEUED]
    assert f"SMTP {answer[:3]}" in set(Message.objects.values_list("problem", flat=True))


def test_mail_refused_at_its_end_is_named(smtp):
    smtp.trouble["DATA"], smtp.times = "552 too large", 1
    some_mails(2)

    assert deliver_due() == 1
    assert states() == [S.FAILED, S.SENT]


def test_weekend_without_a_server_loses_nothing(settings, smtp):
    there = settings.SMTP
    settings.SMTP = Smtp(host="127.0.0.1", port=free_port(), user="", password="", starttls=False, tls=False)
    some_mails(2)
    for hours in range(0, 60, 5):
        with later(hours=hours):
            deliver_due()

    settings.SMTP = there
    assert deliver_due() == 2


def test_mail_that_cannot_be_written_fails_alone(smtp):
    broken, good = a_mail(), a_mail()
    Message.objects.filter(pk=broken.pk).update(template="people/no_such_template")

    assert deliver_due() == 1
    assert states() == [S.FAILED, S.SENT]
    assert [mail["To"] for mail in smtp.mails] == [good.address]


def test_worker_that_stops_leaves_the_rest_to_the_next(smtp):
    some_mails(3)

    assert deliver_due(stop=lambda: len(smtp.mails) == 1) == 1
    assert sorted(states()) == [S.QUEUED, S.QUEUED, S.SENT]
    assert deliver_due() == 2


def test_clock_set_back_holds_up_no_new_mail(smtp):
    with later(days=400):
        a_mail()

    assert deliver_due() == 1


def test_clock_set_back_holds_up_no_second_attempt(smtp):
    smtp.refuse["full@example.org"] = "452 try again"
    with later(days=400):
        a_mail(address="full@example.org")
        deliver_due()
    smtp.refuse.clear()

    assert deliver_due() == 1


def test_clock_set_ahead_sends_nothing_twice(smtp):
    a_mail()
    deliver_due()

    with later(days=400):
        assert deliver_due() == 0
    assert deliver_due() == 0
    assert len(smtp.mails) == 1


def test_mail_meant_for_later_waits_for_its_time(smtp):
    a_mail(due=now() + timedelta(hours=1))

    assert deliver_due() == 0
    with later(hours=2):
        assert deliver_due() == 1
