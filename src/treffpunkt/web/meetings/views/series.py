"""Series: meetings that belong together."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from treffpunkt.core.errors import DomainError, Stale
from treffpunkt.meetings import queries, rules
from treffpunkt.meetings.services.series import change_series, create_series
from treffpunkt.ui.pages import StaffRequest, page, wanted_part
from treffpunkt.web.journal import thread
from treffpunkt.web.meetings.forms.planning import SeriesForm, texts_of
from treffpunkt.web.meetings.views.timetable import by_month
from treffpunkt.web.stale import conflicting


def series_list(request: StaffRequest) -> HttpResponse:
    """List the series, newest first."""
    context = {"series_list": queries.series_list(request.user), "may_create": rules.may_create(request.user)}
    return page(request, "web/meetings/series.html", context)


def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show a series with its meetings and its thread."""
    if wanted_part(request) == "thread":
        series = get_object_or_404(rules.viewable_series(request.user), pk=pk)
        return page(request, "web/meetings/detail.html", {"thread": thread(request, series.pk)})
    series = get_object_or_404(
        rules.viewable_series(request.user).select_related("contact").prefetch_related("communities"), pk=pk
    )
    context = {
        "series": series,
        "months": by_month(queries.meetings_of_series(request.user, series)),
        "may_edit": rules.may_edit_series(request.user, series),
        "thread": thread(request, series.pk) if "thread" in request.GET else None,
    }
    return page(request, "web/meetings/one_series.html", context)


def add(request: StaffRequest) -> HttpResponse:
    """Plan a series."""
    if not rules.may_create(request.user):
        raise PermissionDenied
    form = SeriesForm(request.POST or None, by=request.user, initial={"id": uuid7(), "contact": request.user.pk})
    if form.is_valid():
        try:
            series = create_series(by=request.user, id=form.cleaned_data["id"], **form.changes())
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("The series is planned."))
            return redirect("web:meetings:one_series", pk=series.pk)
    return page(
        request,
        "web/meetings/series_form.html",
        {"form": form, "series": None, "title_fields": form.text_fields("title")},
    )


def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change a series."""
    series = get_object_or_404(rules.viewable_series(request.user), pk=pk)
    if not rules.may_edit_series(request.user, series):
        raise PermissionDenied
    initial = {
        "name": series.name,
        "begins": series.begins,
        "ends": series.ends,
        "contact": series.contact_id,
        "shows_planned": series.shows_planned,
        "communities": list(series.communities.values_list("pk", flat=True)),
    } | texts_of("title", series.title)
    form = SeriesForm(request.POST or None, by=request.user, of=series, initial=initial)
    conflict: list[tuple[str, str]] = []
    if form.is_valid():
        try:
            change_series(by=request.user, series=series, version=_version(request, series.version), **form.changes())
        except Stale as error:  # the page carries the version that stands now
            conflict = conflicting(form, initial)
            form.add_error(None, str(error.message))
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Saved."))
            return redirect("web:meetings:one_series", pk=series.pk)
    return page(
        request,
        "web/meetings/series_form.html",
        {"form": form, "series": series, "title_fields": form.text_fields("title"), "conflict": conflict},
    )


def _version(request: StaffRequest, present: int) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else present
