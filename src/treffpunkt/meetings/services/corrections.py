"""Corrections of the minutes: proposed behind a link, taken over or left by a host."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.personal import PersonalDataFound, find_personal_data
from treffpunkt.core.text import as_uuid, tidy
from treffpunkt.journal.services import record
from treffpunkt.meetings import reviewing, revisions, rules
from treffpunkt.meetings.languages import guess
from treffpunkt.meetings.models import AgendaItem, Correction, Meeting, Minutes, Statement
from treffpunkt.meetings.services.notes import change_statement, note_statement
from treffpunkt.meetings.services.numbering import locked

S = Correction.State
LONGEST, LONGEST_WORD = 1000, 500
# More at once nobody can look at.
MOST_OF_ONE, MOST_WAITING = 30, 200


@transaction.atomic
def propose_correction(
    *,
    by: LinkHolder,
    minutes: Minutes,
    id: UUID,
    text: str,
    number: int | None = None,
    topic: int | None = None,
    language: str = "",
    keep_findings: bool = False,
) -> Correction:
    """Propose how a statement of the minutes should read, or what is missing; it waits for a host. One `id` is one.

    `number` counts the statements of this revision, `topic` the topics of the agenda, both from 1. Raises
    PersonalDataFound where the text may tell who somebody is, unless its writer has looked at it.
    """
    meeting = locked(Meeting(pk=minutes.meeting_id))
    invitation = reviewing.invitation_of(by, minutes)
    require(invitation is not None and by.subject_kind == minutes.kind)
    if known := Correction.objects.filter(pk=id).first():
        require(known.meeting_id == meeting.pk)
        return known
    if not rules.is_open_to_corrections(meeting):
        raise DomainError(_("The time for corrections is over."))
    text = tidy(text, lines=True)[:LONGEST]
    if not text:
        raise DomainError(_("Nothing has been written yet."))
    waiting = meeting.corrections.filter(state=S.WAITING)
    if waiting.count() >= MOST_WAITING or waiting.filter(invitation=invitation).count() >= MOST_OF_ONE:
        raise DomainError(_("A great deal is waiting already. Please try again in a few days."))
    if not keep_findings and (found := find_personal_data(text)):
        raise PersonalDataFound(found)
    correction = Correction(
        id=id, meeting=meeting, invitation=invitation, text=text,
        statement=_statement(minutes, number) if number is not None else None,
        item=_item(meeting, topic) if number is None else None,
        language=guess(text, [tag for tag in (language, *meeting.languages) if tag]),
    )  # fmt: skip
    correction.save(force_insert=True)
    record(by, "correction.proposed", correction, meeting)
    return correction


@transaction.atomic
def take_over(
    *,
    by: Agent,
    correction: Correction,
    text: str,
    gist: str = "",
    version: int | None = None,
    word: str = "",
    keep_findings: bool = False,
) -> Statement:
    """Take a proposal over as the host words it: the statement reads so from the next revision on.

    Where something was missing a statement is noted. `version` is the statement's: taken over by somebody else in
    other words meanwhile, it is only changed by whoever has seen these. Raises Stale, PersonalDataFound.
    """
    meeting, correction = _both_locked(by, correction)
    if correction.state == S.TAKEN and correction.statement:
        return _taken_already(by, correction.statement, text=text, gist=gist, version=version or 0, keep=keep_findings)
    correction.move_to(S.TAKEN)
    statement = correction.statement
    if statement is None and correction.statement_id:
        raise DomainError(_("This statement is confidential by now."))
    if statement is None:
        item = correction.item or meeting.agenda.order_by("position").first()
        if item is None:
            raise DomainError(_("The meeting has no topics."))
        statement = note_statement(
            by=by, meeting=meeting, id=correction.pk, item=item, text=text, gist=gist, keep_findings=keep_findings
        )
    elif statement.removed_at:
        raise DomainError(_("This statement was taken back."))
    else:
        statement = change_statement(
            by=by, statement=statement, version=version or statement.version, text=text, gist=gist,
            keep_findings=keep_findings,
        )  # fmt: skip
    correction.statement = statement
    _decide(by, correction, word)
    return statement


def _taken_already(by: Agent, statement: Statement, *, text: str, gist: str, version: int, keep: bool) -> Statement:
    if (statement.text, statement.gist) == (text, gist):
        return statement
    return change_statement(by=by, statement=statement, version=version, text=text, gist=gist, keep_findings=keep)


@transaction.atomic
def leave(*, by: Agent, correction: Correction, word: str = "") -> Correction:
    """Leave the statement as it is, with a word to whoever proposed otherwise; left twice it is once."""
    _meeting, correction = _both_locked(by, correction)
    if correction.state != S.LEFT:
        correction.move_to(S.LEFT)
        _decide(by, correction, word)
    return correction


def _decide(by: Agent, correction: Correction, word: str) -> None:
    correction.word = tidy(word)[:LONGEST_WORD]
    correction.decided_by_id = by.agent_id if by.agent_kind == "staff" else None
    correction.decided_at = now()
    correction.save()
    record(by, f"correction.{correction.state}", correction, Meeting(pk=correction.meeting_id))


def _both_locked(by: Agent, correction: Correction) -> tuple[Meeting, Correction]:
    meeting = locked(Meeting(pk=correction.meeting_id))
    require(rules.may_close(by, meeting))
    if meeting.state != Meeting.State.REVIEWING:
        raise DomainError(_("The minutes are not out for correction."))
    rows = Correction.objects.select_for_update(of=("self",)).select_related("statement", "item")
    return meeting, rows.get(pk=correction.pk)


def _statement(minutes: Minutes, number: int) -> Statement:
    rows = revisions.statements(minutes.content)
    found = as_uuid(str(rows[number - 1].get("id", ""))) if 1 <= number <= len(rows) else None
    standing = Statement.objects.filter(meeting=minutes.meeting_id, removed_at=None, confidential=False)
    statement = standing.filter(pk=found).first() if found else None
    if statement is None:
        raise DomainError(_("This statement does not stand in the minutes any more."))
    return statement


def _item(meeting: Meeting, topic: int | None) -> AgendaItem | None:
    rows = list(meeting.agenda.order_by("position"))
    return rows[topic - 1] if topic is not None and 1 <= topic <= len(rows) else None
