"""What many meetings together tell, to whoever may see it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.meetings import a_colleague, a_community, a_coordinator, a_meeting, a_statement, an_actor, invited
from treffpunkt.core.clock import as_of, now, today
from treffpunkt.meetings import overviews
from treffpunkt.meetings.services.invitations import note_attendance
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting
from treffpunkt.meetings.services.notes import turn_into_promise, turn_into_task
from treffpunkt.meetings.services.series import create_series
from treffpunkt.network.models import Actor
from treffpunkt.network.services.contacts import log_contact
from treffpunkt.tasks.services import close_task, create_task


@pytest.fixture
def host(db):
    return a_coordinator()


@pytest.fixture
def community(host):
    return a_community("ar")


def held(host, community, ago: int, attendance: dict[Actor, str], **values):
    """Hold a meeting some days ago, at which it was noted of each guest whether they came."""
    with as_of(now() - timedelta(days=ago + 7)):
        meeting = a_meeting(host, communities=[community], day=today() + timedelta(days=7), **values)
        rows = invited(host, meeting, *attendance)
    with as_of(now() - timedelta(days=ago)):
        start_meeting(by=host, meeting=meeting)
        note_attendance(by=host, meeting=meeting, attendance={row.pk: attendance[row.actor] for row in rows})
        end_meeting(by=host, meeting=meeting)
    return meeting


def test_guests_and_meetings_stand_beside_each_other(host, community):
    often, once, never = (an_actor(name=name) for name in ("Oft", "Einmal", "Nie"))
    first = held(host, community, 60, {often: "attended", once: "attended", never: "absent"})
    second = held(host, community, 30, {often: "attended", once: "excused"})

    rows = {row.name: row for row in overviews.guests_of(host, [first.pk, second.pk])}
    cells = overviews.attendance([once.pk, never.pk], [first.pk, second.pk])

    assert {name: (row.came, row.asked) for name, row in rows.items()} == {
        "Oft": (2, 2),
        "Einmal": (1, 2),
        "Nie": (0, 1),
    }
    assert cells[once.pk, second.pk].attendance == "excused"
    assert (never.pk, second.pk) not in cells


def test_whoever_missed_two_in_a_row_may_like_a_call(host, community):
    came, away, back, once = (an_actor(name=name) for name in ("Kam", "Weg", "Wieder da", "Nur einmal"))
    held(host, community, 90, {came: "attended", away: "attended", back: "absent"})
    held(host, community, 60, {came: "attended", away: "excused", back: "absent"})
    held(host, community, 30, {came: "attended", away: "absent", back: "attended", once: "absent"})

    found = overviews.missing(host)

    assert [row.name for row in found] == ["Weg"]
    assert [one["was"] for one in found[0].missed] == ["absent", "excused"]


def test_nobody_is_missed_where_nobody_noted_who_came(host, community):
    away, came = an_actor(), an_actor()
    held(host, community, 60, {away: "absent", came: "attended"})
    held(host, community, 30, {away: "", came: ""})

    assert list(overviews.missing(host)) == []


def test_a_talk_or_a_wish_takes_somebody_off_the_list(host, community):
    talked, tried, declined, erased = (an_actor(name=name) for name in ("Gesprochen", "Versucht", "Nein", "Gelöscht"))
    for ago in (60, 30):
        held(
            host, community, ago,
            {an_actor(): "attended", talked: "absent", tried: "absent", declined: "absent", erased: "absent"},
        )  # fmt: skip
    log_contact(by=host, actor=talked, at=now(), outcome="talked")
    log_contact(by=host, actor=tried, at=now(), outcome="no_answer")
    Actor.objects.filter(pk=declined.pk).update(standing="declined")
    Actor.objects.filter(pk=erased.pk).update(erased_at=now())

    assert [row.name for row in overviews.missing(host)] == ["Versucht"]


def test_nobody_sees_whom_others_may_call(host, community):
    away = an_actor()
    for ago in (60, 30):
        held(host, community, ago, {an_actor(): "attended", away: "absent"})

    assert list(overviews.missing(a_colleague())) == []


def test_promises_are_counted_by_series_and_side(host, community):
    season = create_series(
        by=host, name="Saison", begins=today() - timedelta(days=90), ends=today(), communities=[community]
    )  # fmt: skip
    guest = an_actor()
    meeting = held(host, community, 30, {guest: "attended"}, series=season)
    said = [a_statement(host, meeting, f"Zusage {number}", language="de") for number in range(4)]
    day = today() - timedelta(days=10)
    turn_into_promise(by=host, statement=said[0], title="Karte anheften", promised_by=guest, due=day)
    theirs = turn_into_promise(by=host, statement=said[1], title="Gruppe öffnen", promised_by=guest, due=today())
    ours = turn_into_task(by=host, statement=said[2], title="Liste schicken", due=day)
    turn_into_task(by=host, statement=said[3], title="Antwort schicken")
    create_task(by=host, title="Raum buchen", about=meeting)
    close_task(by=host, task=theirs)
    close_task(by=host, task=ours)

    counted = {one.side: one for one in overviews.kept_by_series(host)}

    assert {one.series for one in counted.values()} == {season.pk}
    theirs_sum, ours_sum = counted["theirs"], counted["ours"]
    assert (theirs_sum.open, theirs_sum.late, theirs_sum.kept, theirs_sum.kept_late) == (1, 1, 1, 0)
    assert (ours_sum.open, ours_sum.late, ours_sum.kept, ours_sum.kept_late) == (1, 0, 1, 1)
    assert "Raum buchen" not in {task.title for task in overviews.promises(host)}
    assert list(overviews.promises(a_colleague())) == []


def test_series_tells_topic_by_topic(host, community):
    season = create_series(by=host, name="Saison", begins=today(), ends=today(), communities=[community])
    meetings = [a_meeting(host, communities=[community], series=season) for _ in range(2)]
    second = [meeting.agenda.get(position=2) for meeting in meetings]
    for meeting, item in zip(meetings, second, strict=True):
        a_statement(host, meeting, "Zum zweiten Thema.", item=item, language="de")
    a_statement(host, meetings[0], "Zum ersten.", language="de")

    assert sorted(overviews.topics_in(host, season).values()) == [1, 2]
    assert [row.meeting_id for row in overviews.said_in(host, season).filter(item__topic=second[0].topic)] == [
        meetings[1].pk,
        meetings[0].pk,
    ]
