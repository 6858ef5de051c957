"""Owing, doing and checking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from tests.factories.network import a_community, a_coordinator, a_counsellor, a_space, an_actor
from treffpunkt.core.agent import SYSTEM, LinkHolder
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, Forbidden, Stale
from treffpunkt.journal.queries import thread
from treffpunkt.search.queries import find
from treffpunkt.tasks import queries, rules
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.services import (
    change_task,
    check_task,
    close_task,
    create_task,
    drop_task,
    reopen_task,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return a_coordinator()


@pytest.fixture
def arabic():
    return a_community("ar")


@pytest.fixture
def counsellor(arabic):
    return a_counsellor(arabic)


def verbs(record):
    return [entry.verb for entry in thread(record.pk)]


def test_task_shows_in_the_thread_of_what_it_is_about(counsellor, arabic):
    space, amina = a_space(arabic), an_actor()

    task = create_task(by=counsellor, title="  Karte\u202e schicken ", about=space, promised_by=amina, owner=counsellor)

    assert (task.title, task.state, task.created_by) == ("Karte schicken", "open", counsellor)
    assert verbs(task) == ["task.created"]
    assert "task.created" in verbs(space)
    assert "task.created" in verbs(amina)
    assert [one.pk for one in queries.open_about(space.pk)] == [task.pk]
    assert [one.pk for one in queries.promises(counsellor, amina.pk)] == [task.pk]


def test_a_form_sent_twice_makes_one_task(counsellor):
    key = uuid7()

    assert create_task(by=counsellor, title="Einmal", id=key) == create_task(by=counsellor, title="Einmal", id=key)


def test_a_task_says_what_is_to_be_done(counsellor):
    with pytest.raises(DomainError):
        create_task(by=counsellor, title=" \u200f ")


def test_what_is_done_is_checked_by_another(counsellor, coordinator):
    task = create_task(by=counsellor, title="Raum anfragen", owner=counsellor)

    task = close_task(by=counsellor, task=task)
    assert (task.state, task.done_by) == ("done", counsellor)
    with pytest.raises(DomainError):
        check_task(by=counsellor, task=task)
    assert [one.pk for one in queries.to_check(coordinator)] == [task.pk]
    assert not queries.to_check(counsellor).exists()

    task = check_task(by=coordinator, task=task)
    assert (task.state, task.checked_by) == ("checked", coordinator)
    assert verbs(task) == ["task.checked", "task.done", "task.created"]


def test_done_twice_is_done_once(counsellor):
    task = create_task(by=counsellor, title="Raum anfragen")

    first, second = close_task(by=counsellor, task=task), close_task(by=counsellor, task=task)

    assert second.version == first.version
    assert verbs(task) == ["task.done", "task.created"]


def test_done_by_mistake_is_taken_back(counsellor):
    task = close_task(by=counsellor, task=create_task(by=counsellor, title="Raum anfragen"))

    task = reopen_task(by=counsellor, task=task)

    assert (task.state, task.done_at, task.done_by) == ("open", None, None)


def test_dropped_task_can_be_taken_up_again_but_not_done(counsellor):
    task = drop_task(by=counsellor, task=create_task(by=counsellor, title="Raum anfragen"))

    with pytest.raises(DomainError):
        close_task(by=counsellor, task=task)
    assert reopen_task(by=counsellor, task=task).state == "open"


def test_stale_form_is_told(counsellor):
    task = create_task(by=counsellor, title="Raum anfragen")
    change_task(by=counsellor, task=task, version=1, title="Raum buchen")

    with pytest.raises(Stale) as stale:
        change_task(by=counsellor, task=task, version=1, title="Saal")
    assert stale.value.current.title == "Raum buchen"


def test_nothing_changed_is_no_change(counsellor):
    task = create_task(by=counsellor, title="Raum anfragen")

    assert change_task(by=counsellor, task=task, version=1, title="Raum anfragen ").version == 1
    assert verbs(task) == ["task.created"]


def test_task_is_found_by_its_new_title(counsellor):
    task = create_task(by=counsellor, title="Raum anfragen")
    change_task(by=counsellor, task=task, title="Saal buchen")

    seen = {"tasks.task": rules.viewable(counsellor)}
    assert [hit.record_id for hit in find("saal", seen)] == [task.pk]
    assert find("anfragen", seen) == []


def test_who_sees_a_record_sees_its_tasks(counsellor, coordinator, arabic):
    other = a_counsellor(a_community("fr"))
    create_task(by=coordinator, title="Über die Gruppe", about=a_space(arabic), owner=coordinator)
    create_task(by=coordinator, title="Für dich", owner=other)
    create_task(by=coordinator, title="Nur Koordination", owner=coordinator)

    def titles(by):
        return sorted(rules.viewable(by).values_list("title", flat=True))

    assert titles(counsellor) == ["Über die Gruppe"]
    assert titles(other) == ["Für dich"]
    assert len(titles(coordinator)) == len(titles(SYSTEM)) == 3
    assert titles(LinkHolder("invitation", "meetings.invitation", uuid7(), None)) == []


def test_only_those_it_concerns_change_a_task(counsellor, coordinator, arabic):
    space = a_space(arabic)
    of_another = create_task(by=coordinator, title="Von mir", about=space, owner=coordinator)
    of_nobody = create_task(by=coordinator, title="Für alle", about=space)

    assert not rules.may_change(counsellor, of_another)
    assert rules.may_change(counsellor, of_nobody)
    with pytest.raises(Forbidden):
        close_task(by=counsellor, task=of_another)
    with pytest.raises(Forbidden):
        create_task(by=LinkHolder("invitation", "meetings.invitation", uuid7(), None), title="Nein")


def test_due_today_and_before_is_due(counsellor):
    for days in (-3, 0, 1):
        create_task(by=counsellor, title=f"Tag {days}", owner=counsellor, due=today() + timedelta(days=days))
    create_task(by=counsellor, title="Ohne Tag", owner=counsellor)

    assert [task.title for task in queries.due_for(counsellor)] == ["Tag -3", "Tag 0"]
    assert [task.title for task in queries.overdue(Task.objects.all())] == ["Tag -3"]
