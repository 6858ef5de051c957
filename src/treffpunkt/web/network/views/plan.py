"""Whom to talk to next: for any filter, as of now; the list to print; inviting those who are chosen."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError
from treffpunkt.meetings import queries as meetings
from treffpunkt.meetings import rules as meeting_rules
from treffpunkt.meetings.services.invitations import Planned, plan_invitations
from treffpunkt.network import rules
from treffpunkt.network.models import Space
from treffpunkt.network.services.reaching import receiver_of, with_ways
from treffpunkt.network.talks import MOST, Plan, plan_of
from treffpunkt.ui.curves import curve
from treffpunkt.ui.lists import listing
from treffpunkt.ui.pages import StaffRequest, own_address, page
from treffpunkt.ui.templatetags.ui import num, percent
from treffpunkt.web.meetings.views.inviting import REASONS
from treffpunkt.web.network import plans
from treffpunkt.web.network.lists import SPACE_SORTS
from treffpunkt.web.network.plans import PlanFilters, PrintFilters
from treffpunkt.web.rows import address_of, written


def plan(request: StaffRequest) -> HttpResponse:
    """Show who is next, given what happened so far, for what the filters ask for."""
    by = request.user
    filters = PlanFilters(request.GET, by=by)
    found = plan_of(by, filters.narrow, filters.number)
    may_add = rules.may_create(by)
    coming: list[Any] = list(meetings.open_to_guests(by)) if may_add else []
    listed = {pk: meeting.name for meeting in coming for pk in meeting.listed}
    rows = plans.step_rows(found, _names(filters), listed)
    return page(
        request,
        "web/network/plan.html",
        _shown(request, filters, found)
        | {
            "rows": written(
                request, "web/network/_plan_row.html", plans.ROW_FIELDS, rows, may_add=may_add, may_choose=may_add
            ),
            "curve": curve([step.reach_so_far for step in found.steps], found.members),
            "meetings": coming,
            "may_add": may_add,
        },
    )


def print_plan(request: StaffRequest) -> HttpResponse:
    """Show the plan as a list to print, made with a chance of a yes since it cannot be made anew after each answer."""
    by = request.user
    filters = PrintFilters(request.GET, by=by)
    found = plan_of(by, filters.narrow, filters.number, filters.share, along=with_ways)
    rows = plans.step_rows(found, _names(filters))
    for row, step in zip(rows, found.steps, strict=True):
        row["handle"] = step.actor.handle if step.actor.name else ""
        row["way"] = receiver_of(step.actor)
        row["expected"] = num(plans.rounded(step.reach_added))
    return page(
        request,
        "web/network/print_plan.html",
        _shown(request, filters, found)
        | {
            "rows": rows,
            "curve": curve(
                [step.reach_so_far for step in found.steps],
                found.members,
                second=[step.at_most for step in found.steps],
            ),
            "chance": percent(filters.share),
            "expected": percent(found.reach / found.members) if found.members else "",
            "at_most": found.steps[-1].at_most if found.steps else 0,
            "printed_at": now(),
        },
    )


@require_POST
def invite_chosen(request: StaffRequest) -> HttpResponse:
    """Put the chosen people on the guest list of a meeting; nobody is told before that list is sent."""
    by = request.user
    back = own_address(request.POST.get("next", "")) or address_of("web:network:actor").split("%s")[0] + "next/"
    people = _uuids(request.POST.getlist("actor")[:MOST])
    if not people:
        messages.error(request, _("Nobody is chosen. Tick the people first."))
        return redirect(back)
    wanted = _uuids([request.POST.get("meeting", "")])
    if not wanted:
        messages.error(request, _("Please choose a meeting."))
        return redirect(back)
    meeting = get_object_or_404(meeting_rules.viewable(by), pk=wanted[0])
    try:
        planned = plan_invitations(by=by, meeting=meeting, actor_ids=people)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect(back)
    _tell(request, planned)
    return redirect("web:meetings:send", pk=meeting.pk)


def _shown(request: StaffRequest, filters: PlanFilters, found: Plan) -> dict[str, Any]:
    listed = listing(request, Space.objects.none(), filters=filters, sorts=SPACE_SORTS)
    return {
        "list": listed,
        "plan": found,
        "reached": plans.reached(found),
        "table": list(plans.table(found)),
        "query": listed.query,
    }


def _names(filters: PlanFilters) -> dict[UUID, str]:
    """Name the communities as the filters offer them: they are read once a page."""
    return {UUID(key): name for key, name in filters.fields["community"].choices if key}  # type: ignore[attr-defined]


def _tell(request: StaffRequest, planned: Planned) -> None:
    number = len(planned.invitations)
    if number:
        text = ngettext(
            "%(number)s person is on the guest list now.", "%(number)s people are on the guest list now.", number
        )
        messages.success(request, text % {"number": number})
    if planned.skipped:
        reasons = dict.fromkeys(str(REASONS[reason]) for reason in planned.skipped.values())
        messages.warning(request, _("Not on the list: %(reasons)s.") % {"reasons": ", ".join(reasons)})


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found
