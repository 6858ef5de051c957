"""The contact log, and what a contact changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from tests.factories.network import a_community, a_contact, a_counsellor, a_space, an_actor, an_organisation
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, Forbidden, Stale
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.journal.queries import thread
from treffpunkt.network.models import Contact
from treffpunkt.network.rhythms import next_touch
from treffpunkt.network.services.actors import change_actor, set_standing
from treffpunkt.network.services.contacts import change_contact, findings, log_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(arabic):
    return a_space(arabic)


@pytest.fixture
def actor(space):
    return an_actor(space)


def verbs(record):
    return [entry.verb for entry in thread(record.pk)]


@pytest.mark.parametrize(
    ("before", "outcome", "after"),
    [
        ("unknown", "talked", "asked"),
        ("unknown", "interested", "asked"),
        ("unknown", "no_answer", "asked"),
        ("unknown", "agreed", "won"),
        ("asked", "declined", "declined"),
        ("won", "talked", "won"),
        ("declined", "talked", "declined"),
        ("declined", "interested", "asked"),
        ("asked", "", "asked"),
    ],
)
def test_an_outcome_moves_how_somebody_stands_to_us(counsellor, actor, before, outcome, after):
    set_standing(by=counsellor, actor=actor, standing=before)
    a_contact(counsellor, actor=actor, outcome=outcome)
    actor.refresh_from_db()

    assert actor.standing == after


def test_a_contact_shows_with_everybody_it_touched(counsellor, actor, space, arabic, deferred):
    organisation = an_organisation(arabic)
    deferred.forget_waiting()
    contact = a_contact(counsellor, actor=actor, space=space, organisation=organisation, outcome="talked")
    actor.refresh_from_db()

    assert contact.staff == counsellor
    assert all("contact.logged" in verbs(record) for record in (contact, actor, space, organisation))
    assert actor.last_contact_at == contact.at
    assert "network.renew_plan" in deferred.names


def test_a_found_group_counts_as_contacted(counsellor, actor, space):
    a_contact(counsellor, actor=actor, outcome="no_answer")
    space.refresh_from_db()

    assert space.state == "contacted"
    assert "space.moved" in verbs(space)


def test_talking_to_somebody_with_many_groups_moves_none_but_the_one_named(counsellor, arabic, space):
    other = a_space(arabic)
    actor = an_actor(space, other)
    a_contact(counsellor, actor=actor)
    a_contact(counsellor, actor=actor, space=other)
    space.refresh_from_db()
    other.refresh_from_db()

    assert (space.state, other.state) == ("found", "contacted")


def test_a_contact_entered_after_the_fact_does_not_undo_the_latest(counsellor, actor):
    latest = a_contact(counsellor, actor=actor, outcome="agreed")
    a_contact(counsellor, actor=actor, outcome="declined", at=now() - timedelta(days=30))
    actor.refresh_from_db()

    assert (actor.standing, actor.last_contact_at) == ("won", latest.at)


def test_the_next_contact_is_kept_until_a_no(counsellor, actor):
    a_contact(counsellor, actor=actor, outcome="later", next_touch=today() + timedelta(days=14))
    actor.refresh_from_db()
    assert actor.next_touch == today() + timedelta(days=14)

    a_contact(counsellor, actor=actor, outcome="declined")
    actor.refresh_from_db()
    assert actor.next_touch is None


def test_what_tells_who_somebody_is_is_shown_before_it_is_saved(counsellor, actor):
    note = "Frau Haddad fragt, erreichbar unter 0176 1234567"
    assert [finding.kind for finding in findings(note)] == ["name", "phone"]

    with pytest.raises(PersonalDataFound) as found:
        log_contact(by=counsellor, actor=actor, note=note)
    assert [finding.of(note) for finding in found.value.findings] == ["Haddad", "0176 1234567"]
    assert not Contact.objects.exists()
    assert log_contact(by=counsellor, actor=actor, note=note, keep_findings=True).note == note


def test_a_corrected_entry_may_change_the_outcome(counsellor, actor):
    contact = a_contact(counsellor, actor=actor, outcome="talked")
    change_contact(by=counsellor, contact=contact, version=1, outcome="agreed")
    actor.refresh_from_db()

    assert actor.standing == "won"
    with pytest.raises(Stale):
        change_contact(by=counsellor, contact=contact, version=1, outcome="declined")
    with pytest.raises(Forbidden):
        change_contact(by=a_counsellor(), contact=contact, outcome="declined")


@pytest.mark.parametrize(
    ("earlier", "mistaken", "corrected", "after"),
    [
        ([], "agreed", "asked", "asked"),
        ([], "declined", "talked", "asked"),
        ([], "agreed", "", "unknown"),
        (["agreed"], "declined", "talked", "won"),
        (["declined"], "interested", "no_answer", "declined"),
    ],
)
def test_a_wrong_outcome_is_corrected_as_if_it_had_never_been_said(
    counsellor, actor, earlier, mistaken, corrected, after
):
    for days, outcome in enumerate(earlier, 1):
        a_contact(counsellor, actor=actor, outcome=outcome, at=now() - timedelta(days=days))
    contact = a_contact(counsellor, actor=actor, outcome=mistaken)
    change_contact(by=counsellor, contact=contact, outcome=corrected)
    actor.refresh_from_db()

    assert actor.standing == after
    if corrected:
        assert actor.next_touch == next_touch(corrected, today())


def test_a_corrected_outcome_leaves_what_was_said_by_hand_since(counsellor, actor):
    a_contact(counsellor, actor=actor, outcome="agreed", at=now() - timedelta(days=30))
    contact = a_contact(counsellor, actor=actor, outcome="no_answer")
    set_standing(by=counsellor, actor=actor, standing="asked")
    change_contact(by=counsellor, contact=contact, outcome="talked")
    actor.refresh_from_db()

    assert actor.standing == "asked"


def test_an_older_outcome_is_corrected_without_moving_anything(counsellor, actor):
    older = a_contact(counsellor, actor=actor, outcome="talked", at=now() - timedelta(days=30))
    a_contact(counsellor, actor=actor, outcome="interested")
    actor.refresh_from_db()
    due = actor.next_touch
    change_contact(by=counsellor, contact=older, outcome="declined")
    actor.refresh_from_db()

    assert (actor.standing, actor.next_touch) == ("asked", due)


def test_another_day_of_a_talk_moves_the_last_contact_alone(counsellor, actor):
    contact = a_contact(counsellor, actor=actor, outcome="agreed")
    change_actor(by=counsellor, actor=actor, standing="asked", next_touch=today() + timedelta(days=3))
    change_contact(by=counsellor, contact=contact, at=now() - timedelta(days=2))
    actor.refresh_from_db()
    contact.refresh_from_db()

    assert (actor.standing, actor.next_touch) == ("asked", today() + timedelta(days=3))
    assert actor.last_contact_at == contact.at < now() - timedelta(days=1)


def test_a_form_sent_twice_logs_once(counsellor, actor):
    pk = uuid7()
    assert a_contact(counsellor, id=pk, actor=actor) == a_contact(counsellor, id=pk, actor=actor)


def test_what_cannot_be_logged(counsellor, actor):
    with pytest.raises(DomainError):
        log_contact(by=counsellor, note="Mit wem?")
    with pytest.raises(DomainError):
        a_contact(counsellor, actor=actor, at=now() + timedelta(days=1))
    with pytest.raises(Forbidden):
        a_contact(a_counsellor(a_community("fr")), actor=actor)
