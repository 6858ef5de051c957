"""The agenda: the seven topics, and what a meeting makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.subject import as_system
from treffpunkt.journal.services import record
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import AgendaItem, AgendaTopic, Meeting
from treffpunkt.meetings.topics import TOPICS


@transaction.atomic
def load_topics() -> int:
    """Write the seven topics; what people have changed since stays as they left it. Returns how many are new."""
    known = {topic.key: topic for topic in AgendaTopic.objects.select_for_update()}
    fresh = []
    for position, seed in enumerate(TOPICS, 1):
        topic = known.get(seed.key)
        values = {
            "titles": dict(seed.titles),
            "questions": {language: list(lines) for language, lines in seed.questions.items()},
            "kinds": list(seed.kinds),
        }
        if topic is None:
            fresh.append(AgendaTopic(key=seed.key, position=position, minutes=seed.minutes, **values))
        elif topic.version == 1 and any(getattr(topic, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(topic, name, value)
            topic.save()
    AgendaTopic.objects.bulk_create(fresh)
    return len(fresh)


def items_from_topics(meeting: Meeting) -> list[AgendaItem]:
    """Make the agenda of a new meeting from the topics (not yet saved)."""
    return [
        AgendaItem(
            meeting=meeting, topic=topic, position=position, titles=topic.titles, questions=topic.questions,
            minutes=topic.minutes,
        )
        for position, topic in enumerate(AgendaTopic.objects.order_by("position", "id"), 1)
    ]  # fmt: skip


def items_from_meeting(meeting: Meeting, past: Meeting) -> list[AgendaItem]:
    """Make the agenda of a new meeting from that of a past one (not yet saved), but for what that one asked about."""
    return [
        AgendaItem(
            meeting=meeting, topic_id=item.topic_id, position=position, titles=item.titles, questions=item.questions,
            minutes=item.minutes,
        )
        for position, item in enumerate(past.agenda.filter(promises=None).order_by("position"), 1)
    ]  # fmt: skip


@transaction.atomic
def add_item(
    *,
    by: Agent,
    meeting: Meeting,
    titles: Mapping[str, str] | None = None,
    questions: Mapping[str, Any] | None = None,
    minutes: int = 15,
    topic: AgendaTopic | None = None,
) -> AgendaItem:
    """Add a topic at the end of a meeting's agenda: one of ours, or words of one's own by language."""
    meeting = _open(by, meeting)
    titles = titles or (topic.titles if topic else {})
    if not any(titles.values()):
        raise DomainError(_("The topic needs a title."))
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting, topic=topic, position=last + 1, titles=dict(titles), minutes=minutes,
        questions=dict(questions or (topic.questions if topic else {})),
    )  # fmt: skip
    record(by, "agenda.changed", meeting)
    return item


@transaction.atomic
def change_item(
    *,
    by: Agent,
    item: AgendaItem,
    titles: Mapping[str, str] | None = None,
    questions: Mapping[str, Any] | None = None,
    minutes: int | None = None,
) -> AgendaItem:
    """Change the words or the planned minutes of one topic of a meeting."""
    meeting = _open(by, item.meeting)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    item.titles = dict(titles) if titles is not None else item.titles
    item.questions = dict(questions) if questions is not None else item.questions
    item.minutes = item.minutes if minutes is None else minutes
    item.save()
    record(by, "agenda.changed", meeting)
    return item


@transaction.atomic
def move_item(*, by: Agent, item: AgendaItem, position: int) -> AgendaItem:
    """Put a topic at another place of the agenda, counted from 1."""
    meeting = _open(by, item.meeting)
    rows = list(meeting.agenda.order_by("position"))
    row = next(row for row in rows if row.pk == item.pk)
    rows.remove(row)
    rows.insert(max(0, position - 1), row)
    _number(rows)
    record(by, "agenda.changed", meeting)
    return row


@transaction.atomic
def drop_item(*, by: Agent, item: AgendaItem) -> None:
    """Take a topic off the agenda, as long as nothing was noted under it."""
    meeting = _open(by, item.meeting)
    with as_system():  # a confidential one counts, whoever may read it
        noted = item.statements.exists()
    if noted:
        raise DomainError(_("Something was noted under this topic, so it stays on the agenda."))
    AgendaItem.objects.filter(pk=item.pk).delete()
    _number(list(meeting.agenda.order_by("position")))
    record(by, "agenda.changed", meeting)


def spend_time(item: AgendaItem, until: Any) -> None:
    """Add the time since a topic was opened to the time spent on it."""
    if item.opened_at:
        seconds = max(timedelta(0), until - item.opened_at).total_seconds()
        AgendaItem.objects.filter(pk=item.pk).update(seconds_spent=F("seconds_spent") + int(seconds), opened_at=None)


def _open(by: Agent, meeting: Meeting) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    require(rules.may_edit(by, meeting))
    if meeting.state in (Meeting.State.CLOSED, Meeting.State.CANCELLED):
        raise DomainError(_("This meeting is over; its agenda stays as it was."))
    return meeting


def _number(rows: list[AgendaItem]) -> None:
    for position, row in enumerate(rows, 1):
        row.position = position
    AgendaItem.objects.bulk_update(rows, ["position"])
