"""Planning a meeting, and its page."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from treffpunkt.agreements.queries import grown_from_meeting
from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, Stale
from treffpunkt.meetings import queries, reviewing, rules, telling
from treffpunkt.meetings.models import DatePoll, Invitation, Meeting
from treffpunkt.meetings.needs import needed
from treffpunkt.meetings.reusing import guests_again, open_promises
from treffpunkt.meetings.services.meetings import (
    cancel_meeting,
    change_meeting,
    create_meeting,
    postpone_meeting,
)
from treffpunkt.meetings.services.reusing import carry_over
from treffpunkt.network.rules import communities_of
from treffpunkt.people.models import Staff
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.queries import tasks
from treffpunkt.ui.pages import StaffRequest, one_or_404, page, wanted_part
from treffpunkt.web.journal import thread
from treffpunkt.web.meetings.delivery import delivery
from treffpunkt.web.meetings.forms.planning import MeetingForm, texts_of
from treffpunkt.web.meetings.forms.postponed import asked_of
from treffpunkt.web.meetings.forms.timetable import CarryForm
from treffpunkt.web.meetings.funnel import funnel, of_stage
from treffpunkt.web.meetings.guests import groups, is_noted
from treffpunkt.web.meetings.replies import replies
from treffpunkt.web.meetings.results import results
from treffpunkt.web.meetings.steps import answers, next_step, seats_taken, steps
from treffpunkt.web.meetings.views.common import may_edit_or_403, seen
from treffpunkt.web.meetings.views.waves import going_by_themselves, in_short, tell_of_lost_days, waves_in_short
from treffpunkt.web.stale import conflicting, take_version

_OF_A_RESULT = ("title", "language", "state", "due", "promised_by_id", "owner__name")


def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show a meeting: where it stands, what comes next, who answered what, and what came of it."""
    if wanted_part(request) == "thread":
        return page(request, "web/meetings/detail.html", {"thread": thread(request, seen(request, pk).pk)})
    if wanted_part(request) == "delivery":
        meeting = seen(request, pk)
        return page(request, "web/meetings/detail.html", {"meeting": meeting} | _delivery(meeting))
    # Its communities are in nobody's way here, and cost a query.
    meeting = one_or_404(_seen_whole, request.user, pk)
    invitations = queries.guest_list(meeting)
    may_edit = rules.may_edit(request.user, meeting)
    hosts = prepared.rows(_hosts, pk)
    needs = needed(request.user, meeting, hosts)
    chosen = request.GET.get("guests", "")
    stages = funnel(invitations, chosen)
    context = {
        "meeting": meeting,
        "may_edit": may_edit,
        "step": next_step(meeting, invitations, now(), _proposed_corrections(meeting)) if may_edit else None,
        "steps": steps(meeting),
        "answers": answers(invitations),
        "groups": groups(request, meeting, of_stage(invitations, chosen), needs.by_guest),
        "funnel": stages,
        "shown": next((stage for stage in stages if stage.chosen), None),
        "seats_taken": seats_taken(invitations),
        "needed": needs,
        "companions": sum(row.companions for row in invitations if row.state == Invitation.State.ACCEPTED),
        "by_attendance": is_noted(invitations),
        "invitations": invitations,
        "replies": replies(meeting, invitations) if may_edit else [],
        "hosts": hosts,
        "agenda": queries.topics_of(meeting),
        "results": results(request, prepared.rows(_results, request.user, pk), grown_from_meeting(request.user, pk)),
        "thread": thread(request, meeting.pk) if "thread" in request.GET else None,
    }
    if meeting.state in (Meeting.State.DRAFT, Meeting.State.INVITING):
        context["waves"] = waves_in_short(meeting)
    if meeting.state == Meeting.State.CLOSED:
        context |= _delivery(meeting)
    return page(request, "web/meetings/detail.html", context)


def _proposed_corrections(meeting: Meeting) -> int:
    return reviewing.waiting(meeting) if meeting.state == Meeting.State.REVIEWING else 0


def _seen_whole(by: Agent, pk: UUID) -> QuerySet[Meeting]:
    looked_for = DatePoll.objects.filter(meeting=OuterRef("pk"), state__in=DatePoll.GOING_ON).values("state")
    return (
        rules.viewable(by)
        .filter(pk=pk)
        .select_related("series")
        .annotate(poll=Subquery(looked_for[:1]), wave_rows=in_short())
    )


def _hosts(pk: UUID) -> QuerySet[Staff]:
    hosting = Meeting.hosts.through.objects.filter(meeting=pk)
    return Staff.objects.filter(pk__in=hosting.values("staff")).only("name", "covered_by").order_by("name", "id")


def _results(by: Agent, pk: UUID) -> QuerySet[Task]:
    found = tasks(by).filter(about_id=pk).select_related(None).select_related("owner")
    return found.only(*_OF_A_RESULT).order_by("state", "due", "id")


