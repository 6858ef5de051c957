"""Planning, inviting, and the page of a meeting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.meetings import a_colleague, a_community, a_meeting, a_statement, an_actor, invited
from tests.web.meetings.conftest import browser_of
from treffpunkt.core.clock import today
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.meetings.services.invitations import answer, note_attendance, plan_invitations
from treffpunkt.meetings.services.meetings import change_meeting, end_meeting, postpone_meeting, start_meeting
from treffpunkt.meetings.services.series import create_series
from treffpunkt.network.models import Role, Space
from treffpunkt.vocabulary.models import Platform

MOST = 10


def url(name: str, *args) -> str:
    return reverse(f"web:meetings:{name}", args=args)


def number_of_queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    ours = [
        query["sql"]
        for query in caught
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "select set_config"))
    ]
    return len(ours)


def planned(community, **changes):
    return {
        "name": "Treffen im Herbst", "communities": [str(community.pk)], "languages": ["ar", "de"],
        "day": str(today() + timedelta(days=9)), "time": "18:00", "minutes_long": "90", "zone": "Europe/Berlin",
        "form": "online", "room": "", "venue": "", "hosts": [], "seats": "", "offer_hours": "48", "series": "",
    } | changes  # fmt: skip


def leads_a_group(actor, community, members=1000):
    platform, _ = Platform.objects.get_or_create(key="facebook", defaults={"name": "Facebook"})
    space = Space.objects.create(
        name="Gruppe", platform=platform, address=f"https://example.org/{actor.pk}", members=members
    )
    space.communities.add(community)
    Role.objects.create(actor=actor, space=space)


def test_coordinator_plans_meeting_with_the_seven_topics(client, coordinator):
    a_meeting(coordinator)  # brings the topics
    community = a_community("fr")
    given = planned(community, title_fr="Rencontre", id="018f0000-0000-7000-8000-000000000001")

    for _ in range(2):
        response = client.post(url("add"), given)
        assert response.status_code == 302

    meeting = Meeting.objects.get(name="Treffen im Herbst")
    assert (meeting.title, meeting.agenda.count(), meeting.time.hour) == ({"fr": "Rencontre"}, 7, 18)


def test_meeting_on_site_needs_a_place(client):
    response = client.post(url("add"), planned(a_community("fr"), form="on_site"))

    assert response.status_code == 422
    assert "venue" in response.context["form"].errors


def test_a_day_that_is_past_is_asked_about_once(client):
    given = planned(a_community("fr"), day=str(today() - timedelta(days=3)))

    asked = client.post(url("add"), given)
    assert asked.status_code == 422
    assert 'name="past"' in asked.content.decode()
    assert not Meeting.objects.exists()

    assert client.post(url("add"), given | {"past": "on"}).status_code == 302
    assert Meeting.objects.get().starts.date() == today() - timedelta(days=3)


def test_a_meeting_does_not_start_days_early_by_a_slip(client, coordinator):
    meeting = a_meeting(coordinator)
    invited(coordinator, meeting, an_actor())

    asked = client.post(url("start", meeting.pk))
    meeting.refresh_from_db()
    assert (asked.status_code, meeting.started_at) == (200, None)

    client.post(url("start", meeting.pk), {"early": "1"})
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.RUNNING


def test_stale_form_shows_what_stands_now(client, coordinator):
    meeting = a_meeting(coordinator)
    old = meeting.version
    change_meeting(by=coordinator, meeting=meeting, version=old, name="Neuer Name")

    response = client.post(
        url("edit", meeting.pk), planned(meeting.communities.get(), name="Mein Name", version=str(old))
    )

    assert response.status_code == 422
    page = response.content.decode()
    assert "Neuer Name" in page
    assert "Mein Name" in page
    assert Meeting.objects.get(pk=meeting.pk).name == "Neuer Name"


def test_postponed_meeting_is_asked_whether_its_old_day_holds_after_all(client, coordinator):
    meeting = a_meeting(coordinator)
    invited(coordinator, meeting, an_actor())
    assert 'name="after_all"' not in client.get(url("edit", meeting.pk)).content.decode()
    postpone_meeting(by=coordinator, meeting=meeting)
    assert 'name="after_all"' in client.get(url("edit", meeting.pk)).content.decode()

    given = planned(meeting.communities.get(), day=str(meeting.day))
    told = client.post(url("edit", meeting.pk), given, follow=True).content.decode()
    assert "Das Treffen ist weiterhin verschoben." in told
    meeting.refresh_from_db()
    assert (meeting.name, meeting.state) == ("Treffen im Herbst", "postponed")

    # The invitation had not gone out: it is the next thing to look at.
    response = client.post(url("edit", meeting.pk), given | {"after_all": "on"})
    assert response.url == url("send", meeting.pk)
    meeting.refresh_from_db()
    assert meeting.state == "inviting"


def test_counsellor_of_another_community_finds_nothing(coordinator):
    meeting = a_meeting(coordinator)

    assert browser_of(a_colleague()).get(url("detail", meeting.pk)).status_code == 404


def test_counsellor_of_the_community_may_look_but_not_change(coordinator):
    colleague = a_colleague()
    meeting = a_meeting(coordinator, communities=[a_community("ar", colleague)])
    browser = browser_of(colleague)

    assert browser.get(url("detail", meeting.pk)).status_code == 200
    assert browser.get(url("edit", meeting.pk)).status_code == 403
    assert browser.get(url("invite", meeting.pk)).status_code == 403


def test_coordinator_invites_by_mail_and_chat_in_one_step(client, coordinator):
    meeting = a_meeting(coordinator)
    community = meeting.communities.get()
    guests = [an_actor(), an_actor(mail=False, chat=True), an_actor(mail=False)]
    for guest in guests:
        leads_a_group(guest, community)

    shown = client.get(url("invite", meeting.pk)).content.decode()
    assert all(guest.name in shown for guest in guests)
    client.post(url("invite", meeting.pk), {"actor": [str(guest.pk) for guest in guests]})
    check = client.get(url("send", meeting.pk))
    reached = check.context["reached"]
    assert (reached.mails, reached.chats, len(reached.nobody)) == (1, 1, 1)
    assert [preview.language for preview in check.context["previews"]] == ["ar"]
    client.post(url("send", meeting.pk))

    states = sorted(Invitation.objects.filter(meeting=meeting).values_list("state", flat=True))
    assert states == ["planned", "sent", "sent"]


def test_staff_note_an_answer_with_one_tap(client, coordinator):
    meeting = a_meeting(coordinator)
    [invitation] = invited(coordinator, meeting, an_actor())

    client.post(url("answer", meeting.pk), {"accepted": str(invitation.pk)})

    invitation.refresh_from_db()
    assert (invitation.state, invitation.answered_via) == ("accepted", "staff")


def test_next_step_follows_the_meeting(client, coordinator):
    meeting = a_meeting(coordinator)

    def step():
        found = client.get(url("detail", meeting.pk)).context["step"]
        return found.url if found else None

    assert step() == url("invite", meeting.pk)
    [invitation] = invited(coordinator, meeting, an_actor())
    assert step() == url("remind", meeting.pk)
    answer(by=coordinator, invitation=invitation, state="accepted")
    start_meeting(by=coordinator, meeting=meeting)
    assert step() == url("live", meeting.pk)
    end_meeting(by=coordinator, meeting=meeting)
    assert step() == url("close", meeting.pk)


def test_agenda_moves_and_takes_own_topics(client, coordinator):
    meeting = a_meeting(coordinator)
    items = list(meeting.agenda.order_by("position"))

    client.post(url("agenda", meeting.pk), {"down": str(items[0].pk), f"minutes_{items[1].pk}": "33"})
    client.post(url("agenda", meeting.pk), {"add": "1", "title_de": "Eigenes"})
    client.post(url("agenda", meeting.pk), {"drop": str(items[6].pk)})

    now = list(meeting.agenda.order_by("position"))
    assert [now[0].pk, now[1].pk] == [items[1].pk, items[0].pk]
    assert (now[0].minutes, now[-1].titles["de"], len(now)) == (33, "Eigenes", 7)


def test_attendance_suggests_whoever_said_yes(client, coordinator):
    meeting = a_meeting(coordinator)
    yes, no = invited(coordinator, meeting, an_actor(), an_actor())
    answer(by=coordinator, invitation=yes, state="accepted")
    start_meeting(by=coordinator, meeting=meeting)

    rows = {row.pk: row.shown for row in client.get(url("attendance", meeting.pk)).context["rows"]}
    assert rows == {yes.pk: "attended", no.pk: ""}
    client.post(url("attendance", meeting.pk), {f"a_{yes.pk}": "attended", f"a_{no.pk}": "excused"})

    yes.refresh_from_db()
    no.refresh_from_db()
    assert (yes.attendance, no.attendance) == ("attended", "excused")


@pytest.mark.parametrize("name", ["detail", "invite", "send", "live", "attendance"])
def test_pages_cost_the_same_with_many_guests(client, coordinator, name):
    few, many = a_meeting(coordinator), a_meeting(coordinator)
    for meeting, number in ((few, 3), (many, 12)):
        guests = [an_actor() for _ in range(number)]
        for guest in guests:
            leads_a_group(guest, meeting.communities.get())
        invited(coordinator, meeting, *guests[: number // 2])
        plan_invitations(by=coordinator, meeting=meeting, actor_ids=[guest.pk for guest in guests[: number // 2 + 1]])
        for place in range(number):
            a_statement(coordinator, meeting, f"Das ist Aussage {place}.")

    small, large = number_of_queries(client, url(name, few.pk)), number_of_queries(client, url(name, many.pk))

    assert large == small <= MOST, name


def test_list_costs_the_same_with_many_meetings(client, coordinator):
    for _ in range(3):
        a_meeting(coordinator)
    few = number_of_queries(client, url("list"))
    for _ in range(12):
        a_meeting(coordinator)

    assert number_of_queries(client, url("list")) == few <= MOST


def test_whoever_hosts_keeps_what_belongs_to_others_when_she_changes_the_place(client, coordinator):
    host = a_colleague()
    hers, theirs = a_community("ar", host), a_community("fr")
    series = create_series(
        by=coordinator, name="Herbst", begins=today(), ends=today() + timedelta(days=90), communities=[theirs]
    )
    meeting = a_meeting(coordinator, communities=[hers, theirs], hosts=[host], series=series)
    own = browser_of(host)
    form = own.get(url("edit", meeting.pk)).context["form"]
    sent = planned(
        hers, communities=[str(one) for one in form.initial["communities"]], series=str(form.initial["series"]),
        form="on_site", venue="Bürgerhaus", version=str(meeting.version), hosts=[str(host.pk)],
    )  # fmt: skip

    assert own.post(url("edit", meeting.pk), sent).status_code == 302

    meeting.refresh_from_db()
    assert (set(meeting.communities.all()), meeting.series, meeting.venue) == ({hers, theirs}, series, "Bürgerhaus")


def test_attendance_that_somebody_else_noted_meanwhile_stays(client, coordinator):
    meeting = a_meeting(coordinator)
    late, away, both = invited(coordinator, meeting, an_actor(), an_actor(), an_actor())
    start_meeting(by=coordinator, meeting=meeting)
    shown = {f"w_{row.pk}": "" for row in (late, away, both)}
    note_attendance(by=coordinator, meeting=meeting, attendance={late.pk: "attended", both.pk: "attended"})

    response = client.post(
        url("attendance", meeting.pk),
        shown | {f"a_{late.pk}": "", f"a_{away.pk}": "excused", f"a_{both.pk}": "absent"},
        follow=True,
    )

    noted = dict(meeting.invitations.values_list("pk", "attendance"))
    assert noted == {late.pk: "attended", away.pk: "excused", both.pk: "attended"}
    assert str(both.actor) in [str(one) for one in response.context["messages"]][1]
