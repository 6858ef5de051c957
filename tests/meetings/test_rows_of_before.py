"""What was stored before a rule changed is brought to it, and nothing else."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from tests.factories.meetings import a_coordinator, a_meeting, a_statement, an_actor
from treffpunkt.core.clock import now
from treffpunkt.meetings.models import Invitation, Wave
from treffpunkt.meetings.services.invitations import plan_invitations
from treffpunkt.meetings.services.meetings import start_meeting
from treffpunkt.meetings.services.notes import turn_into_task
from treffpunkt.tasks.models import Task

pytestmark = pytest.mark.django_db
before = import_module("treffpunkt.meetings.migrations.0021_rows_of_before")


def bring_up_to_date() -> None:
    with connection.cursor() as cursor:
        for statement in (before.HIDE, before.FREE):
            cursor.execute(statement)


def test_only_what_grew_from_something_confidential_leaves_the_meeting():
    host = a_coordinator()
    meeting = start_meeting(by=host, meeting=a_meeting(host))
    secret, told = a_statement(host, meeting, confidential=True), a_statement(host, meeting)
    hidden, shown = (turn_into_task(by=host, statement=one, title="Nachfragen") for one in (secret, told))
    Task.objects.filter(pk=hidden.pk).update(about_kind=meeting.kind, about_id=meeting.pk)

    bring_up_to_date()

    assert dict(Task.objects.values_list("pk", "about_id")) == {hidden.pk: None, shown.pk: meeting.pk}


def test_only_who_was_left_behind_by_a_wave_is_free_again():
    host = a_coordinator()
    meeting = a_meeting(host)
    people = [an_actor(), an_actor(), an_actor()]
    plan_invitations(by=host, meeting=meeting, actor_ids=[one.pk for one in people])
    gone, coming = (
        Wave.objects.create(meeting=meeting, number=number, sent_at=sent) for number, sent in ((1, now()), (2, None))
    )
    for actor, wave, state in zip(people, (gone, gone, coming), ("planned", "sent", "planned"), strict=True):
        Invitation.objects.filter(actor=actor).update(wave=wave, state=state)

    bring_up_to_date()

    waves = dict(Invitation.objects.values_list("actor", "wave"))
    assert waves == {people[0].pk: None, people[1].pk: gone.pk, people[2].pk: coming.pk}
