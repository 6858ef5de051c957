"""Small groups: split, look who sits where, bring back together."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import as_uuid
from treffpunkt.meetings import queries, rules, running
from treffpunkt.meetings.models import Invitation, Meeting, SmallGroup
from treffpunkt.meetings.services.groups import close_groups, last_round, move_guest, set_takers, split
from treffpunkt.people.queries import active_staff
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.forms.groups import SplitForm
from treffpunkt.web.meetings.views.common import address_of_phones, seen_running


@require_http_methods(["GET", "POST"])
def groups(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Split those who are here into small groups, or show the groups that talk just now."""
    meeting = seen_running(request, pk)
    form = SplitForm(
        request.POST if "count" in request.POST else None,
        items=queries.agenda(meeting),
        here=meeting.here,
        language=get_language() or "de",
        initial={"item": meeting.current_item_id, "after": last_round(meeting)},
    )
    if request.method == "POST":
        try:
            done = _do(request, meeting, form)
        except DomainError as error:
            messages.error(request, str(error.message))
            done = True
        if done:
            return redirect("web:meetings:groups", pk=pk)
    present = running.groups(meeting)
    prefetch_related_objects(present, "takers")
    members = _members(meeting) if present else []
    context = {
        "meeting": meeting,
        "form": form,
        "groups": [
            (group, [row for row in members if row.small_group_id == group.pk], address_of_phones(group))
            for group in present
        ],
        "nowhere": [row for row in members if row.small_group_id is None],
        "staff": active_staff() if present else [],
        "may_write": rules.is_open_to_notes(meeting),
    }
    return page(request, "web/meetings/groups.html", context)


def _do(request: StaffRequest, meeting: Meeting, form: SplitForm) -> bool:
    """Do what was asked; gives whether it was anything."""
    if "together" in request.POST:
        count = close_groups(by=request.user, meeting=meeting)
        if count:
            said = ngettext("%(count)s group is back.", "%(count)s groups are back.", count)
            messages.success(request, said % {"count": count})
        return True
    if guest := as_uuid(request.POST.get("guest", "")):
        rows = rules.viewable_invitations(request.user).filter(meeting=meeting)
        to = as_uuid(request.POST.get("group", ""))
        group = get_object_or_404(meeting.small_groups, pk=to) if to else None
        move_guest(by=request.user, invitation=get_object_or_404(rows, pk=guest), group=group)
        return True
    if which := as_uuid(request.POST.get("takers_of", "")):
        group = get_object_or_404(SmallGroup, pk=which, meeting=meeting)
        chosen = [pk for text in request.POST.getlist("takers") if (pk := as_uuid(text))]
        set_takers(by=request.user, group=group, staff=active_staff().filter(pk__in=chosen))
        messages.success(request, _("Saved."))
        return True
    if form.is_valid():
        split(by=request.user, meeting=meeting, **form.cleaned_data)
        return True
    return False


def _members(meeting: Meeting) -> list[Invitation]:
    here = meeting.invitations.filter(attendance=Invitation.Attendance.ATTENDED).exclude(actor=None)
    return list(here.select_related("actor").order_by("id"))
