"""Finding a date on the pages of staff."""

from __future__ import annotations

from datetime import timedelta

from tests.factories.meetings import a_colleague, a_community, a_meeting, an_actor
from tests.factories.polls import a_poll, answered, asked, moments, proposed
from tests.web.meetings.conftest import browser_of
from tests.web.meetings.test_planning import MOST, leads_a_group, number_of_queries, url
from treffpunkt.core.clock import today
from treffpunkt.meetings.models import DatePoll, Meeting
from treffpunkt.meetings.services.invitations import plan_invitations
from treffpunkt.post.models import Message


def rows(*proposals) -> dict[str, str]:
    given = {}
    for number, (day, at) in enumerate(proposals):
        given |= {f"day_{number}": str(day), f"time_{number}": f"{at:%H:%M}"}
    return given | {"until": str(today() + timedelta(days=7))}


def test_coordinator_finds_a_date(client, coordinator):
    meeting = a_meeting(coordinator)
    community = meeting.communities.get()
    guests = [an_actor(), an_actor(language="fr"), an_actor(mail=False)]
    for guest in guests:
        leads_a_group(guest, community)
    plan_invitations(by=coordinator, meeting=meeting, actor_ids=[guests[0].pk])

    assert client.get(url("poll", meeting.pk)).url == url("poll_moments", meeting.pk)
    response = client.post(url("poll_moments", meeting.pk), rows(*proposed()))
    assert response.url == url("poll_guests", meeting.pk)
    shown = client.get(response.url).content.decode()
    assert all(guest.name in shown for guest in guests)

    client.post(response.url, {"actor": [str(guest.pk) for guest in guests]})
    check = client.get(url("poll_send", meeting.pk))
    assert check.context["reached"]["mails"] == 2
    assert len(check.context["reached"]["nobody"]) == 1
    assert [preview.language for preview in check.context["previews"]] == ["ar", "fr"]
    assert "[dir" not in check.content.decode()
    client.post(url("poll_send", meeting.pk))
    assert Message.objects.count() == 2

    poll = DatePoll.objects.select_related("meeting").get()
    answered(asked(poll)[0], "no", "yes")
    best = moments(poll)[1]
    page = client.get(url("poll", meeting.pk))
    assert page.context["grid"].columns[0].moment == best

    asking = client.get(url("poll_choose", meeting.pk), {"moment": str(best.pk)})
    assert asking.status_code == 200
    response = client.post(url("poll_choose", meeting.pk), {"moment": str(best.pk), "whom": "can"})
    assert response.url == url("send", meeting.pk)
    assert Meeting.objects.get().day == best.day
    assert client.get(url("poll", meeting.pk)).status_code == 200


def test_day_without_an_hour_is_asked_about(client, coordinator):
    meeting = a_meeting(coordinator)
    response = client.post(url("poll_moments", meeting.pk), rows(*proposed()) | {"time_1": ""})

    assert response.status_code == 422
    assert "time_1" in response.context["form"].errors
    assert not DatePoll.objects.exists()


def test_moments_changed_by_two_say_so(client, coordinator):
    meeting = a_meeting(coordinator)
    poll = a_poll(coordinator, meeting)
    later = [(day + timedelta(days=1), at) for day, at in proposed()]

    assert client.post(url("poll_moments", meeting.pk), rows(*later) | {"stand": "1"}).status_code == 302
    assert client.post(url("poll_moments", meeting.pk), rows(*proposed()) | {"stand": "1"}).status_code == 422
    assert [row.day for row in moments(poll)] == [day for day, _at in later]


def test_host_notes_what_she_was_told(client, coordinator):
    poll = a_poll(coordinator, a_meeting(coordinator), an_actor())
    (guest,) = asked(poll)
    address = url("poll_answer", guest.pk)
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 422
    client.post(address, {f"m_{moments(poll)[0].pk}": "maybe"})

    guest.refresh_from_db()
    assert (set(guest.answers.values()), guest.answered_via) == ({"maybe"}, "staff")


def test_meeting_says_that_its_date_is_looked_for(client, coordinator):
    meeting = a_meeting(coordinator)
    assert url("poll", meeting.pk) in client.get(url("detail", meeting.pk)).content.decode()  # in the menu
    a_poll(coordinator, meeting, an_actor())
    assert client.get(url("detail", meeting.pk)).content.decode().count(url("poll", meeting.pk)) == 2


def test_colleague_who_does_not_host_may_not_look(coordinator):
    colleague = a_colleague()
    meeting = a_meeting(coordinator, communities=[a_community("ar", colleague)])
    a_poll(coordinator, meeting, an_actor())
    browser = browser_of(colleague)

    for name in ("poll", "poll_moments", "poll_guests", "poll_send", "poll_choose"):
        assert browser.get(url(name, meeting.pk)).status_code == 403


def test_pages_ask_as_much_for_many_as_for_few(client, coordinator):
    few, many = (a_meeting(coordinator) for _ in range(2))
    for meeting, number in ((few, 1), (many, 30)):
        poll = a_poll(coordinator, meeting, *(an_actor() for _ in range(number)))
        for guest in asked(poll)[: number // 2]:
            answered(guest, "yes", "no")
    counted = [number_of_queries(client, url("poll", meeting.pk)) for meeting in (few, many)]

    assert counted[0] == counted[1] <= MOST
