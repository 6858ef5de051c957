"""Live notes: what is said, written down by several people at once, losing and doubling nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, Forbidden, require
from treffpunkt.core.personal import PersonalDataFound, find_personal_data
from treffpunkt.core.subject import as_system
from treffpunkt.core.text import tidy
from treffpunkt.journal.queries import results_of
from treffpunkt.journal.services import Named, grow, record
from treffpunkt.meetings import rules
from treffpunkt.meetings.languages import guess
from treffpunkt.meetings.models import AgendaItem, Kind, Meeting, SmallGroup, Statement, Writing
from treffpunkt.meetings.services.findable import make_findable
from treffpunkt.meetings.services.numbering import locked, next_number
from treffpunkt.network.models import Actor
from treffpunkt.people.models import Staff
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.services import create_task

CHANGEABLE = frozenset(
    {"text", "language", "gist", "statement_kind", "women_specific", "women_decided", "confidential", "on_screen",
     "said_by", "item"}
)  # fmt: skip
# A note of the future is a device whose clock is wrong.
CLOCKS_DIFFER = 300


@transaction.atomic
def note_statement(
    *,
    by: Agent,
    meeting: Meeting,
    id: UUID,
    item: AgendaItem,
    text: str,
    language: str | None = None,
    statement_kind: str = Kind.NOTE,
    women_specific: bool = False,
    confidential: bool = False,
    gist: str = "",
    said_by: Actor | None = None,
    noted_at: datetime | None = None,
    group: SmallGroup | None = None,
    by_phone: bool = False,
    shown_name: str = "",
    keep_findings: bool = False,
) -> Statement:
    """Note what was said under a topic; `id` comes from the device, and the same one twice is stored once.

    Without a language it is guessed from the script and the meeting's languages. Raises PersonalDataFound where the
    text or its gist may tell who somebody is, unless `keep_findings` says that somebody has looked at it.
    """
    meeting = locked(meeting)
    require(rules.may_write(by, meeting))
    if known := Statement.objects.filter(pk=id).first():
        require(known.meeting_id == meeting.pk)
        return known
    if item.meeting_id != meeting.pk:
        raise DomainError(_("This topic belongs to another meeting."))
    if group and group.meeting_id != meeting.pk:
        raise DomainError(_("This group belongs to another meeting."))
    statement = Statement(
        id=id, meeting=meeting, item=item, text=tidy(text, lines=True), gist=tidy(gist, lines=True),
        statement_kind=_kind(statement_kind), women_specific=women_specific, confidential=confidential,
        said_by=said_by, noted_by_id=by.agent_id if by.agent_kind == "staff" else None, noted_at=noted(noted_at),
        group=group, by_phone=by_phone, shown_name=tidy(shown_name)[:60], women_decided=women_specific,
        on_screen=not confidential and (by_phone or not meeting.screen_waits),
    )  # fmt: skip
    if not statement.text:
        raise DomainError(_("Nothing has been written yet."))
    statement.language = language or guess(statement.text, meeting.languages)
    if not keep_findings:
        _check_personal_data(meeting, statement)
    statement.seq = next_number(meeting)
    try:
        statement.save(force_insert=True)
    except IntegrityError as error:  # an id that is taken by what this writer may not read
        raise Forbidden from error
    make_findable([statement])
    record(by, "statement.noted", statement, meeting, *meeting.communities.all(), *_speaker(statement))
    return statement


@transaction.atomic
def change_statement(
    *, by: Agent, statement: Statement, version: int, keep_findings: bool = False, **changes: Any
) -> Statement:
    """Change a statement's text, language, gist, kind, marks, speaker or topic; raises Stale and PersonalDataFound."""
    unknown = changes.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"a statement has no {', '.join(sorted(unknown))}")
    meeting, statement = _both_locked(statement)
    require(rules.may_write(by, meeting) and rules.viewable_statements(by).filter(pk=statement.pk).exists())
    statement.advance(version)
    before = statement.text
    fields = _take(statement, changes)
    if not statement.text:
        raise DomainError(_("Nothing has been written yet."))
    if statement.item.meeting_id != meeting.pk:
        raise DomainError(_("This topic belongs to another meeting."))
    if "language" not in changes and statement.text != before:
        statement.language = guess(statement.text, meeting.languages)
    if not keep_findings:
        # What was looked at once and kept is not asked about again.
        _check_personal_data(meeting, statement, [name for name in ("text", "gist") if name in fields])
    if not fields:
        statement.version = version
        return statement
    if "women_specific" in fields:
        statement.women_decided = True
    if statement.confidential:
        statement.on_screen = False
    statement.seq = next_number(meeting)
    with as_system():  # whoever makes it confidential may not read it from then on
        statement.save()
    if {"text", "gist", "language"} & set(fields):
        make_findable([statement])
    if "confidential" in fields:
        _hide_or_show_tasks(meeting, statement)
    record(by, "statement.changed", statement, meeting, fields=fields)
    return statement


@transaction.atomic
def remove_statement(*, by: Agent, statement: Statement, version: int | None = None) -> Statement:
    """Take a statement out; it can be brought back until the meeting is closed. A second time changes nothing."""
    meeting, statement = _both_locked(statement)
    require(rules.may_write(by, meeting))
    if statement.removed_at:
        return statement
    require(rules.viewable_statements(by).filter(pk=statement.pk).exists())
    statement.advance(version)
    statement.removed_at = now()
    statement.seq = next_number(meeting)
    statement.save()
    record(by, "statement.removed", statement, meeting)
    return statement


