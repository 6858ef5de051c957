"""After the meeting: summary, missing gists, and the minutes on their way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from treffpunkt.core.errors import DomainError
from treffpunkt.meetings import reviewing, telling
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.rules import local_day
from treffpunkt.meetings.services import news
from treffpunkt.meetings.services.minutes import CORRECTION_DAYS, close_meeting, pdf_of, preview_pdf, review_minutes
from treffpunkt.meetings.services.notes import change_statement
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.forms.closing import CloseForm
from treffpunkt.web.meetings.views.common import may_edit_or_403, seen

AFTER = (Meeting.State.HELD, Meeting.State.REVIEWING)


@dataclass
class Round:
    """The readers of one language: how many by mail, by chat, and out of reach."""

    language: str
    mails: int = 0
    chats: int = 0
    nobody: int = 0


def close(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask for summary and gists, say to whom the minutes go, and send them."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    if meeting.state not in AFTER:
        return redirect("web:meetings:detail", pk=pk)
    languages = telling.languages_of_minutes(meeting)
    until = local_day(meeting) + timedelta(days=CORRECTION_DAYS)
    stored = {"summary": meeting.summary, "until": until} | {
        f"summary_{tag}": text for tag, text in meeting.summaries.items()
    }
    missing = telling.missing_gists(meeting)
    form = CloseForm(request.POST or None, missing=missing, languages=languages, initial=stored)
    if form.is_valid() and _keep_gists(request, form):
        if not {"send", "review"} & request.POST.keys():
            messages.success(request, _("The gists are saved."))
            form = CloseForm(missing=missing.all(), languages=languages, initial=form.cleaned_data)
            return page(request, "web/meetings/close.html", _context(meeting, form, languages))
        try:
            done = _send(request, meeting, form)
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, done)
            return redirect("web:meetings:detail", pk=pk)
    return page(request, "web/meetings/close.html", _context(meeting, form, languages))


def _send(request: StaffRequest, meeting: Meeting, form: CloseForm) -> str:
    """Lock and send the minutes, or let them be corrected first; say what was done."""
    values: dict[str, Any] = {"summary": form.cleaned_data["summary"], "summaries": form.summaries()}
    if "send" in request.POST:
        close_meeting(by=request.user, meeting=meeting, **values)
        return _("The minutes are on their way.")
    review_minutes(by=request.user, meeting=meeting, until=form.cleaned_data["until"], **values)
    return _("The minutes are on their way, to be corrected.")


@require_safe
def pdf(request: StaffRequest, pk: UUID, language: str) -> HttpResponse:
    """Give the minutes in one language: the last revision, and before it is out as they would read now."""
    meeting = seen(request, pk)
    sent = telling.minutes_of(meeting).filter(language=language, final=True).select_related("meeting").first()
    if sent is None and language not in telling.languages_of_minutes(meeting):
        raise Http404
    content = pdf_of(sent) if sent else preview_pdf(meeting=meeting, language=language)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{meeting.starts:%Y-%m-%d}-{language}.pdf"'
    return response


def _context(meeting: Meeting, form: CloseForm, languages: list[str]) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "form": form,
        "rounds": _rounds(meeting, languages),
        "undecided": reviewing.waiting(meeting) if meeting.state == Meeting.State.REVIEWING else 0,
        "attended": meeting.invitations.filter(attendance="attended").count(),
    }


def _keep_gists(request: StaffRequest, form: CloseForm) -> bool:
    for statement, text in form.gists():
        try:
            change_statement(
                by=request.user, statement=statement, version=statement.version, gist=text,
                keep_findings="keep" in request.POST,
            )  # fmt: skip
        except DomainError as error:
            form.add_error(f"gist_{statement.pk}", str(error.message))
    return not form.errors


def _rounds(meeting: Meeting, languages: list[str]) -> list[Round]:
    rounds = {language: Round(language) for language in languages}
    rows = news.guests(meeting).filter(pk__in=telling.recipients(meeting).values("pk"))
    for row in rows:
        to = news.receiver(row)
        one = rounds.setdefault(row.language, Round(row.language))
        if to is None:
            one.nobody += 1
        elif to.mail:
            one.mails += 1
        else:
            one.chats += 1
    return list(rounds.values())
