"""Finding a date: who can when, and what becomes of it."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.meetings import a_colleague, a_coordinator, a_meeting, an_actor, invited
from tests.factories.polls import a_poll, answered, asked, holder_of, moments, proposed
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import as_of, now, today
from treffpunkt.core.errors import DomainError, Forbidden, Stale
from treffpunkt.jobs.work.meetings import actor_erased
from treffpunkt.meetings import polls
from treffpunkt.meetings.models import DatePoll, Invitation, Meeting, PollGuest
from treffpunkt.meetings.services.forgetting import forget_attendance
from treffpunkt.meetings.services.meetings import cancel_meeting, change_meeting, postpone_meeting, start_meeting
from treffpunkt.meetings.services.poll_answers import answer_poll
from treffpunkt.meetings.services.polls import (
    ask_guests,
    begin_poll,
    change_poll,
    choose_moment,
    drop_guest,
    end_poll,
    remind_of_poll,
    send_poll,
)
from treffpunkt.network.services.erasing import erase_actor
from treffpunkt.network.services.merging import merge_records
from treffpunkt.network.stored import stored_about
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render
from treffpunkt.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    return a_coordinator(name="Katrin Oster")


@pytest.fixture
def meeting(host):
    return a_meeting(host)


def test_each_is_asked_alone_in_her_language_and_by_her_channel(host, meeting):
    guests = [an_actor(), an_actor(language="fr"), an_actor(mail=False, chat=True, owner=host), an_actor(mail=False)]
    poll = begin_poll(by=host, meeting=meeting, moments=proposed(), until=today() + timedelta(days=7))
    ask_guests(by=host, poll=poll, actor_ids=[guest.pk for guest in guests], staff_ids=[host.pk])
    assert not Message.objects.exists()

    sent = send_poll(by=host, poll=poll)

    assert (sent.mails, sent.chats, len(sent.unreachable)) == (3, 1, 1)
    by_mail = Message.objects.filter(channel="mail")
    assert {message.language for message in by_mail} == {"ar", "fr", "de"}
    assert {message.state for message in Message.objects.filter(channel="chat")} == {"by_hand"}
    text = render(Message.objects.get(language="fr"))
    assert text.body.count("/l/") == 1
    assert text.body.count("18 h") == 3
    assert not any(guest.name in text.body for guest in guests)
    poll.refresh_from_db()
    assert poll.state == "open"
    assert send_poll(by=host, poll=poll).mails == 0
    assert Message.objects.count() == 4


def test_moment_that_suits_best_comes_first(host, meeting):
    poll = a_poll(host, meeting, *(an_actor() for _ in range(4)))
    for guest, answers in zip(
        asked(poll), [("no", "yes", "maybe"), ("yes", "yes", "maybe"), ("no", "maybe", "yes")], strict=False
    ):
        answered(guest, *answers)

    grid = polls.grid(poll)

    first, second, third = moments(poll)
    assert [column.moment for column in grid.columns] == [second, third, first]
    assert [(one.yes, one.maybe, one.no, one.is_best) for one in grid.columns] == [
        (2, 1, 0, True), (1, 2, 0, False), (1, 0, 2, False),
    ]  # fmt: skip
    assert (grid.asked, grid.answered) == (4, 3)
    assert [answer for _column, answer in grid.rows[0].cells] == ["yes", "maybe", "no"]


def test_grid_asks_as_much_for_many_as_for_few(host, meeting):
    poll = a_poll(host, meeting, *(an_actor() for _ in range(12)))
    for guest in asked(poll):
        answered(guest, "yes")
    with CaptureQueriesContext(connection) as caught:
        polls.grid(poll)
    assert len(caught) == 2


def test_answer_may_be_changed_and_the_rest_stays(host, meeting):
    poll = a_poll(host, meeting, an_actor())
    (guest,) = asked(poll)
    answered(guest, "yes", "no", "maybe")
    answered(guest, "", "yes")

    assert [answer for _moment, answer in polls.own_answers(asked(poll)[0])] == ["yes", "yes", "maybe"]


def test_nobody_answers_for_another_or_for_another_poll(host, meeting):
    poll = a_poll(host, meeting, an_actor(), an_actor())
    other = a_poll(host, a_meeting(host), an_actor())
    one, two = asked(poll)

    with pytest.raises(Forbidden):
        answer_poll(by=holder_of(one), guest=two, answers={moments(poll)[0].pk: "yes"})
    with pytest.raises(DomainError):
        answer_poll(by=holder_of(one), guest=one, answers={moments(other)[0].pk: "yes"})
    with pytest.raises(DomainError):
        answer_poll(by=holder_of(one), guest=one, answers={moments(poll)[0].pk: "perhaps"})
    with pytest.raises(Forbidden):
        answer_poll(by=a_colleague(), guest=one, answers={moments(poll)[0].pk: "yes"})
    assert not PollGuest.objects.exclude(answers={}).exists()


def test_answering_ends_with_the_last_day(host, meeting):
    poll = a_poll(host, meeting, an_actor())
    (guest,) = asked(poll)

    with as_of(poll.closes_at - timedelta(minutes=1)):
        answered(guest, "yes")
    with as_of(poll.closes_at), pytest.raises(DomainError):
        answered(guest, "no")
    assert asked(poll)[0].answers[str(moments(poll)[0].pk)] == "yes"


def test_meeting_gets_its_date_and_who_can_is_on_the_guest_list(host, meeting):
    poll = a_poll(host, meeting, *(an_actor() for _ in range(4)))
    can, could, cannot, _silent = asked(poll)
    answered(can, "no", "yes")
    answered(could, "no", "maybe")
    answered(cannot, "yes", "no")
    task = Task.objects.get()
    assert (task.owner, task.due, task.about_id) == (host, poll.until, meeting.pk)

    for _twice in range(2):
        choose_moment(by=host, poll=poll, moment=moments(poll)[1])

    meeting.refresh_from_db()
    assert (meeting.day, meeting.time, meeting.state) == (*proposed()[1], "draft")
    listed = meeting.invitations.all()
    assert {row.actor_id for row in listed} == {can.actor_id, could.actor_id}
    assert {row.state for row in listed} == {Invitation.State.PLANNED}
    task.refresh_from_db()
    assert task.state == "done"
    with pytest.raises(DomainError):
        answered(can, "no")


def test_meeting_that_went_to_another_zone_begins_at_the_moment_that_was_chosen(host, meeting):
    poll = a_poll(host, meeting, an_actor())
    meeting.refresh_from_db()
    change_meeting(by=host, meeting=meeting, version=meeting.version, zone="Europe/Lisbon")
    chosen = moments(poll)[1]

    made = choose_moment(by=host, poll=poll, moment=chosen)

    assert (made.zone, made.starts) == ("Europe/Lisbon", chosen.starts)
    assert made.time.hour == chosen.time.hour - 1


def test_everybody_who_was_asked_may_be_put_on_the_list(host, meeting):
    poll = a_poll(host, meeting, an_actor(), an_actor())
    choose_moment(by=host, poll=poll, moment=moments(poll)[0], everybody=True)

    assert meeting.invitations.count() == 2


def test_postponed_meeting_is_invited_to_again(host, meeting):
    invited(host, meeting, an_actor())
    Message.objects.update(state="sent")
    poll = a_poll(host, postpone_meeting(by=host, meeting=meeting), an_actor())
    choose_moment(by=host, poll=poll, moment=moments(poll)[1])

    assert Meeting.objects.get().state == "inviting"
    assert Message.objects.filter(template="meetings/messages/changed").count() == 1


def test_old_day_of_a_postponed_meeting_may_be_the_one_that_suits(host, meeting):
    invited(host, meeting, an_actor())
    Message.objects.update(state="sent")
    poll = a_poll(host, postpone_meeting(by=host, meeting=meeting), an_actor())
    old = next(moment for moment in moments(poll) if moment.starts == meeting.starts)
    choose_moment(by=host, poll=poll, moment=old)

    assert Meeting.objects.get().state == "inviting"
    assert Message.objects.filter(template="meetings/messages/changed").count() == 1


def test_what_has_not_gone_out_is_taken_back_when_it_is_over(host, meeting):
    poll = a_poll(host, meeting, an_actor(mail=False, chat=True, owner=host))
    end_poll(by=host, poll=poll)
    end_poll(by=host, poll=poll)

    assert Message.objects.get().state == "cancelled"
    assert Task.objects.get().state == "dropped"
    with pytest.raises(DomainError):
        answered(asked(poll)[0], "yes")
    again = begin_poll(by=host, meeting=meeting, moments=proposed(), until=today())
    assert again.pk != poll.pk


@pytest.mark.parametrize("over", [cancel_meeting, start_meeting])
def test_meeting_that_is_off_or_has_begun_asks_nobody_any_more(host, meeting, over):
    poll = a_poll(host, meeting, an_actor(mail=False, chat=True, owner=host))
    over(by=host, meeting=meeting)

    poll.refresh_from_db()
    assert (poll.state, Task.objects.get().state, Message.objects.get().state) == ("ended", "dropped", "cancelled")
    with pytest.raises(DomainError):
        answered(asked(poll)[0], "yes")


def test_begun_twice_it_is_one(host, meeting):
    given = {"moments": proposed(), "until": today()}
    assert begin_poll(by=host, meeting=meeting, **given) == begin_poll(by=host, meeting=meeting, **given)
    assert DatePoll.objects.count() == 1


@pytest.mark.parametrize(
    ("these", "until"),
    [
        ([], 7),
        ([(21, time(18))], 7),
        ([(21, time(18)), (21, time(18))], 7),
        ([(-1, time(18)), (21, time(18))], 7),
        ([(21, time(18)), (900, time(18))], 7),
        ([(21, time(18)), (22, time(18))], -1),
        ([(21, time(18)), (22, time(18))], 23),
        ([(21 + n, time(18)) for n in range(21)], 7),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(host, meeting, these, until):
    days = [(today() + timedelta(days=number), at) for number, at in these]
    with pytest.raises(DomainError):
        begin_poll(by=host, meeting=meeting, moments=days, until=today() + timedelta(days=until))


def test_hour_that_the_clocks_skip_is_refused(host, meeting):
    march = date(today().year + 1, 3, 31)
    skipped = march - timedelta(days=(march.weekday() + 1) % 7)
    with pytest.raises(DomainError, match="02:30|does not exist|gibt es nicht"):
        begin_poll(by=host, meeting=meeting, moments=[(skipped, time(2, 30)), (skipped, time(18))], until=today())


def test_answered_moment_stays_and_others_may_change(host, meeting):
    poll = a_poll(host, meeting, an_actor())
    answered(asked(poll)[0], "yes")
    first, second, third = proposed()
    later = (third[0] + timedelta(days=3), time(19))

    changed = change_poll(by=host, poll=poll, version=poll.version, moments=[first, later], until=poll.until)
    assert [(row.day, row.time) for row in moments(changed)] == [first, later]
    with pytest.raises(DomainError):
        change_poll(by=host, poll=changed, version=changed.version, moments=[second, later], until=poll.until)
    with pytest.raises(Stale):
        change_poll(by=host, poll=changed, version=1, moments=[first, later], until=poll.until)


def test_who_is_silent_is_reminded_once_a_day(host, meeting):
    poll = a_poll(host, meeting, an_actor(), an_actor())
    assert remind_of_poll(by=host, poll=poll).mails == 0  # the question itself is not out yet
    Message.objects.update(state="sent")
    answered(asked(poll)[0], "yes")

    assert [remind_of_poll(by=host, poll=poll).mails for _ in range(2)] == [1, 0]
    with as_of(now() + timedelta(days=1)):
        Message.objects.update(state="sent")
        assert remind_of_poll(by=host, poll=poll).mails == 1


def test_who_was_not_asked_may_be_left_out(host, meeting):
    poll = a_poll(host, meeting, an_actor())
    ask_guests(by=host, poll=poll, actor_ids=[an_actor().pk])
    told, untold = asked(poll)

    drop_guest(by=host, guest=untold)
    with pytest.raises(DomainError):
        drop_guest(by=host, guest=told)
    assert asked(poll) == [told]


def test_colleague_of_the_community_does_not_look_for_a_date(meeting):
    with pytest.raises(Forbidden):
        begin_poll(by=a_colleague(), meeting=meeting, moments=proposed(), until=today())


def test_what_suited_somebody_is_shown_and_goes_with_them(host, meeting):
    guest = an_actor()
    poll = a_poll(host, meeting, guest)
    answered(asked(poll)[0], "yes", "no")
    (held,) = [one for one in stored_about(guest, by=SYSTEM) if one.key == "dates"]
    assert "1 × " in held.lines[0][1]

    erase_actor(by=SYSTEM, actor=guest)
    actor_erased(str(guest.pk))
    assert not PollGuest.objects.exists()


def test_answers_go_with_attendance(host, meeting):
    a_poll(host, meeting, an_actor())
    forget_attendance(now())
    assert PollGuest.objects.count() == 1
    forget_attendance(meeting.starts + timedelta(days=1))
    assert not PollGuest.objects.exists()


def test_two_records_of_one_person_keep_the_answer(host, meeting):
    one, two = an_actor(), an_actor()
    poll = a_poll(host, meeting, one, two)
    answered(next(guest for guest in asked(poll) if guest.actor_id == two.pk), "yes")
    merge_records(by=SYSTEM, kept=one, gone=two)

    (guest,) = asked(poll)
    assert guest.actor_id == one.pk
    assert set(guest.answers.values()) == {"yes"}


def test_search_goes_on_when_an_answered_moment_is_past(host, meeting):
    poll = a_poll(host, meeting, an_actor())
    answered(asked(poll)[0], "yes")
    first, *rest = moments(poll)
    with as_of(first.starts + timedelta(days=1)):
        later = [*((one.day, one.time) for one in (first, *rest)), (today() + timedelta(days=9), time(18))]
        poll.refresh_from_db()
        change_poll(by=host, poll=poll, version=poll.version, moments=later, until=today() + timedelta(days=2))
        assert len(moments(poll)) == len(later)
        poll.refresh_from_db()
        with pytest.raises(DomainError):
            change_poll(
                by=host, poll=poll, version=poll.version, until=today() + timedelta(days=2),
                moments=[*later, (first.day, time(7))],
            )  # fmt: skip
