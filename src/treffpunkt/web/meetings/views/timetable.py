"""A season's timetable: by a rule, looked at as a list, prepared in one go."""

from __future__ import annotations

from datetime import date, time
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Meeting, Series
from treffpunkt.meetings.services.timetable import plan_season, season_days
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.forms.timetable import TimetableForm


def timetable(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask for the rule, show the days, and prepare the meetings of those that stay ticked."""
    series = get_object_or_404(rules.viewable_series(request.user), pk=pk)
    if not rules.may_edit_series(request.user, series):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else request.GET if "at" in request.GET else None
    form = TimetableForm(given, by=request.user, series=series, initial=_first(series))
    rows = _rows(series, form, given.getlist("day") if given and "day" in given else None) if form.is_valid() else []
    if request.method == "POST" and form.is_valid():
        ticked = set(request.POST.getlist("day"))
        try:
            made = plan_season(
                by=request.user, series=series, days=[row["day"] for row in rows if str(row["day"]) in ticked],
                turns={row["day"]: row["group"] for row in rows if row["group"]},
                **{name: form.cleaned_data[name] for name in ("at", "minutes_long", "communities", "like")},
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            text = ngettext("%(count)s meeting is prepared.", "%(count)s meetings are prepared.", len(made))
            messages.success(request, text % {"count": len(made)} if made else _("All of them are there already."))
            return redirect("web:meetings:one_series", pk=pk)
    return page(request, "web/meetings/timetable.html", {"series": series, "form": form, "rows": rows})


def by_month(meetings: Any) -> list[tuple[date, list[Meeting]]]:
    """Part the meetings of a series by months, in the reader's zone."""
    months = groupby(meetings, key=lambda meeting: localtime(meeting.starts).date().replace(day=1))
    return [(month, list(rows)) for month, rows in months]


def _first(series: Series) -> dict[str, Any]:
    """Begin as the newest meeting of the series did, else with an evening every two weeks."""
    newest = series.meetings.order_by("-starts").first()
    first = max(series.begins, min(today(), series.ends))
    return {
        "weekday": newest.day.weekday() if newest else 1,
        "every": 2,
        "at": newest.time if newest else time(18),
        "minutes_long": newest.minutes_long if newest else 90,
        "first": first,
        "last": series.ends,
        "communities": list(series.communities.values_list("pk", flat=True)),
        "in_turn": series.communities.count() > 1,
        "like": newest.pk if newest else None,
    }


def _rows(series: Series, form: TimetableForm, ticked: list[str] | None) -> list[dict[str, Any]]:
    """List the days of the rule, with whom each is for, and whether the series has a meeting on it already."""
    data = form.cleaned_data
    days = season_days(data["first"], data["last"], weekday=data["weekday"], every=data["every"], pause=data["pause"])
    taken = set(series.meetings.exclude(state=Meeting.State.CANCELLED).values_list("day", "time"))
    groups = sorted(data["communities"], key=lambda group: (group.name, group.pk))
    return [
        {
            "day": day,
            "group": groups[number % len(groups)] if data["in_turn"] and groups else None,
            "is_there": (day, data["at"]) in taken,
            "is_ticked": ticked is None or str(day) in ticked,
        }
        for number, day in enumerate(days)
    ]
