"""Small groups: who sits where, and how everybody comes back."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.factories.meetings import a_coordinator, a_meeting, a_statement, an_actor, invited
from treffpunkt.core.errors import DomainError
from treffpunkt.meetings import running
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.services import groups, meetings
from treffpunkt.meetings.services.arrivals import count_others, note_arrival, note_here

pytestmark = pytest.mark.django_db
LANGUAGES = ("ar", "ar", "ar", "ar", "ar", "sr", "sr-latn", "sr", "fr")


@pytest.fixture
def host():
    """Give the host."""
    return a_coordinator()


@pytest.fixture
def meeting(host) -> Meeting:
    """Give a running meeting at which nine of ten guests are here."""
    planned = a_meeting(host)
    rows = invited(host, planned, *(an_actor(language=tag) for tag in (*LANGUAGES, "es")))
    running_ = meetings.start_meeting(by=host, meeting=planned)
    for row in rows[:-1]:
        note_here(by=host, invitation=row, here=True)
    return running_


def sizes(meeting) -> list[int]:
    return [group.members.count() for group in running.groups(meeting)]


def languages(group) -> Counter:
    return Counter(row.language.partition("-")[0] for row in group.members.all())


def test_mixed_groups_are_of_one_size_and_of_many_languages(host, meeting):
    made = groups.split(by=host, meeting=meeting, count=3)

    assert sizes(meeting) == [3, 3, 3]
    assert all(len(languages(group)) >= 2 for group in made)


def test_groups_by_language_keep_a_language_together(host, meeting):
    made = groups.split(by=host, meeting=meeting, count=3, way="language")

    assert [group.language for group in made] == ["ar", "sr", "fr"]
    assert [languages(group) for group in made] == [{"ar": 5}, {"sr": 3}, {"fr": 1}]


def test_large_language_has_several_groups_and_left_over_ones_join(host, meeting):
    groups.split(by=host, meeting=meeting, count=2, way="language")
    assert sorted(sizes(meeting)) == [4, 5]

    groups.split(by=host, meeting=meeting, count=4, way="language")
    assert [group.language for group in running.groups(meeting)] == ["ar", "ar", "sr", "fr"]


def test_numbered_groups_put_nobody_anywhere(host, meeting):
    groups.split(by=host, meeting=meeting, count=4, way="numbered")

    assert sizes(meeting) == [0, 0, 0, 0]


def test_new_round_closes_the_one_before_and_statements_stay_marked(host, meeting):
    first, *_ = groups.split(by=host, meeting=meeting, count=2)
    statement = a_statement(host, meeting, "Das sagt die erste Gruppe.", group=first)

    second = groups.split(by=host, meeting=meeting, count=3)
    groups.close_groups(by=host, meeting=meeting)

    statement.refresh_from_db()
    assert (statement.group, second[0].round) == (first, 2)
    assert running.groups(meeting) == []
    assert not meeting.invitations.exclude(small_group=None).exists()


def test_guest_is_put_into_another_group(host, meeting):
    first, second = groups.split(by=host, meeting=meeting, count=2)
    guest = first.members.first()

    groups.move_guest(by=host, invitation=guest, group=second)
    guest.refresh_from_db()
    assert guest.small_group == second

    groups.close_groups(by=host, meeting=meeting)
    first.refresh_from_db()
    with pytest.raises(DomainError):
        groups.move_guest(by=host, invitation=guest, group=first)


def test_end_of_the_meeting_ends_the_groups(host, meeting):
    groups.split(by=host, meeting=meeting, count=2)

    meetings.end_meeting(by=host, meeting=meeting)

    assert running.groups(meeting) == []


@pytest.mark.parametrize("count", [-1, 0, 1, 21])
def test_number_of_groups_is_sensible(host, meeting, count):
    with pytest.raises(DomainError):
        groups.split(by=host, meeting=meeting, count=count)


def test_newcomer_is_here_in_one_tap(host, meeting):
    before = running.board(host, meeting.pk)
    stranger = an_actor(name="Ungeladen")

    one = note_arrival(by=host, meeting=meeting, actor=stranger)
    two = note_arrival(by=host, meeting=meeting, actor=stranger)

    assert one.pk == two.pk
    after = running.board(host, meeting.pk)
    assert (after.here, after.here_key != before.here_key) == (before.here + 1, True)
    note_here(by=host, invitation=one, here=False)
    assert running.board(host, meeting.pk).here == before.here


def test_others_are_counted_without_names(host, meeting):
    key = running.board(host, meeting.pk).here_key

    meeting = count_others(by=host, meeting=meeting, others=4)

    assert meeting.others_here == 4
    assert running.board(host, meeting.pk).here_key != key
    with pytest.raises(DomainError):
        count_others(by=host, meeting=meeting, others=-1)
