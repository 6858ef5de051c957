"""What the fixtures promise to every other test."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

import pytest
from django.db import ProgrammingError, connection, transaction

from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.jobs import defer
from treffpunkt.people.models import Staff
from treffpunkt.people.services import create_staff


def make_staff() -> Staff:
    return create_staff(by=SYSTEM, email="ayla@example.org", name="Ayla Demir", roles=["coordinator"])


def role() -> tuple[str, bool, bool]:
    with connection.cursor() as cursor:
        cursor.execute("select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        return cursor.fetchone()


@pytest.mark.django_db
def test_tests_use_the_serving_role():
    assert role() == ("treffpunkt_app", False, False)


@pytest.mark.django_db
def test_serving_role_may_not_change_tables():
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("alter table people_staff add column secret text")


@pytest.mark.django_db
@pytest.mark.parametrize("time", [1, 2])
def test_nothing_stays(time):
    assert not Staff.objects.exists()
    make_staff()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_nothing_stays_of_what_was_committed(time):
    assert not Staff.objects.exists()
    make_staff()


def test_deferred_jobs_are_seen(deferred):
    defer("meetings.send_minutes", meeting_id="1")

    assert deferred == [("meetings.send_minutes", {"meeting_id": "1"})]
    assert deferred.names == ["meetings.send_minutes"]


def test_mail_is_collected(smtp):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "مرحبا"
    mail.set_content("Hello")
    with smtplib.SMTP("127.0.0.1", smtp.port) as server:
        server.send_message(mail)

    assert [found["Subject"] for found in smtp.to("b@example.org")] == ["مرحبا"]
