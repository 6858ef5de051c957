"""A season's timetable, and what of one meeting goes into the next."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from tests.factories.meetings import (
    a_colleague,
    a_community,
    a_coordinator,
    a_meeting,
    a_statement,
    an_actor,
    invited,
)
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.meetings.reusing import promise_lines, promised
from treffpunkt.meetings.services.agenda import load_topics
from treffpunkt.meetings.services.notes import turn_into_task
from treffpunkt.meetings.services.reusing import carry_over
from treffpunkt.meetings.services.series import create_series
from treffpunkt.meetings.services.timetable import plan_season, season_days
from treffpunkt.tasks.services import close_task, create_task, drop_task

MAY, SEPTEMBER = date(2027, 5, 1), date(2027, 9, 30)


@pytest.fixture
def host(db):
    load_topics()
    return a_coordinator()


@pytest.fixture
def series(host):
    return create_series(
        by=host, name="Sommer 2027", begins=MAY, ends=SEPTEMBER, communities=[a_community("ar"), a_community("fr")],
        title={"de": "Treffen im Sommer"},
    )  # fmt: skip


def test_season_from_may_to_september_with_a_pause():
    days = season_days(MAY, SEPTEMBER, weekday=2, every=2, pause=(date(2027, 7, 15), date(2027, 8, 25)))

    assert days[0] == date(2027, 5, 5)
    assert {day.weekday() for day in days} == {2}
    assert days == [
        date(2027, 5, 5), date(2027, 5, 19), date(2027, 6, 2), date(2027, 6, 16), date(2027, 6, 30), date(2027, 7, 14),
        date(2027, 9, 8), date(2027, 9, 22),
    ]  # fmt: skip
    assert season_days(SEPTEMBER, MAY, weekday=0) == []
    assert len(season_days(date(2000, 1, 1), date(9999, 12, 31), weekday=0)) == 60


def test_whole_season_is_prepared_once(host, series):
    days = season_days(MAY, SEPTEMBER, weekday=2, every=4)
    groups = list(series.communities.order_by("name"))
    turns = {day: groups[number % 2] for number, day in enumerate(days)}
    given = {"days": days, "at": time(18), "communities": groups, "turns": turns}

    assert len(plan_season(by=host, series=series, **given)) == len(days)
    assert plan_season(by=host, series=series, **given) == []

    made = list(series.meetings.order_by("starts"))
    assert [meeting.day for meeting in made] == days
    assert [meeting.communities.get() for meeting in made] == [turns[day] for day in days]
    assert {meeting.state for meeting in made} == {Meeting.State.DRAFT}
    assert made[0].languages == ["ar", "de"]
    assert made[1].languages == ["fr", "de"]
    assert {meeting.agenda.count() for meeting in made} == {7}
    assert made[0].title == {"de": "Treffen im Sommer"}


def test_season_takes_the_place_of_one_meeting_and_the_people_of_the_last_of_each_community(host, series):
    arabs, other = series.communities.get(language="ar"), a_colleague()
    like = a_meeting(host, hosts=[host], form="on_site", venue="Bürgerhaus", seats=20, title={"de": "Anderswo"})
    like.agenda.order_by("position").last().delete()
    a_meeting(host, hosts=[other], communities=[arabs], languages=["ar"], title={"ar": "لقاء"})
    days = [date(2027, 5, 5), date(2027, 5, 12)]
    turns = dict(zip(days, series.communities.order_by("language"), strict=True))
    first, second = plan_season(by=host, series=series, days=days, at=time(17), turns=turns, like=like)

    assert {(made.venue, made.seats, made.agenda.count()) for made in (first, second)} == {("Bürgerhaus", 20, 6)}
    assert (list(first.hosts.all()), first.languages, first.title) == ([other], ["ar"], {"ar": "لقاء"})
    assert (list(second.hosts.all()), second.languages, second.title) == ([host], ["fr", "de"], series.title)


def test_days_outside_the_season_and_none_are_refused(host, series):
    for days in ([], [MAY - timedelta(days=1)], [SEPTEMBER + timedelta(days=1)]):
        with pytest.raises(DomainError):
            plan_season(by=host, series=series, days=days, at=time(18), communities=series.communities.all())
    with pytest.raises(DomainError):
        plan_season(by=host, series=series, days=[MAY], at=time(18))
    with pytest.raises(Forbidden):
        plan_season(by=a_colleague(), series=series, days=[MAY], at=time(18), communities=series.communities.all())
    assert not series.meetings.exists()


def test_next_meeting_takes_guests_and_open_promises_along(host):
    past = a_meeting(host)
    leaves = an_actor(standing="declined")
    guests = [an_actor(), an_actor()]
    invited(host, past, *guests, leaves)
    create_task(by=host, title="Karte anheften", owner=host, due=date(2027, 1, 5), about=past)
    done = create_task(by=host, title="Raum suchen", owner=host, about=past)
    close_task(by=host, task=done)
    secret = a_statement(host, past, confidential=True)
    turn_into_task(by=host, statement=secret, title="Vertraulich nachfragen", owner=host)
    following = a_meeting(host, agenda_from=past)

    first, again = (carry_over(by=host, meeting=following, past=past) for _ in range(2))

    assert (first.guests, first.promises) == (2, 1)
    assert (again.guests, again.promises) == (0, 0)
    rows = following.invitations.all()
    assert {row.actor for row in rows} == set(guests)
    assert {row.state for row in rows} == {Invitation.State.PLANNED}
    items = list(following.agenda.order_by("position"))
    assert [item.position for item in items] == list(range(1, 9))
    assert promise_lines(promised(items[0])) == [("Karte anheften (Dienstag, 5. Januar 2027)", "de")]


def test_promise_of_an_earlier_meeting_of_the_series_is_still_asked_about(host, series):
    group = series.communities.first()
    first = a_meeting(host, series=series, communities=[group], day=date(2027, 5, 5))
    second = a_meeting(host, series=series, communities=[group], day=date(2027, 6, 5))
    elsewhere = a_meeting(host, series=series, day=date(2027, 5, 6))
    for about, title in ((first, "Erstes"), (second, "Zweites"), (elsewhere, "Woanders")):
        create_task(by=host, title=title, owner=host, about=about)
    third = a_meeting(host, series=series, communities=[group], day=date(2027, 7, 5))

    assert carry_over(by=host, meeting=third, past=second, guests=False).promises == 2
    asked = promised(third.agenda.order_by("position").first())
    assert [task.title for task in asked] == ["Erstes", "Zweites"]


def test_what_became_of_a_promise_is_told_and_what_stays_open_goes_on_to_the_meeting_after(host):
    first = a_meeting(host)
    kept, dropped, open_ = (
        create_task(by=host, title=title, owner=host, about=first) for title in ("Gehalten", "Vom Tisch", "Noch offen")
    )
    second = a_meeting(host, agenda_from=first)
    carry_over(by=host, meeting=second, past=first)
    close_task(by=host, task=kept)
    drop_task(by=host, task=dropped)
    item = second.agenda.order_by("position").first()
    assert {line for line, _language in promise_lines(promised(item))} == {"✓ Gehalten", "Noch offen"}

    third = a_meeting(host, agenda_from=second)

    assert third.agenda.count() == first.agenda.count()
    assert carry_over(by=host, meeting=third, past=second).promises == 1
    assert promised(third.agenda.order_by("position").first()) == [open_]


def test_nobody_takes_along_what_she_may_not_see(host):
    past = a_meeting(host)
    colleague = a_colleague()
    own = a_meeting(colleague, communities=[a_community("fr", colleague)], hosts=[colleague])
    with pytest.raises(Forbidden):
        carry_over(by=colleague, meeting=own, past=past)
