"""The report on an event for the funder, as DOCX and PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from treffpunkt.agreements.queries import grown_from_meeting
from treffpunkt.meetings import rules
from treffpunkt.meetings.report import LANGUAGES, facts, report
from treffpunkt.meetings.reporting import as_docx, as_pdf
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.views.common import may_edit_or_403, seen

KINDS = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx),
    "pdf": ("application/pdf", as_pdf),
}


@require_safe
def shown(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show what the report says, and offer it in each language and form."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    context = {
        "meeting": meeting,
        "is_over": meeting.state in rules.AFTERWARDS,
        "languages": LANGUAGES,
        "forms": list(KINDS),
    }
    if context["is_over"]:
        language = "en" if request.LANGUAGE_CODE.startswith("en") else "de"
        found = facts(meeting, agreements=len(grown_from_meeting(request.user, pk)))
        context["report"] = report(meeting, found, language)
    return page(request, "web/meetings/report.html", context)


@require_safe
def document(request: StaffRequest, pk: UUID, language: str, form: str) -> HttpResponse:
    """Hand out the report in a language, as DOCX or PDF."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    if language not in LANGUAGES or form not in KINDS or meeting.state not in rules.AFTERWARDS:
        raise Http404
    kind, written = KINDS[form]
    found = facts(meeting, agreements=len(grown_from_meeting(request.user, pk)))
    response = HttpResponse(written(report(meeting, found, language)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{meeting.day:%Y-%m-%d}-{language}.{form}"'
    return response
