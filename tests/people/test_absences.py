"""Being away: who stands in, and that all comes back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.people import a_coordinator, a_counsellor
from tests.factories.post import a_chat_text
from treffpunkt.core.clock import as_of, today
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.people.services.absences import end_absence, plan_absence, renew_stand_ins
from treffpunkt.people.services.accounts import change_working_days
from treffpunkt.people.services.closing import deactivate_staff
from treffpunkt.post.queries import waiting_by_hand
from treffpunkt.post.services import mark_sent
from treffpunkt.tasks.queries import due_for
from treffpunkt.tasks.services import close_task, create_task

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)


def away(staff, stand_in, *, first=0, last=4):
    """Let somebody be away for some days from today."""
    return plan_absence(
        by=staff,
        staff=staff,
        starts=today() + timedelta(days=first),
        ends=today() + timedelta(days=last),
        stand_in=stand_in,
    )


@pytest.fixture
def monday():
    with as_of(MONDAY):
        yield


def test_due_tasks_move_over_and_come_back(monday):
    ana, ben = a_counsellor(), a_counsellor()
    task = create_task(by=ana, title="Karte schicken", owner=ana, due=today())
    absence = away(ana, ben)
    ana.refresh_from_db()

    assert list(due_for(ana)) == []
    assert list(due_for(ben)) == [task]

    end_absence(by=ana, absence=absence)
    ana.refresh_from_db()
    assert list(due_for(ana)) == [task]
    assert list(due_for(ben)) == []


def test_they_come_back_by_themselves_when_the_days_are_over(monday):
    ana, ben = a_counsellor(), a_counsellor()
    away(ana, ben, last=1)

    with as_of(MONDAY + timedelta(days=2)):
        renew_stand_ins()
        ana.refresh_from_db()
        assert (ana.covered_by, ana.away_until) == (None, None)


def test_an_absence_ahead_begins_with_its_day(monday):
    ana, ben = a_counsellor(), a_counsellor()
    away(ana, ben, first=1, last=3)
    ana.refresh_from_db()
    assert ana.covered_by is None

    with as_of(MONDAY + timedelta(days=1)):
        renew_stand_ins()
        ana.refresh_from_db()
        assert ana.covered_by == ben


def test_stand_in_does_the_task_and_sends_the_text(monday):
    ana, ben, other = a_counsellor(), a_counsellor(), a_counsellor()
    task = create_task(by=ana, title="Anrufen", owner=ana, due=today())
    text = a_chat_text(ana)
    away(ana, ben)

    assert list(waiting_by_hand(ben)) == [text]
    assert list(waiting_by_hand(other)) == []
    mark_sent(by=ben, message=text)
    assert close_task(by=ben, task=task).done_by == ben


def test_nobody_else_may_before_or_after(monday):
    ana, ben = a_counsellor(), a_counsellor()
    task = create_task(by=ana, title="Anrufen", owner=ana, due=today())

    with pytest.raises(Forbidden):
        close_task(by=ben, task=task)


def test_a_stand_in_who_is_away_hands_it_on(monday):
    ana, ben, cleo = a_counsellor(), a_counsellor(), a_counsellor()
    away(ana, ben)
    away(ben, cleo)
    ana.refresh_from_db()

    assert ana.covered_by == cleo


def test_a_circle_leads_to_nobody(monday):
    ana, ben = a_counsellor(), a_counsellor()
    away(ana, ben)
    away(ben, ana)
    ana.refresh_from_db()

    assert ana.covered_by is None
    assert ana.away_until == today() + timedelta(days=4)


def test_a_closed_account_stands_in_for_nobody(monday):
    ana, ben = a_counsellor(), a_counsellor()
    away(ana, ben)
    deactivate_staff(by=a_coordinator(), staff=ben)
    ana.refresh_from_db()

    assert ana.covered_by is None


def test_what_falls_on_a_free_day_is_due_on_the_next_working_day():
    ana = a_counsellor()
    change_working_days(by=ana, working_days=[0, 1], wants_reminders=True)
    ana.refresh_from_db()
    task = create_task(by=ana, title="Mittwochs", owner=ana, due=date(2026, 6, 3))

    with as_of(MONDAY + timedelta(days=2)):
        assert list(due_for(ana)) == []
    with as_of(MONDAY + timedelta(days=6)):
        assert list(due_for(ana)) == []
    with as_of(MONDAY + timedelta(days=7)):
        assert list(due_for(ana)) == [task]


def test_days_are_noted_once_and_in_order(monday):
    ana, ben = a_counsellor(), a_counsellor()
    away(ana, ben)

    for first, last in ((2, 6), (3, 1), (-9, -5)):
        with pytest.raises(DomainError):
            away(ana, ben, first=first, last=last)


def test_one_does_not_stand_in_for_oneself(monday):
    ana = a_counsellor()
    with pytest.raises(DomainError):
        away(ana, ana)


def test_only_oneself_and_coordination_note_absences(monday):
    ana, ben = a_counsellor(), a_counsellor()
    values = {"staff": ana, "starts": today(), "ends": today(), "stand_in": None}

    with pytest.raises(Forbidden):
        plan_absence(by=ben, **values)
    assert plan_absence(by=a_coordinator(), **values).staff == ana
