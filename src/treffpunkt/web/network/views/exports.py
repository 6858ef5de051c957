"""Counting the posts in a file that a platform exported: first what will be stored, then storing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from treffpunkt.core import clock
from treffpunkt.core.errors import DomainError, require
from treffpunkt.network import rules
from treffpunkt.network.counting.counted import Counted, Order
from treffpunkt.network.counting.reading import count
from treffpunkt.network.models import Space
from treffpunkt.network.services.figures import keep_weeks
from treffpunkt.ui.charts import Chart, Point, week_chart
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.ui.templatetags.ui import num
from treffpunkt.web.network.answering import sent
from treffpunkt.web.network.charting import on_day
from treffpunkt.web.network.forms.over_time import CountedForm, ExportForm

_SALT, _SECONDS = "network.counted", 4 * 3600
_WEEK = timedelta(days=7)
_WAYS = (
    ("WhatsApp", gettext_lazy("Open the group, its menu, “More”, “Export chat”, “Without media”.")),
    (
        "Telegram",
        gettext_lazy(
            "On a computer: open the group, its menu, “Export chat history”; take away every tick and choose the "
            "format JSON."
        ),
    ),
    ("WordPress", gettext_lazy("Tools, “Export”, “Posts”.")),
)


@dataclass(frozen=True)
class Preview:
    """What was found in a file and what of it will be stored."""

    found: Counted
    first: date
    last: date
    weeks: int
    chart: Chart | None


def count_export(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask for the file, show what would be stored of it, store it once somebody says so."""
    space = get_object_or_404(rules.viewable_spaces(request.user), pk=pk)
    require(rules.may_edit_space(request.user, space))
    if "counted" in request.POST:
        return _keep(request, space)
    form = ExportForm(sent(request), request.FILES or None, initial={"day": clock.today()})
    if form.is_valid():
        try:
            return _preview(request, space, form)
        except DomainError as error:
            form.add_error("file", str(error.message))
    return page(request, "web/network/count_export.html", {"space": space, "form": form, "ways": _WAYS})


def _preview(request: StaffRequest, space: Space, form: ExportForm) -> HttpResponse:
    day = form.cleaned_data["day"]
    found = count(form.cleaned_data["file"].file, day)
    weeks = {order: found.weeks(day, order) for order in found.orders}
    if not any(weeks.values()):
        raise DomainError(_("There is no whole week in this file yet. Please export a longer stretch."))
    sealed = signing.dumps(
        {"space": str(space.pk), "weeks": {order: _packed(some) for order, some in weeks.items() if some}},
        salt=_SALT,
        compress=True,
    )
    orders = {str(order): _said(found, order) for order in found.orders}
    confirm = CountedForm(initial={"counted": sealed, "order": next(iter(orders))}, orders=orders)
    context = {"space": space, "preview": _shown(found, weeks), "form": confirm, "several": len(orders) > 1}
    return page(request, "web/network/counted_export.html", context)


def _keep(request: StaffRequest, space: Space) -> HttpResponse:
    form = CountedForm(request.POST)
    weeks = _opened(space, form) if form.is_valid() else None
    if weeks is None:
        messages.error(request, _("This preview is too old. Please choose the file again."))
        return redirect("web:network:count_export", pk=space.pk)
    number = keep_weeks(by=request.user, space=space, posts=weeks)
    said = ngettext("The posts of %(number)s week are stored.", "The posts of %(number)s weeks are stored.", number)
    messages.success(request, said % {"number": num(number)})
    return redirect("web:network:space_time", pk=space.pk)


def _opened(space: Space, form: CountedForm) -> dict[date, int] | None:
    """Open what was sealed; None where it is of another space, too old or not ours."""
    try:
        kept: dict[str, Any] = signing.loads(form.cleaned_data["counted"], salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    if kept["space"] != str(space.pk):
        return None
    order = form.cleaned_data["order"] or next(iter(kept["weeks"]))
    packed = kept["weeks"].get(order)
    return _unpacked(packed) if packed else None


def _packed(weeks: dict[date, int]) -> list[Any]:
    """Write weeks without a gap as the first Monday and the numbers."""
    return [min(weeks).isoformat(), [weeks[first] for first in sorted(weeks)]]


def _unpacked(packed: list[Any]) -> dict[date, int]:
    first = date.fromisoformat(packed[0])
    return {first + place * _WEEK: number for place, number in enumerate(packed[1])}


def _shown(found: Counted, weeks: dict[Order, dict[date, int]]) -> Preview:
    likeliest = next(one for one in weeks.values() if one)
    points = [Point(first, number, f"{on_day(first)}: {num(number)}") for first, number in likeliest.items()]
    rows = [(on_day(first), num(number)) for first, number in sorted(likeliest.items(), reverse=True)]
    days = sorted(found.days)
    chart = week_chart(points, heads=(_("Week of"), _("Posts")), rows=rows)
    return Preview(found, days[0], days[-1], len(likeliest), chart)


def _said(found: Counted, order: Order) -> str:
    """Say an order by what it makes of the first date."""
    names = {
        Order.DAY: _("day first: the first post is of %(day)s"),
        Order.MONTH: _("month first: the first post is of %(day)s"),
        Order.YEAR: _("year first: the first post is of %(day)s"),
    }
    return names[order] % {"day": on_day(min(found.orders[order]))}
