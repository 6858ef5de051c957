"""When to get in touch again follows from what came of the last contact."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.network import a_contact, a_coordinator, a_counsellor, a_space, an_actor
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.network.models import Actor, Rhythm
from treffpunkt.network.queries import due_actors
from treffpunkt.network.rhythms import rhythm
from treffpunkt.network.services.rhythms import set_rhythm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("outcome", "days"),
    [("asked", 14), ("no_answer", 14), ("talked", 30), ("interested", 14), ("agreed", 90), ("later", 90)],
)
def test_an_outcome_suggests_the_next_contact(outcome, days):
    actor = an_actor()

    a_contact(a_coordinator(), actor=actor, outcome=outcome)

    actor.refresh_from_db()
    assert actor.next_touch == today() + timedelta(days=days)


def test_whoever_does_not_want_to_is_left_alone():
    actor = an_actor(next_touch=today())

    a_contact(a_coordinator(), actor=actor, outcome="declined")

    actor.refresh_from_db()
    assert actor.next_touch is None


def test_a_day_that_is_given_holds():
    actor, day = an_actor(), today() + timedelta(days=3)

    a_contact(a_coordinator(), actor=actor, outcome="talked", next_touch=day)

    actor.refresh_from_db()
    assert actor.next_touch == day


def test_a_note_without_outcome_changes_no_day():
    actor = an_actor(next_touch=today())

    a_contact(a_coordinator(), actor=actor)

    actor.refresh_from_db()
    assert actor.next_touch == today()


def test_an_old_contact_entered_late_is_due_at_once_and_moves_nothing_newer():
    by, actor = a_coordinator(), an_actor()
    a_contact(by, actor=actor, outcome="talked", at=now() - timedelta(days=50))
    actor.refresh_from_db()
    assert actor.next_touch == today()
    assert list(due_actors(by)) == [actor]

    a_contact(by, actor=actor, outcome="later")
    a_contact(by, actor=actor, outcome="no_answer", at=now() - timedelta(days=20))
    actor.refresh_from_db()
    assert actor.next_touch == today() + timedelta(days=90)


def test_being_asked_moves_only_whom_nobody_asked():
    by = a_coordinator()
    fresh, won = an_actor(a_space()), an_actor(standing="won")
    for actor in (fresh, won):
        a_contact(by, actor=actor, outcome="asked", note="")

    assert [Actor.objects.get(pk=one.pk).standing for one in (fresh, won)] == ["asked", "won"]


def test_coordination_sets_the_rhythm():
    by = a_coordinator()
    assert len(set_rhythm(by=by, days={"no_answer": 7, "agreed": None, "talked": 30})) == 2
    assert rhythm()["no_answer"] == 7
    assert rhythm()["agreed"] is None
    assert Rhythm.objects.count() == 2

    actor = an_actor()
    a_contact(by, actor=actor, outcome="no_answer")
    actor.refresh_from_db()
    assert actor.next_touch == today() + timedelta(days=7)


@pytest.mark.parametrize("number", [0, 731])
def test_absurd_rhythms_are_refused(number):
    with pytest.raises(DomainError):
        set_rhythm(by=a_coordinator(), days={"talked": number})


def test_counsellors_do_not_set_the_rhythm():
    with pytest.raises(Forbidden):
        set_rhythm(by=a_counsellor(), days={"talked": 1})
