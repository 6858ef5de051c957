"""Minutes: looked at, closed, sent in every language spoken."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core import files
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.jobs import defer
from treffpunkt.core.subject import as_system
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.meetings import pdf, queries, rules, wording
from treffpunkt.meetings.models import Meeting, Minutes
from treffpunkt.meetings.services import news
from treffpunkt.meetings.services.phones import forget_contributions
from treffpunkt.post.services import Draft, send_many

REVISION = 1
LINK_DAYS = 180


@transaction.atomic
def review_minutes(*, by: Agent, meeting: Meeting) -> Meeting:
    """Put the minutes of a meeting that was held up for review."""
    meeting = _locked(meeting)
    require(rules.may_close(by, meeting))
    meeting.move_to(Meeting.State.REVIEWING)
    meeting.advance()
    meeting.save()
    record(by, "meeting.reviewing", meeting)
    return meeting


@transaction.atomic
def close_meeting(*, by: Agent, meeting: Meeting, summary: str, summaries: Mapping[str, str] | None = None) -> Meeting:
    """Close the meeting, keep its summary (German, others by language) and send the minutes; closed twice it is once.

    What was removed from the notes is gone for good from now on.
    """
    meeting = _locked(meeting)
    require(rules.may_close(by, meeting))
    if meeting.state == Meeting.State.CLOSED:
        return meeting
    meeting.move_to(Meeting.State.CLOSED)
    meeting.summary = tidy(summary, lines=True)
    meeting.summaries = {tag: text for tag, words in (summaries or {}).items() if (text := tidy(words, lines=True))}
    meeting.advance()
    meeting.save()
    with as_system():  # confidential ones as well, which not everybody who closes may read
        meeting.statements.exclude(removed_at=None).update(text="…", gist="", said_by=None)
        meeting.statements.exclude(shown_name="").update(shown_name="")
    forget_contributions(meeting)
    record(by, "meeting.closed", meeting, *meeting.communities.all())
    defer("meetings.send_minutes", meeting_id=str(meeting.pk))
    return meeting


@transaction.atomic
def send_minutes(*, by: Agent, meeting: Meeting) -> list[Minutes]:
    """Write the minutes in every language spoken, as page and PDF, and send each guest the link to theirs.

    Run twice, it writes and sends what is missing and nothing else.
    """
    meeting = _locked(meeting)
    require(rules.may_close(by, meeting))
    if meeting.state != Meeting.State.CLOSED:
        raise DomainError(_("The minutes go out when the meeting is closed."))
    known = {row.language: row for row in meeting.minutes.filter(revision=REVISION)}
    wanted = queries.languages_of_minutes(meeting)
    fresh = [_write(meeting, language) for language in wanted if language not in known]
    Minutes.objects.bulk_create(fresh)
    rows = known | {row.language: row for row in fresh}
    guests = news.guests(meeting).filter(pk__in=queries.recipients(meeting).values("pk"))
    host = meeting.hosts.first()
    letters: list[Draft] = []
    for invitation in guests:
        to = news.receiver(invitation)
        minutes = rows[invitation.language]
        if to is not None:
            letters.append(
                Draft(
                    template="meetings/messages/minutes",
                    to=to,
                    language=invitation.language,
                    occasion=f"minutes:{invitation.pk}:{REVISION}",
                    context={
                        "when": wording.when(meeting, invitation.language), "host": host.name if host else "",
                    },
                    link={
                        "purpose": "minutes", "subject_kind": minutes.kind, "subject_id": str(minutes.pk),
                        "days": LINK_DAYS,
                    },
                    about=invitation,
                )
            )  # fmt: skip
    sent = send_many(letters)
    if fresh or sent:
        record(by, "minutes.sent", meeting, *meeting.communities.all())
    return [rows[language] for language in wanted]


def preview_pdf(*, meeting: Meeting, language: str) -> bytes:
    """Give the minutes as they would look now, in one language."""
    return pdf.minutes(queries.content(meeting, language), day=meeting.day)


def pdf_of(minutes: Minutes) -> bytes:
    """Read the PDF of minutes that went out; where its file is gone it is written anew from what was sent."""
    try:
        return files.load(minutes.pdf)
    except FileNotFoundError:
        return pdf.minutes(minutes.content, day=minutes.meeting.day)


def _write(meeting: Meeting, language: str) -> Minutes:
    content = queries.content(meeting, language)
    return Minutes(
        meeting=meeting,
        language=language,
        revision=REVISION,
        content=content,
        pdf=files.store(pdf.minutes(content, day=meeting.day)),
        sent_at=now(),
    )


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
