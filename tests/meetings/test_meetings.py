"""A meeting from its preparation to its end."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from tests.factories.meetings import (
    a_colleague,
    a_community,
    a_coordinator,
    a_meeting,
    a_statement,
    a_wave,
    an_actor,
    in_the_past,
    invited,
)
from treffpunkt.core.clock import as_of, now, today
from treffpunkt.core.errors import DomainError, Forbidden, Stale
from treffpunkt.meetings import queries, rules
from treffpunkt.meetings.models import AgendaItem, Invitation, Meeting
from treffpunkt.meetings.services import meetings, series
from treffpunkt.meetings.services.invitations import answer, send_invitations
from treffpunkt.meetings.services.waves import send_wave
from treffpunkt.network.services.telling import settle_told
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render
from treffpunkt.search.queries import find

pytestmark = pytest.mark.django_db
S = Meeting.State


def test_coordinator_prepares_a_meeting():
    host = a_coordinator()

    meeting = a_meeting(host, day=date(2027, 1, 14), time=time(18))

    assert (meeting.state, meeting.starts.isoformat()) == (S.DRAFT, "2027-01-14T17:00:00+00:00")
    assert meeting.agenda.count() == 7
    assert list(meeting.hosts.all()) == [host]


def test_same_id_makes_one_meeting():
    host = a_coordinator()
    first = a_meeting(host)

    assert a_meeting(host, id=first.pk) == first
    assert Meeting.objects.count() == 1


def test_agenda_of_a_past_meeting_is_used_again():
    host = a_coordinator()
    past = a_meeting(host)
    AgendaItem.objects.filter(meeting=past, position__gt=2).delete()

    meeting = a_meeting(host, agenda_from=past)

    assert [item.topic.key for item in meeting.agenda.all()] == ["platforms", "spaces"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "  "},
        {"communities": []},
        {"form": "on_site", "venue": ""},
        {"room": "javascript:alert(1)"},
        {"day": date(2027, 3, 28), "time": time(2, 30)},
        {"zone": "Europe/Atlantis"},
    ],
)
def test_wrong_meeting_is_refused(wrong):
    with pytest.raises(DomainError):
        a_meeting(**wrong)


def test_counsellor_sees_meetings_of_her_communities_only():
    counsellor, other = a_colleague(), a_colleague()
    meeting = a_meeting(communities=[a_community("ar", counsellor)])

    assert list(rules.viewable(counsellor)) == [meeting]
    assert not rules.viewable(other).exists()
    assert rules.viewable(counsellor).select_for_update().get() == meeting
    with pytest.raises(Forbidden):
        meetings.change_meeting(by=other, meeting=meeting, version=1, name="Anders")


def test_stale_form_is_told_what_stands_now():
    host = a_coordinator()
    meeting = a_meeting(host)
    meetings.change_meeting(by=host, meeting=meeting, version=1, name="Zuerst")

    with pytest.raises(Stale) as caught:
        meetings.change_meeting(by=host, meeting=meeting, version=1, name="Zu spät")
    assert caught.value.current.name == "Zuerst"


def test_new_time_is_told_to_guests_and_their_calendars():
    host = a_coordinator()
    meeting = a_meeting(host)
    (invitation,) = invited(host, meeting, an_actor())
    Message.objects.update(state=Message.State.SENT)
    meeting.refresh_from_db()

    changed = meetings.change_meeting(
        by=host, meeting=meeting, version=meeting.version, day=meeting.day + timedelta(days=7)
    )

    message = Message.objects.get(template="meetings/messages/changed")
    assert (changed.calendar_sequence, changed.moved_at is not None) == (1, True)
    assert message.occasion == f"changed:{invitation.pk}:1"
    assert "SEQUENCE:1" in message.calendar
    assert message.calendar_method == "REQUEST"


def test_guest_who_has_not_been_told_yet_gets_the_new_time_in_the_invitation():
    host = a_coordinator()
    meeting = a_meeting(host)
    invited(host, meeting, an_actor(mail=False, chat=True))
    meeting.refresh_from_db()

    meetings.change_meeting(by=host, meeting=meeting, version=meeting.version, time=time(19))

    old, new = Message.objects.order_by("id")
    assert (old.state, new.state, new.template) == (
        Message.State.CANCELLED, Message.State.BY_HAND, "meetings/messages/invitation",
    )  # fmt: skip
    assert "٧" in new.context["when"]


def test_new_name_is_told_to_nobody():
    host = a_coordinator()
    meeting = a_meeting(host)
    invited(host, meeting, an_actor())
    meeting.refresh_from_db()

    changed = meetings.change_meeting(by=host, meeting=meeting, version=meeting.version, name="Herbsttreffen")

    assert (changed.calendar_sequence, Message.objects.count()) == (0, 1)


def test_postponed_meeting_gets_a_new_day():
    host = a_coordinator()
    meeting = a_meeting(host)
    invited(host, meeting, an_actor())
    Message.objects.update(state=Message.State.SENT)

    meeting = meetings.postpone_meeting(by=host, meeting=meeting)
    told = Message.objects.get(template="meetings/messages/cancelled")
    assert (told.calendar_method, told.context["postponed"]) == ("CANCEL", True)
    assert "STATUS:CANCELLED" in told.calendar

    meeting = meetings.change_meeting(
        by=host, meeting=meeting, version=meeting.version, day=today() + timedelta(days=40)
    )
    assert meeting.state == S.INVITING
    assert "SEQUENCE:2" in Message.objects.get(template__endswith="changed").calendar


def test_meeting_postponed_by_mistake_takes_place_on_its_day_after_all():
    host = a_coordinator()
    meeting = a_meeting(host)
    comes, _not = invited(host, meeting, an_actor(language="de"), an_actor(language="de"))
    Message.objects.update(state=Message.State.SENT)
    answer(by=host, invitation=comes, state="accepted")
    answer(by=host, invitation=_not, state="declined")
    meeting = meetings.postpone_meeting(by=host, meeting=meeting)

    meeting = meetings.change_meeting(by=host, meeting=meeting, version=meeting.version, name="Anders")
    assert meeting.state == S.POSTPONED
    meeting = meetings.change_meeting(by=host, meeting=meeting, version=meeting.version, day=meeting.day)

    assert (meeting.state, meeting.calendar_sequence, meeting.moved_at is not None) == (S.INVITING, 2, True)
    told = Message.objects.get(template="meetings/messages/changed")
    assert told.about_id == comes.pk
    assert "SEQUENCE:2" in told.calendar
    assert "doch am zuerst geplanten Tag" in render(told).body


def test_postponed_meeting_whose_old_day_is_past_stays_postponed():
    host = a_coordinator()
    meeting = a_meeting(host)
    invited(host, meeting, an_actor())
    meeting = meetings.postpone_meeting(by=host, meeting=meeting)

    with as_of(meeting.starts + timedelta(days=1)):
        meeting = meetings.change_meeting(
            by=host, meeting=meeting, version=meeting.version, day=meeting.day, time=meeting.time
        )
    assert meeting.state == S.POSTPONED


def test_guest_to_whom_nothing_went_out_is_invited_anew_once_there_is_a_new_day():
    host = a_coordinator()
    meeting = a_meeting(host)
    guest = an_actor(mail=False, chat=True)
    (invitation,) = invited(host, meeting, guest)

    meeting = meetings.postpone_meeting(by=host, meeting=meeting)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.sent_at) == ("planned", None)
    settle_told()
    guest.refresh_from_db()
    assert guest.telling_at is None

    day = today() + timedelta(days=40)
    meeting = meetings.change_meeting(by=host, meeting=meeting, version=meeting.version, day=day)
    assert Message.objects.get().state == Message.State.CANCELLED
    assert send_invitations(by=host, meeting=meeting).chats == 1
    new = Message.objects.get(state=Message.State.BY_HAND)
    assert (new.template, new.tells) == ("meetings/messages/invitation", True)
    guest.refresh_from_db()
    assert guest.telling_at is not None


def test_guest_of_a_wave_to_whom_nothing_went_out_is_invited_with_the_others():
    host = a_coordinator()
    meeting = a_meeting(host)
    send_wave(by=host, wave=a_wave(host, meeting, an_actor()))

    meeting = meetings.postpone_meeting(by=host, meeting=meeting)
    meeting = meetings.change_meeting(by=host, meeting=meeting, version=meeting.version, time=time(19))
    assert send_invitations(by=host, meeting=meeting).mails == 1


def test_postponed_and_then_cancelled_is_told_to_nobody_who_never_heard_of_it():
    host = a_coordinator()
    meeting = a_meeting(host)
    invited(host, meeting, an_actor())

    meeting = meetings.postpone_meeting(by=host, meeting=meeting)
    meetings.cancel_meeting(by=host, meeting=meeting)

    assert [message.template for message in Message.objects.all()] == ["meetings/messages/invitation"]


@pytest.mark.parametrize("end", [meetings.postpone_meeting, meetings.cancel_meeting])
def test_who_knows_of_the_meeting_by_phone_or_link_hears_that_it_is_off(end):
    host = a_coordinator()
    meeting = a_meeting(host)
    said, opened = invited(host, meeting, an_actor(mail=False, chat=True), an_actor(mail=False, chat=True))
    answer(by=host, invitation=said, state="accepted")
    Invitation.objects.filter(pk=opened.pk).update(opened_on=today())

    end(by=host, meeting=meeting)

    told = Message.objects.filter(template="meetings/messages/cancelled")
    assert {message.about_id for message in told} == {said.pk, opened.pk}
    said.refresh_from_db()
    assert said.state == "accepted"


def test_who_said_yes_before_our_text_went_out_gets_it_with_the_new_day():
    host = a_coordinator()
    meeting = a_meeting(host)
    (said,) = invited(host, meeting, an_actor(mail=False, chat=True))
    answer(by=host, invitation=said, state="accepted")

    meeting = meetings.postpone_meeting(by=host, meeting=meeting)
    meetings.change_meeting(by=host, meeting=meeting, version=meeting.version, day=today() + timedelta(days=40))

    waiting = Message.objects.get(state=Message.State.BY_HAND)
    assert (waiting.template, waiting.tells) == ("meetings/messages/invitation", True)


def test_cancelled_meeting_tells_those_who_know_of_it():
    host = a_coordinator()
    meeting = a_meeting(host)
    told, untold, declined = invited(host, meeting, an_actor(), an_actor(mail=False, chat=True), an_actor())
    Message.objects.filter(about_id__in=[told.pk, declined.pk]).update(state=Message.State.SENT)
    Invitation.objects.filter(pk=declined.pk).update(state="declined")

    meetings.cancel_meeting(by=host, meeting=meeting)

    assert Message.objects.get(template__endswith="cancelled").about_id == told.pk
    assert Message.objects.get(about_id=untold.pk).state == Message.State.CANCELLED
    with pytest.raises(DomainError):
        meetings.start_meeting(by=host, meeting=meeting)


def test_clock_of_each_topic_runs_while_it_is_open():
    host = a_coordinator()
    meeting = meetings.start_meeting(by=host, meeting=a_meeting(host))
    first, second = meeting.agenda.order_by("position")[:2]
    AgendaItem.objects.filter(pk=first.pk).update(opened_at=now() - timedelta(seconds=90))

    meeting = meetings.open_item(by=host, meeting=meeting, item=second)
    first.refresh_from_db()
    assert (first.seconds_spent, first.opened_at, meeting.current_item) == (90, None, second)

    meeting = meetings.end_meeting(by=host, meeting=meeting)
    assert meeting.state == S.HELD
    assert not meeting.agenda.exclude(opened_at=None).exists()


def test_meeting_ended_too_early_goes_on():
    host = a_coordinator()
    meeting = meetings.start_meeting(by=host, meeting=a_meeting(host))
    meeting = meetings.end_meeting(by=host, meeting=meeting)

    meeting = meetings.start_meeting(by=host, meeting=meeting)

    assert (meeting.state, meeting.ended_at) == (S.RUNNING, None)
    assert meeting.agenda.get(position=1).opened_at


def test_series_holds_its_meetings():
    host = a_coordinator()
    season = series.create_series(
        by=host,
        name="Saison 2021",
        begins=date(2021, 5, 1),
        ends=date(2021, 9, 30),
        communities=[a_community()],
    )
    meeting = a_meeting(host, series=season)

    season = series.change_series(by=host, series=season, version=1, name="Frühjahr bis Herbst 2021")
    assert (season.name, season.version) == ("Frühjahr bis Herbst 2021", 2)
    assert list(queries.meetings_of_series(host, season)) == [meeting]
    with pytest.raises(DomainError):
        series.change_series(by=host, series=season, version=2, ends=date(2020, 1, 1))


def test_lists_cost_the_same_with_one_and_with_thirty(django_assert_num_queries):
    host = a_coordinator()

    def queries_of() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as caught:
            for row in [*queries.upcoming(host), *queries.past(host)]:
                assert [*row.communities.all(), *row.hosts.all()]
                assert row.accepted == 0
        return len(caught)

    meeting = a_meeting(host)
    a_meeting(host, day=in_the_past())
    few = queries_of()
    for _ in range(14):
        a_meeting(host)
        a_meeting(host, day=in_the_past())
    assert queries_of() == few <= 6
    assert queries.upcoming(host).first() == meeting


def test_detail_counts_answers(django_assert_max_num_queries):
    host = a_coordinator()
    meeting = a_meeting(host)
    invited(host, meeting, *(an_actor() for _ in range(3)))
    a_statement(host, meeting)

    with django_assert_max_num_queries(5):
        row = queries.meetings(host).get(pk=meeting.pk)
        assert (row.unanswered, row.accepted, len(row.agenda.all())) == (3, 0, 7)
    assert queries.answer_counts(meeting)["sent"] == 3


def test_meeting_is_found_by_its_names():
    host = a_coordinator()
    meeting = a_meeting(host, name="Apfelernte", title={"ar": "لقاء الخريف"})
    meetings.change_meeting(by=host, meeting=meeting, version=1, name="Schneeflocke")

    def found(text):
        visible = {"meetings.meeting": rules.viewable(host).values("pk")}
        return [hit.record_id for hit in find(text, visible=visible)]

    assert found("Schneefl") == found("لقاء الخريف") == [meeting.pk]
    assert found("Apfelernte") == []
