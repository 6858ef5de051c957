"""Minutes: out for correction until a day, then locked, sent in every language spoken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core import files
from treffpunkt.core.agent import SYSTEM, Agent
from treffpunkt.core.dates import spoken_day
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.jobs import defer
from treffpunkt.core.subject import as_system
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.meetings import pdf, reviewing, rules, telling, wording
from treffpunkt.meetings.models import Correction, Meeting, Minutes
from treffpunkt.meetings.services import news
from treffpunkt.meetings.services.phones import forget_contributions
from treffpunkt.meetings.services.revising import final_revision, next_revision
from treffpunkt.post.services import Draft, send_many

LINK_DAYS = 180
# For how long minutes may be corrected: proposed, and at most.
CORRECTION_DAYS, MOST_DAYS = 10, 90


@transaction.atomic
def review_minutes(
    *,
    by: Agent,
    meeting: Meeting,
    until: date | None = None,
    summary: str | None = None,
    summaries: Mapping[str, str] | None = None,
) -> Meeting:
    """Let those who came correct the minutes until a day (that day included); each gets the link. Twice is once."""
    meeting = _locked(meeting)
    require(rules.may_close(by, meeting))
    if meeting.state == Meeting.State.REVIEWING:
        return meeting
    meeting.move_to(Meeting.State.REVIEWING)
    meeting.corrections_until = _checked(meeting, until)
    _summarise(meeting, summary, summaries)
    meeting.advance()
    meeting.save()
    record(by, "meeting.reviewing", meeting, *meeting.communities.all())
    defer("meetings.send_review", meeting_id=str(meeting.pk))
    return meeting


@transaction.atomic
def move_last_day(*, by: Agent, meeting: Meeting, until: date) -> Meeting:
    """Choose another last day for corrections, sooner or later."""
    meeting = _reviewed(by, meeting)
    if meeting.corrections_until != until:
        meeting.corrections_until = _checked(meeting, until)
        meeting.advance()
        meeting.save()
        record(by, "meeting.changed", meeting, fields=["corrections_until"])
    return meeting


@transaction.atomic
def revise_minutes(*, by: Agent, meeting: Meeting) -> list[Minutes]:
    """Show what was changed since as the next revision, with marks; where nothing was there is none.

    Nobody is written to: the links lead to the newest.
    """
    meeting = _reviewed(by, meeting)
    fresh = next_revision(meeting)
    if fresh:
        record(by, "minutes.revised", meeting)
    return fresh


@transaction.atomic
def close_meeting(
    *, by: Agent, meeting: Meeting, summary: str | None = None, summaries: Mapping[str, str] | None = None
) -> Meeting:
    """Lock the minutes with their summary (German, others by language) and send them; closed twice it is once.

    Nothing of them changes from now on. What was removed from the notes is gone for good, what participants proposed
    and nobody took over stays as it was.
    """
    meeting = _locked(meeting)
    require(rules.may_close(by, meeting))
    if meeting.state == Meeting.State.CLOSED:
        return meeting
    meeting.move_to(Meeting.State.CLOSED)
    _summarise(meeting, summary, summaries)
    with as_system():  # confidential ones as well, which not everybody who closes may read
        meeting.statements.exclude(removed_at=None).update(text="…", gist="", said_by=None)
        meeting.statements.exclude(shown_name="").update(shown_name="")
    meeting.advance()
    meeting.save()
    forget_contributions(meeting)
    meeting.corrections.filter(state=Correction.State.WAITING).update(state=Correction.State.LEFT)
    record(by, "meeting.closed", meeting, *meeting.communities.all())
    defer("meetings.send_minutes", meeting_id=str(meeting.pk))
    return meeting


def lock_due() -> int:
    """Lock the minutes whose last day for corrections is over; where a proposal waits, a host decides first."""
    due = [meeting for meeting in reviewing.perhaps_over() if not rules.is_open_to_corrections(meeting)]
    for meeting in due:
        close_meeting(by=SYSTEM, meeting=meeting)
    return len(due)


@transaction.atomic
def send_review(*, by: Agent, meeting: Meeting) -> list[Minutes]:
    """Write the first revision and send everybody who came the link to it; run twice, it writes and sends once."""
    meeting = _reviewed(by, meeting)
    rows = {row.language: row for row in next_revision(meeting)} or reviewing.newest(meeting)
    until = meeting.corrections_until

    def told(language: str) -> dict[str, str]:
        return {"until": spoken_day(until, language) if until else ""}

    _send(meeting, rows, template="meetings/messages/minutes_review", occasion=f"until:{until}", told=told)
    return list(rows.values())


@transaction.atomic
def send_minutes(*, by: Agent, meeting: Meeting) -> list[Minutes]:
    """Write the last revision in every language spoken, as page and PDF, and send each guest the link to theirs.

    Run twice, it writes and sends what is missing and nothing else.
    """
    meeting = _locked(meeting)
    require(rules.may_close(by, meeting))
    if meeting.state != Meeting.State.CLOSED:
        raise DomainError(_("The minutes go out when the meeting is closed."))
    rows, fresh = final_revision(meeting)
    corrected = meeting.corrections_until is not None
    sent = _send(
        meeting, rows, template="meetings/messages/minutes", occasion="1", told=lambda _language: {"corrected": corrected}
    )  # fmt: skip
    if fresh or sent:
        record(by, "minutes.sent", meeting, *meeting.communities.all())
    return list(rows.values())


def preview_pdf(*, meeting: Meeting, language: str) -> bytes:
    """Give the minutes as they would look now, in one language."""
    return pdf.minutes(telling.content(meeting, language), day=meeting.day)


def pdf_of(minutes: Minutes) -> bytes:
    """Read the PDF of minutes that went out; where its file is gone it is written anew from what was sent."""
    try:
        return files.load(minutes.pdf)
    except FileNotFoundError:
        return pdf.minutes(minutes.content, day=minutes.meeting.day)


def _send(
    meeting: Meeting,
    rows: Mapping[str, Minutes],
    *,
    template: str,
    occasion: str,
    told: Callable[[str], Mapping[str, object]],
) -> bool:
    """Write to everybody who gets the minutes, each the link to those in her language; say whether any went out."""
    guests = news.guests(meeting).filter(pk__in=telling.recipients(meeting).values("pk"))
    host = meeting.hosts.first()
    letters: list[Draft] = []
    for invitation in guests:
        to = news.receiver(invitation)
        if to is not None:
            minutes = rows[invitation.language]
            context: dict[str, object] = {
                "when": wording.when(meeting, invitation.language),
                "host": host.name if host else "",
            }
            link: dict[str, str | int] = {
                "purpose": "minutes", "subject_kind": minutes.kind, "subject_id": str(minutes.pk), "days": LINK_DAYS
            }  # fmt: skip
            letters.append(
                Draft(
                    template=template, to=to, language=invitation.language,
                    occasion=f"minutes:{invitation.pk}:{occasion}", context=context | dict(told(invitation.language)),
                    link=link, about=invitation,
                )
            )  # fmt: skip
    return bool(send_many(letters))


def _summarise(meeting: Meeting, summary: str | None, summaries: Mapping[str, str] | None) -> None:
    if summary is not None:
        meeting.summary = tidy(summary, lines=True)
        given = summaries or {}
        meeting.summaries = {tag: text for tag, words in given.items() if (text := tidy(words, lines=True))}


def _checked(meeting: Meeting, until: date | None) -> date:
    present = rules.local_day(meeting)
    last = until or present + timedelta(days=CORRECTION_DAYS)
    if not present <= last <= present + timedelta(days=MOST_DAYS):
        raise DomainError(_("Please choose a day from today on, at most %(days)s days ahead.") % {"days": MOST_DAYS})
    return last


def _reviewed(by: Agent, meeting: Meeting) -> Meeting:
    meeting = _locked(meeting)
    require(rules.may_close(by, meeting))
    if meeting.state != Meeting.State.REVIEWING:
        raise DomainError(_("The minutes are not out for correction."))
    return meeting


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
