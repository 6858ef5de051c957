"""Meetings planned from a file of another calendar."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treffpunkt.core.errors import DomainError
from treffpunkt.meetings import rules
from treffpunkt.meetings.calendar_files.reading import Event, Read, read_file
from treffpunkt.meetings.calendar_files.zones import known_zone
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.services.calendar_files import MOST, Planned, plan_from_file
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.forms.calendar_files import CalendarFileForm, ChooseForm, packed
from treffpunkt.web.meetings.forms.planning import MeetingForm
from treffpunkt.web.meetings.views.planning import first_values, form_context


def from_file(request: StaffRequest) -> HttpResponse:
    """Take a calendar file: one meeting goes into the form for planning, of several one chooses."""
    _may_create_or_403(request)
    form = CalendarFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            read = read_file(form.cleaned_data["file"], zone=known_zone(request.user.time_zone) or "Europe/Berlin")
        except DomainError as error:
            form.add_error("file", str(error.message))
        else:
            return _understood(request, read)
    return page(request, "web/meetings/from_file.html", {"form": form})


def plan(request: StaffRequest) -> HttpResponse:
    """Prepare the dates that stay ticked."""
    _may_create_or_403(request)
    if request.method != "POST":
        return redirect("web:meetings:from_file")
    form = ChooseForm(request.POST, by=request.user)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = plan_from_file(
                by=request.user, dates=form.chosen(), community=data["community"], series=data["series"]
            )
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            text = ngettext("%(count)s meeting is prepared.", "%(count)s meetings are prepared.", len(made))
            messages.success(request, text % {"count": len(made)} if made else _("All of them are there already."))
            return redirect("web:meetings:detail", pk=made[0].pk) if len(made) == 1 else redirect("web:meetings:list")
    return page(request, "web/meetings/from_file_choose.html", {"form": form, "events": _events(form)})


def _understood(request: StaffRequest, read: Read) -> HttpResponse:
    known = _mark_known(request, read.events)
    if len(read.events) == 1 and len(read.events[0].dates) == 1:
        return _into_the_form(request, read)
    if left := sum(len(event.dates) for event in read.events) - MOST:
        _keep_first(read, left)
    form = ChooseForm(by=request.user, initial={"found": packed(read.events), "series": request.GET.get("series", "")})
    context = {
        "form": form,
        "events": _events(form),
        "notes": read.notes,
        "known": known,
    }
    return page(request, "web/meetings/from_file_choose.html", context)


def _keep_first(read: Read, too_many: int) -> None:
    """Offer no more dates than can be planned at once."""
    if too_many <= 0:
        return
    left = MOST
    for event in read.events:
        event.dates = event.dates[:left]
        left -= len(event.dates)
    read.notes.append(_("The file holds more dates; the first %(number)s stand here.") % {"number": MOST})


def _mark_known(request: StaffRequest, events: list[Event]) -> list[Meeting]:
    """Take out the dates that are planned already, and list those meetings that the reader sees."""
    keys = [one.key for event in events for one in event.dates]
    rows = Meeting.objects.filter(calendar_key__in=keys).values_list("calendar_key", flat=True)
    known = set(rows)
    for event in events:
        before = len(event.dates)
        event.dates = [one for one in event.dates if one.key not in known]
        if before and not event.dates:
            event.leave_out(_("It is planned already."))
        elif before != len(event.dates):
            event.notes.append(_("Some of its dates are planned already."))
    return list(rules.viewable(request.user).filter(calendar_key__in=keys).order_by("starts", "pk")) if known else []


def _into_the_form(request: StaffRequest, read: Read) -> HttpResponse:
    """Show the form for planning with what the file said."""
    (event,) = read.events
    (one,) = event.dates
    like = Planned(one.key, event.name, one.day, one.at, event.zone, event.minutes_long, event.venue, event.room)  # type: ignore[arg-type]
    first = first_values(request, None) | {
        "name": like.name, "day": like.day, "time": like.at, "zone": like.zone, "minutes_long": like.minutes_long,
        "venue": like.venue, "room": like.room, "form": like.form, "calendar_key": like.key,
    }  # fmt: skip
    form = MeetingForm(by=request.user, initial=first)
    context = form_context(form, None) | {
        "from_file": True, "notes": [*event.notes, *read.notes], "action": reverse("web:meetings:add")
    }  # fmt: skip
    return page(request, "web/meetings/form.html", context)


def _events(form: ChooseForm) -> list[dict[str, Any]]:
    """Part the dates by events, each with its field for the time where it needs one."""
    ticked = form["take"].value() if form.is_bound else None
    rows = [
        row | {
            "number": str(number), "ticked": ticked is None or str(number) in (ticked or ()),
            "field": form[f"at_{number}"] if f"at_{number}" in form.fields else None,
        }
        for number, row in enumerate(form.rows)
    ]  # fmt: skip
    groups = ((key, list(of)) for key, of in groupby(rows, key=lambda row: row["event"]))
    return [dates[0] | {"dates": dates} for _key, dates in groups]


def _may_create_or_403(request: StaffRequest) -> None:
    if not rules.may_create(request.user):
        raise PermissionDenied
