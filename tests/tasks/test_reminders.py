"""The mail of the morning."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.people import a_counsellor
from treffpunkt.core.clock import as_of
from treffpunkt.people.services.absences import plan_absence
from treffpunkt.people.services.accounts import change_working_days
from treffpunkt.post.models import Message
from treffpunkt.tasks.reminders import remind_of_due
from treffpunkt.tasks.services import create_task

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 6, 1, 6, tzinfo=UTC)  # eight o'clock in Berlin
SATURDAY = date(2026, 5, 30)


def somebody(**values):
    """Give somebody who has signed in before."""
    staff = a_counsellor(**values)
    staff.last_login = MONDAY
    staff.save()
    return staff


def reminded():
    """Give to whom mails of the morning were written."""
    return set(Message.objects.filter(template="tasks/due").values_list("to_id", flat=True))


def test_what_falls_on_saturday_is_reminded_of_on_monday_once():
    ana = somebody()
    create_task(by=ana, title="Karte schicken", owner=ana, due=SATURDAY)

    with as_of(MONDAY - timedelta(days=2)):
        assert remind_of_due() == 0
    with as_of(MONDAY):
        assert remind_of_due() == 1
        assert remind_of_due() == 0
    with as_of(MONDAY + timedelta(days=1)):
        assert remind_of_due() == 0


def test_the_stand_in_is_reminded_instead():
    ana, ben = somebody(), somebody()
    create_task(by=ana, title="Karte schicken", owner=ana, due=MONDAY.date())
    with as_of(MONDAY):
        plan_absence(by=ana, staff=ana, starts=MONDAY.date(), ends=MONDAY.date(), stand_in=ben)
        remind_of_due()

    assert reminded() == {ben.pk}


def test_mail_names_no_task(smtp):
    from treffpunkt.post.delivery import deliver_due

    ana = somebody()
    create_task(by=ana, title="Frau Beispiel anrufen", owner=ana, due=MONDAY.date())
    with as_of(MONDAY):
        remind_of_due()
        deliver_due()

    assert "Beispiel" not in str(smtp.to(ana.email)[0])


def test_nobody_is_woken_and_whoever_wants_none_gets_none():
    ana, ben = somebody(), somebody()
    change_working_days(by=ben, working_days=[0, 1, 2, 3, 4], wants_reminders=False)
    for one in (ana, ben):
        create_task(by=one, title="Karte schicken", owner=one, due=MONDAY.date())

    with as_of(MONDAY - timedelta(hours=4)):
        assert remind_of_due() == 0
    with as_of(MONDAY):
        remind_of_due()

    assert reminded() == {ana.pk}