@transaction.atomic
def restore_statement(*, by: Agent, statement: Statement) -> Statement:
    """Bring a removed statement back."""
    meeting, statement = _both_locked(statement)
    require(rules.may_write(by, meeting) and (not statement.confidential or rules.reads_confidential(by, meeting)))
    if statement.removed_at:
        statement.advance()
        statement.removed_at = None
        statement.seq = next_number(meeting)
        statement.save()
        record(by, "statement.restored", statement, meeting)
    return statement


@transaction.atomic
def note_presence(*, by: Agent, meeting: Meeting) -> None:
    """Note that a member of staff has the notes of this meeting open."""
    require(by.agent_kind == "staff" and rules.may_write(by, meeting))
    staff = Staff.objects.get(pk=str(by.agent_id))
    Writing.objects.update_or_create(meeting=meeting, staff=staff, defaults={"seen_at": now()})


@transaction.atomic
def turn_into_task(
    *,
    by: Agent,
    statement: Statement,
    title: str,
    owner: Staff | None = None,
    due: date | None = None,
    id: UUID | None = None,
) -> Task:
    """Make a statement a task of ours, once for each `id`; it stays where it was said, both pages lead to each other."""
    return _grow_task(by, statement, Kind.TASK, title=title, owner=owner, due=due, id=id)


@transaction.atomic
def turn_into_promise(
    *,
    by: Agent,
    statement: Statement,
    title: str,
    promised_by: Actor,
    owner: Staff | None = None,
    due: date | None = None,
    id: UUID | None = None,
) -> Task:
    """Make a statement a promise of somebody outside, once for each `id`; `owner` follows it up."""
    return _grow_task(by, statement, Kind.PROMISE, title=title, owner=owner, due=due, promised_by=promised_by, id=id)


@transaction.atomic
def note_result(*, by: Agent, statement: Statement, kind: Kind, result: Named) -> Statement:
    """Note that a record of a higher module grew from a statement, so that both lead to each other; twice is once."""
    meeting, statement = _both_locked(statement)
    require(rules.viewable_statements(by).filter(pk=statement.pk).exists())
    if results_of([statement.pk]).filter(result_id=result.pk).exists():
        return statement
    grow(statement, result)
    if statement.statement_kind == Kind.NOTE:
        statement.statement_kind = kind
    statement.advance()
    statement.seq = next_number(meeting)
    statement.save()
    record(by, f"statement.became_{result.kind.rpartition('.')[2]}", statement, meeting, result)
    return statement


def _grow_task(by: Agent, statement: Statement, kind: Kind, *, title: str, id: UUID | None, **parts: Any) -> Task:
    meeting, statement = _both_locked(statement)
    require(rules.viewable_statements(by).filter(pk=statement.pk).exists())
    if id and (known := _tasks_of(statement).filter(pk=id).first()):
        return known
    title = tidy(title)
    task = create_task(
        by=by, title=title, about=None if statement.confidential else meeting, id=id,
        language=guess(title, ["de", *meeting.languages]), **parts,
    )  # fmt: skip
    grow(statement, task)
    if statement.statement_kind == Kind.NOTE:
        statement.statement_kind = kind
    statement.advance()
    statement.seq = next_number(meeting)
    statement.save()
    # The task itself tells its neighbours, the meeting and who promised, that it was made.
    record(by, f"statement.became_{kind.value}", statement, task)
    return task


def _tasks_of(statement: Statement) -> QuerySet[Task]:
    label = Task._meta.label_lower
    return Task.objects.filter(pk__in=results_of([statement.pk]).filter(result_kind=label).values("result_id"))


def _hide_or_show_tasks(meeting: Meeting, statement: Statement) -> None:
    """Let what grew from something said in confidence be no task of the meeting, which more people see."""
    shown = ("", None) if statement.confidential else (meeting.kind, meeting.pk)
    _tasks_of(statement).update(about_kind=shown[0], about_id=shown[1])


def _both_locked(statement: Statement) -> tuple[Meeting, Statement]:
    """Lock meeting, then statement, always in this order."""
    meeting = locked(Meeting(pk=statement.meeting_id))
    found = Statement.objects.select_for_update(of=("self",)).select_related("item").get(pk=statement.pk)
    found.meeting = meeting
    return meeting, found


def _take(statement: Statement, changes: dict[str, Any]) -> list[str]:
    fields = []
    for name, value in changes.items():
        if name in ("text", "gist"):
            value = tidy(value, lines=True)
        elif name == "statement_kind":
            value = _kind(value)
        if getattr(statement, name) != value:
            setattr(statement, name, value)
            fields.append(name)
    return fields


def _kind(kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError:
        raise DomainError(_("There is no such kind of statement.")) from None


def noted(at: datetime | None) -> datetime:
    """Take the device's time, which may be hours old after a lost connection, but never one to come."""
    present = now()
    if at is None or (at - present).total_seconds() > CLOCKS_DIFFER:
        return present
    return min(at, present)


def _speaker(statement: Statement) -> list[Actor]:
    return [statement.said_by] if statement.said_by else []


def _check_personal_data(meeting: Meeting, statement: Statement, fields: Iterable[str] = ("text", "gist")) -> None:
    names = [
        name
        for pair in meeting.invitations.exclude(actor=None).values_list("actor__name", "actor__handle")
        for name in pair
        if name
    ]
    for field in fields:
        if found := find_personal_data(getattr(statement, field), names=names):
            raise PersonalDataFound(found, field=field)
