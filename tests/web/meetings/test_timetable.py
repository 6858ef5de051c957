"""A season's timetable on the pages of staff."""

from __future__ import annotations

from datetime import timedelta

from tests.factories.meetings import a_colleague, a_community, a_meeting, an_actor, invited
from tests.web.meetings.conftest import browser_of
from tests.web.meetings.test_planning import planned, url
from treffpunkt.core.clock import today
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.services.agenda import load_topics
from treffpunkt.meetings.services.series import create_series
from treffpunkt.tasks.services import create_task


def a_series(by, *groups):
    begins = today() + timedelta(days=7)
    return create_series(by=by, name="Sommer", begins=begins, ends=begins + timedelta(days=69), communities=groups)


def rule(series, *groups, **changes):
    return {
        "weekday": "2", "every": "2", "at": "18:00", "minutes_long": "90", "first": str(series.begins),
        "last": str(series.ends), "communities": [str(group.pk) for group in groups], "like": "",
    } | changes  # fmt: skip


def test_coordinator_plans_a_season_in_one_go(client, coordinator):
    load_topics()
    groups = [a_community("ar"), a_community("fr")]
    series = a_series(coordinator, *groups)
    given = rule(series, *groups, in_turn="on")
    assert client.get(url("timetable", series.pk)).status_code == 200

    shown = client.get(url("timetable", series.pk), given)
    days = [str(row["day"]) for row in shown.context["rows"]]
    assert len(days) == 5
    assert not Meeting.objects.exists()

    for _twice in range(2):
        assert client.post(url("timetable", series.pk), given | {"day": days[1:]}).status_code == 302
    made = list(series.meetings.order_by("starts"))
    assert [str(meeting.day) for meeting in made] == days[1:]
    # As the list said it: the first day is left out, its turn is not passed on.
    assert made[0].communities.get() == sorted(groups, key=lambda group: group.name)[1]
    page = client.get(url("one_series", series.pk)).content.decode()
    assert all(meeting.name in page for meeting in made)
    assert url("timetable", series.pk) in page


def test_no_day_ticked_is_said_so(client, coordinator):
    group = a_community("ar")
    series = a_series(coordinator, group)
    assert client.post(url("timetable", series.pk), rule(series, group)).status_code == 422
    assert client.get(url("timetable", series.pk), rule(series, group, last="2199-01-01")).status_code == 422
    assert client.get(url("timetable", series.pk), rule(series, group, pause_from=str(today()))).status_code == 422


def test_colleague_of_the_community_may_not_plan_the_season(coordinator):
    colleague = a_colleague()
    series = a_series(coordinator, a_community("ar", colleague))
    assert browser_of(colleague).get(url("timetable", series.pk)).status_code == 403


def test_next_meeting_is_planned_like_the_last(client, coordinator):
    past = a_meeting(coordinator)
    invited(coordinator, past, an_actor())
    create_task(by=coordinator, title="Karte anheften", owner=coordinator, about=past)
    address = url("add") + f"?from={past.pk}"
    shown = client.get(address)
    assert shown.context["form"].initial["day"] == past.day + timedelta(days=28)

    given = planned(past.communities.get(), take_guests="on", take_promises="on")
    assert client.post(address, given).status_code == 302
    fresh = Meeting.objects.get(name="Treffen im Herbst")
    assert (fresh.invitations.count(), fresh.agenda.count()) == (1, 8)

    client.post(address, planned(past.communities.get(), name="Ohne alles"))
    plain = Meeting.objects.get(name="Ohne alles")
    assert (plain.invitations.count(), plain.agenda.count()) == (0, 7)