def add(request: StaffRequest) -> HttpResponse:
    """Plan a meeting; a past one lends its agenda and people its settings."""
    if not rules.may_create(request.user):
        raise PermissionDenied
    past = _past(request)
    form = MeetingForm(request.POST or None, by=request.user, initial=first_values(request, past))
    carry = CarryForm(request.POST or None) if past else None
    if form.is_valid():
        try:
            meeting = create_meeting(
                by=request.user, agenda_from=past, id=form.cleaned_data["id"] or None,
                calendar_key=form.cleaned_data["calendar_key"], **form.changes(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            if past and carry and carry.is_valid():
                take = carry.cleaned_data
                carry_over(
                    by=request.user, meeting=meeting, past=past, guests=take["take_guests"],
                    promises=take["take_promises"],
                )  # fmt: skip
            messages.success(request, _("The meeting is planned, with its agenda. Next: invite."))
            return redirect("web:meetings:detail", pk=meeting.pk)
    taken = {"guests": guests_again(past).count(), "promises": open_promises(request.user, past)} if past else {}
    context = form_context(form, None) | {"past": past, "carry": carry, "taken": taken}
    return page(request, "web/meetings/form.html", context)


def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change a meeting; whoever is invited hears of a new time or place."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    first = _stored(meeting) | _proposed(request)
    form = MeetingForm(request.POST or None, by=request.user, of=meeting, initial=first)
    after_all = asked_of(meeting, request.POST or None)
    conflict: list[tuple[str, str]] = []
    if form.is_valid():
        changes = after_all.wanted(form.changes(), _stored(meeting)) if after_all else form.changes()
        version = form.cleaned_data["version"] or meeting.version
        waves = going_by_themselves(meeting)
        try:
            changed = change_meeting(by=request.user, meeting=meeting, version=version, **changes)
        except Stale as error:
            conflict = conflicting(form, _stored(meeting))
            form.add_error(None, str(error.message))
            take_version(form, meeting.version)
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Saved."))
            tell_of_lost_days(request, meeting, waves)
            return redirect(_after(request, meeting, changed), pk=meeting.pk)
    context = form_context(form, meeting) | {"conflict": conflict, "after_all": after_all}
    return page(request, "web/meetings/form.html", context)


def _after(request: StaffRequest, before: Meeting, changed: Meeting) -> str:
    """Name the page that comes after a change: whoever was not told of a postponed meeting is invited to its new day."""
    if before.state != Meeting.State.POSTPONED:
        return "web:meetings:detail"
    if changed.state == Meeting.State.POSTPONED:
        messages.info(request, _("The meeting is still postponed."))
        return "web:meetings:detail"
    untold = changed.invitations.filter(state=Invitation.State.PLANNED, wave=None)
    if changed.starts <= now() or not untold.exists():
        return "web:meetings:detail"
    messages.info(request, _("These guests have not heard of the meeting yet."))
    return "web:meetings:send"


def cancel(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask, say to how many it will be told, and cancel."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    if request.method == "POST":
        return _do(request, meeting, cancel_meeting, _("The meeting is cancelled."))
    return page(request, "web/meetings/cancel.html", {"meeting": meeting, "told": _told(meeting)})


def postpone(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask, say to how many it will be told, and take the day back."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    if request.method == "POST":
        done = _("The meeting is postponed. Once there is a new date, enter it under “Edit”.")
        return _do(request, meeting, postpone_meeting, done)
    return page(request, "web/meetings/postpone.html", {"meeting": meeting, "told": _told(meeting)})


def _delivery(meeting: Meeting) -> dict[str, Any]:
    return {"minutes": list(telling.minutes_of(meeting)), "delivery": delivery(meeting)}


def form_context(form: MeetingForm, meeting: Meeting | None) -> dict[str, Any]:
    """Give what the page of the form shows."""
    texts = {"title_fields": form.text_fields("title"), "greeting_fields": form.text_fields("greeting")}
    return {"form": form, "meeting": meeting} | texts


def _do(request: StaffRequest, meeting: Meeting, service: Any, done: str) -> HttpResponse:
    try:
        service(by=request.user, meeting=meeting)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, done)
    return redirect("web:meetings:detail", pk=meeting.pk)


def _told(meeting: Meeting) -> int:
    counts = queries.answer_counts(meeting)
    return sum(number for state, number in counts.items() if state not in ("planned", "declined"))


def _past(request: StaffRequest) -> Meeting | None:
    given = request.GET.get("from", "")
    try:
        return rules.viewable(request.user).filter(pk=UUID(given)).first() if given else None
    except ValueError:
        return None


def first_values(request: StaffRequest, past: Meeting | None) -> dict[str, Any]:
    """Give what a new meeting begins with: what is usual, or what a past one had."""
    if past is None:
        first = {"hosts": [request.user.pk], "zone": request.user.time_zone, "time": time(18)}
        communities = list(communities_of(request.user)[:2])
        if len(communities) == 1:
            first |= {"communities": [communities[0].pk], "languages": [communities[0].language_id, "de"]}
        if series := request.GET.get("series"):
            first["series"] = series
        return first
    weeks = max(4, (today() - past.day).days // 7 + 1)
    proposed = {"day": past.day + timedelta(weeks=weeks + (-weeks) % 4)}
    return {key: value for key, value in _stored(past).items() if key not in ("version", "day")} | proposed


def _proposed(request: StaffRequest) -> dict[str, Any]:
    """Read a time that somebody proposed; what is no time is left out."""
    try:
        return {
            "day": date.fromisoformat(request.GET.get("day", "")),
            "time": time.fromisoformat(request.GET.get("time", "")).replace(tzinfo=None),
        }
    except ValueError:
        return {}


def _stored(meeting: Meeting) -> dict[str, Any]:
    local = meeting.starts.astimezone(ZoneInfo(meeting.zone))
    names = (
        "version",
        "name",
        "languages",
        "minutes_long",
        "zone",
        "form",
        "room",
        "room_kind",
        "dial_in",
        "venue",
        "seats",
        "companions_welcome",
        "offer_hours",
    )
    return (
        {name: getattr(meeting, name) for name in names}
        | {
            "series": meeting.series_id,
            "day": local.date(),
            "time": local.time(),
            "communities": list(meeting.communities.values_list("pk", flat=True)),
            "hosts": list(meeting.hosts.values_list("pk", flat=True)),
        }
        | texts_of("title", meeting.title)
        | texts_of("greeting", meeting.greeting)
    )
