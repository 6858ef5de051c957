"""What is left to do when the search for a date is over, however it ended."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from treffpunkt.core.agent import SYSTEM, Agent
from treffpunkt.journal.services import record
from treffpunkt.meetings.models import DatePoll, Meeting, PollGuest
from treffpunkt.post.models import Message
from treffpunkt.post.services import cancel
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.rules import may_change as may_change_task
from treffpunkt.tasks.services import close_task, drop_task


def end_search(*, by: Agent, meeting: Meeting) -> None:
    """End the search for a date that still goes on, as its meeting is off or has begun; the caller holds its lock."""
    for poll in (
        meeting.polls.filter(state__in=DatePoll.GOING_ON).select_for_update(of=("self",)).select_related("task")
    ):
        poll.move_to(DatePoll.State.ENDED)
        poll.advance()
        poll.save()
        settle(by, poll, done=False)
        record(by, "poll.ended", meeting)


def settle(by: Agent, poll: DatePoll, *, done: bool) -> None:
    """Take back what has not gone out, and close the task."""
    unread = list(waiting(poll.guests.all()).values_list("occasion", flat=True))
    if unread:
        cancel(by=by, occasions=unread)
    if poll.task and poll.task.state == Task.State.OPEN:
        who = by if may_change_task(by, poll.task) else SYSTEM
        (close_task if done else drop_task)(by=who, task=poll.task)


def waiting(rows: Iterable[PollGuest]) -> QuerySet[Message]:
    """List the messages to people who are asked that have not gone out yet."""
    states = (Message.State.QUEUED, Message.State.BY_HAND, Message.State.FAILED)
    return Message.objects.filter(about_id__in=[row.pk for row in rows], state__in=states)
