"""Minutes out for correction: what participants propose beside what stands there, revisions, the last day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import DomainError, Stale
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.meetings import reviewing, rules
from treffpunkt.meetings.models import Correction, Meeting, Minutes
from treffpunkt.meetings.services.corrections import leave, take_over
from treffpunkt.meetings.services.minutes import move_last_day, revise_minutes
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.forms.review import DecideForm, LastDayForm
from treffpunkt.web.meetings.notes import marked
from treffpunkt.web.meetings.views.common import may_edit_or_403, seen
from treffpunkt.web.stale import take_version


@dataclass
class Proposal:
    """A proposal with the form by which it is decided, where that is still open."""

    correction: Correction
    form: DecideForm | None
    findings: Any = ""
    theirs: Any = None


def corrections(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show what is proposed, which revision is out and what changed since."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    return _page(request, meeting)


@require_POST
def take(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a proposal over as the host words it."""
    correction = _seen(request, pk)
    proposal = Proposal(correction, DecideForm(request.POST, correction=correction))
    form = proposal.form
    assert form is not None
    if form.is_valid():
        try:
            take_over(by=request.user, correction=correction, keep_findings="keep" in request.POST, **form.cleaned_data)
        except PersonalDataFound as error:
            proposal.findings = marked(form.cleaned_data[getattr(error, "field", "") or "text"], error.findings)
            form.add_error(None, _("This may tell who somebody is. Please take it out, or keep it knowingly."))
        except Stale as error:
            proposal.theirs = error.current
            take_version(form, getattr(error.current, "version", ""))
            form.add_error(None, str(error.message))
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Taken over. It stands in the next revision."))
            return redirect("web:meetings:corrections", pk=correction.meeting_id)
    return _page(request, correction.meeting, proposal)


@require_POST
def leave_it(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Leave the statement as it is, with a word."""
    correction = _seen(request, pk)
    _do(request, _("Left as it was."), leave, correction=correction, word=request.POST.get("word", ""))
    return redirect("web:meetings:corrections", pk=correction.meeting_id)


@require_POST
def revise(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show what was changed as the next revision."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    try:
        written = revise_minutes(by=request.user, meeting=meeting)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        done = _("The next revision is out. The links lead to it.") if written else _("Nothing has changed since.")
        messages.success(request, done)
    return redirect("web:meetings:corrections", pk=pk)


@require_POST
def last_day(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Choose another last day for corrections."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    form = LastDayForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, day_form=form)
    _do(request, _("Saved."), move_last_day, meeting=meeting, until=form.cleaned_data["until"])
    return redirect("web:meetings:corrections", pk=pk)


def _page(
    request: StaffRequest, meeting: Meeting, decided: Proposal | None = None, day_form: LastDayForm | None = None
) -> HttpResponse:
    reviewed = meeting.state == Meeting.State.REVIEWING
    rows = reviewing.proposals(request.user, meeting)
    last = reviewing.last_revision(meeting) if reviewed else None
    # What somebody else decided meanwhile stays open before whoever was at it: both texts are shown.
    tried = decided.correction.pk if decided else None
    waiting = [one for one in rows if one.state == Correction.State.WAITING or one.pk == tried]
    context = {
        "meeting": meeting,
        "is_reviewed": reviewed,
        "is_open": rules.is_open_to_corrections(meeting),
        "waiting": [_proposal(one, decided) for one in waiting] if reviewed else [],
        "decided": [one for one in rows if one.state != Correction.State.WAITING],
        "revision": last,
        "is_behind": reviewed and reviewing.is_behind(meeting, last),
        "taken": sum(_is_new(one, last) for one in rows) if last else 0,
        "day_form": day_form or LastDayForm(initial={"until": meeting.corrections_until}),
    }
    status = 422 if decided or day_form else None
    return page(request, "web/meetings/corrections.html", context, status=status)


def _proposal(correction: Correction, decided: Proposal | None) -> Proposal:
    if decided and decided.correction.pk == correction.pk:
        decided.correction = correction
        return decided
    return Proposal(correction, DecideForm(correction=correction))


def _is_new(correction: Correction, last: Minutes) -> bool:
    """Say whether a proposal was taken over since the last revision."""
    since, taken = last.sent_at, correction.state == Correction.State.TAKEN
    return bool(taken and since and correction.decided_at and correction.decided_at > since)


def _seen(request: StaffRequest, pk: UUID) -> Correction:
    rows = rules.viewable_corrections(request.user).select_related("meeting", "statement")
    return get_object_or_404(rows, pk=pk)


def _do(request: StaffRequest, done: str, service: Any, **values: Any) -> None:
    try:
        service(by=request.user, **values)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, done)
