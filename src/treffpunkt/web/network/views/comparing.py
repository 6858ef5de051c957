"""Two dates compared: which groups grew, which shrank, and how many members they had together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.core.clock import today
from treffpunkt.network import comparing, rules
from treffpunkt.ui.exports import csv_response
from treffpunkt.ui.lists import Sort, chosen_rows, listing
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network import choices
from treffpunkt.web.network.forms.over_time import DatesForm
from treffpunkt.web.network.lists import SPACE_COLUMNS, SpaceFilters, space_rows

_BACK = timedelta(days=365)
SORTS = (
    Sort("difference", gettext_lazy("Difference"), ("-difference",)),
    Sort("name", gettext_lazy("Name"), ("sorting",)),
    Sort("then", gettext_lazy("Then"), ("-then",)),
    Sort("now", gettext_lazy("Later"), ("-now",)),
)


def compare(request: StaffRequest) -> HttpResponse:
    """Show how many members groups had on one day and on another."""
    form, first, last = _days(request)
    filters = SpaceFilters(request.GET, by=request.user)
    rows = comparing.compared(rules.viewable_spaces(request.user), first, last).only(*SPACE_COLUMNS)
    found = listing(request, rows, filters=filters, sorts=SORTS)
    days = comparing.counted_on([one.pk for one in found.rows], first, last)
    lines = [
        {"row": row, "space": space, "days": days.get(space.pk)}
        for row, space in zip(space_rows(found.rows), found.rows, strict=True)
    ]
    context = {
        "list": found,
        "lines": lines,
        "form": form,
        "first": first,
        "last": last,
        "totals": comparing.totals(filters.apply(rows)),
    }
    return page(request, "web/network/compare.html", context, status=200)


def export_comparison(request: StaffRequest) -> StreamingHttpResponse:
    """Hand out exactly the comparison that is shown."""
    _form, first, last = _days(request)
    filters = SpaceFilters(request.GET, by=request.user)
    rows = comparing.compared(rules.viewable_spaces(request.user), first, last)
    chosen = chosen_rows(request, rows, filters=filters, sorts=SORTS)
    heads = (
        _("Name"), _("German short name"), _("Platform"), _("Subscriptions by %(day)s") % {"day": first.isoformat()},
        _("Subscriptions by %(day)s") % {"day": last.isoformat()}, _("Difference"),
    )  # fmt: skip
    return csv_response("treffpunkt-comparison", heads, _exported(chosen))


def _exported(rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    platforms = choices.platforms()
    columns = rows.values_list("name", "short_name", "platform_id", "then", "now", "difference")
    for name, short, platform, then, now, difference in columns.iterator(chunk_size=2000):
        yield name, short, platforms.get(platform, platform), then, now, difference


def _days(request: StaffRequest) -> tuple[DatesForm, date, date]:
    """Read the two days from the address; without them the last year."""
    initial = {"first": today() - _BACK, "last": today()}
    given = {name: request.GET.get(name) or initial[name] for name in initial}
    form = DatesForm(given)
    if form.is_valid():
        return form, form.cleaned_data["first"], form.cleaned_data["last"]
    return form, initial["first"], initial["last"]
