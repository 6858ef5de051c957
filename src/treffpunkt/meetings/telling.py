"""What is told of a meeting: the minutes as they go out, to whom, and in which languages."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from treffpunkt.core.dates import spoken_day
from treffpunkt.core.text import direction, language_direction, localized
from treffpunkt.journal.models import Origin
from treffpunkt.journal.queries import sources_of
from treffpunkt.meetings import wording
from treffpunkt.meetings.models import DatePoll, Invitation, Meeting, Minutes, Statement
from treffpunkt.tasks.models import Task


def minutes_of(meeting: Meeting) -> QuerySet[Minutes]:
    """List the minutes that went out, by language, newest revision first."""
    return meeting.minutes.order_by("language", "-revision")


def recipients(meeting: Meeting) -> QuerySet[Invitation]:
    """List who gets the minutes: everyone who came, and who had said they would."""
    came = Q(attendance=Invitation.Attendance.ATTENDED) | Q(state=Invitation.State.ACCEPTED)
    return meeting.invitations.filter(came).filter(Q(actor=None) | Q(actor__erased_at=None))


def languages_of_minutes(meeting: Meeting) -> list[str]:
    """List the languages the minutes go out in: those spoken, and those of everyone who gets them."""
    of_guests = recipients(meeting).order_by("language").values_list("language", flat=True).distinct()
    return list(dict.fromkeys([*meeting.languages, *of_guests]))


def missing_gists(meeting: Meeting) -> QuerySet[Statement]:
    """List the statements that would go out without a German gist."""
    return (
        _to_be_sent(meeting)
        .filter(gist="")
        .exclude(language="de")
        .exclude(language__startswith="de-")
        .select_related("item")
        .order_by("item__position", "noted_at", "id")
    )


def content(meeting: Meeting, language: str) -> dict[str, Any]:
    """Put together the minutes in one language: plain JSON, without names and without what is confidential.

    A statement stands in its own language with its German gist beside it; where that is missing it is marked. What
    is not in the reader's language says in which it is.
    """
    topics: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for statement in _to_be_sent(meeting).order_by("noted_at", "id"):
        topics[statement.item_id].append(_statement(statement, language))
    tasks = told_tasks(meeting)
    summary, summary_language = _summary(meeting, language)
    return {
        "language": language,
        "dir": language_direction(language),
        "title": wording.title(meeting, language),
        "network": settings.NETWORK_NAME,
        "when": wording.when(meeting, language),
        "where": wording.where(meeting, language),
        "languages": wording.languages_spoken(meeting, language),
        "came": meeting.invitations.filter(attendance=Invitation.Attendance.ATTENDED).count(),
        "summary": _text(summary, summary_language, language),
        "topics": [
            {"title": localized(item.titles, language)[0], "statements": topics[item.pk]}
            for item in meeting.agenda.order_by("position")
            if topics[item.pk]
        ],
        "tasks": [_task(task, language) for task in tasks if not task.promised_by_id],
        "promises": [_task(task, language) for task in tasks if task.promised_by_id],
    }


def told_tasks(meeting: Meeting) -> list[Task]:
    """List the tasks and promises of a meeting but for those that grew from a confidential statement."""
    return said_openly(
        Task.objects.filter(about_kind=meeting.kind, about_id=meeting.pk)
        .exclude(state=Task.State.DROPPED)
        .exclude(pk__in=DatePoll.objects.filter(meeting=meeting, task__isnull=False).values("task"))
        .order_by("due", "id")
    )


def said_openly(tasks: QuerySet[Task]) -> list[Task]:
    """Read tasks but for those that grew from a confidential statement, or from one that was taken back."""
    rows = list(tasks)
    said = {origin.result_id: origin.source_id for origin in sources_of(row.pk for row in rows) if _is_said(origin)}
    # Asked for what may be told: a confidential one is not even found by whoever may not read it.
    told = set(
        Statement.objects.filter(pk__in=said.values(), confidential=False, removed_at=None).values_list("pk", flat=True)
    )
    return [row for row in rows if row.pk not in said or said[row.pk] in told]


def _to_be_sent(meeting: Meeting) -> QuerySet[Statement]:
    return meeting.statements.filter(removed_at=None, confidential=False)


def _statement(statement: Statement, reader: str) -> dict[str, Any]:
    german = statement.language.lower().partition("-")[0] == "de"
    return _text(statement.text, statement.language, reader) | {
        "id": str(statement.pk),
        "gist": "" if german else statement.gist,
        "gist_missing": not german and not statement.gist,
        "women_specific": statement.women_specific,
    }


def _text(text: str, language: str, reader: str) -> dict[str, Any]:
    return {
        "text": text,
        "language": language,
        "dir": direction(text, language),
        "foreign": wording.foreign(language, reader),
    }


def _task(task: Task, language: str) -> dict[str, Any]:
    return _text(task.title, task.language, language) | {
        "id": str(task.pk),
        "due": spoken_day(task.due, language) if task.due else "",
    }


def _is_said(origin: Origin) -> bool:
    return origin.source_kind == Statement._meta.label_lower


def _summary(meeting: Meeting, language: str) -> tuple[str, str]:
    """Take the summary written in the reader's language, else the German one."""
    text, tag = localized({**meeting.summaries, "de": meeting.summary}, language)
    if tag.partition("-")[0] == language.partition("-")[0]:
        return text, tag
    return meeting.summary, "de"
