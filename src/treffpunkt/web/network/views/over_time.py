"""A space over time: its charts, figures entered by hand, figures taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Exists, F, Max, Min, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from treffpunkt.core import clock
from treffpunkt.core.errors import require
from treffpunkt.network import over_time, rules
from treffpunkt.network.models import Feed, Snapshot
from treffpunkt.network.services.figures import enter_figures, forget_figures
from treffpunkt.network.trends import LEAST, RECENT, Trend
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.ui.templatetags.ui import num
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.charting import (
    LOOKED_BACK,
    begun,
    parts_of,
    pictures,
    sums_of_members,
    sums_of_posts,
    trend_said,
)
from treffpunkt.web.network.forms.over_time import FiguresForm
from treffpunkt.web.network.lists import SPACE_COLUMNS, space_rows

_BATCHES = 12
# Of a community: so many weeks, and so many of its groups.
_WEEKS, _SHOWN = 52, 50
_ORDER = ("rising", "falling", "steady")
_KINDS = {"rising": "good", "falling": "attention", "steady": "quiet"}


@dataclass(frozen=True)
class Batch:
    """Figures that were brought in together: from where, how many, of which days."""

    source: str
    label: str
    moment: datetime
    number: int
    first: date
    last: date

    @property
    def key(self) -> str:
        """Name it in a form."""
        return f"{self.source}|{self.moment.isoformat()}"


def space_time(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show how a space changed, and let figures be entered."""
    by = request.user
    found = get_object_or_404(rules.viewable_spaces(by).select_related("platform"), pk=pk)
    may_edit = rules.may_edit_space(by, found)
    form = FiguresForm(sent(request))
    if request.method == "POST":
        require(may_edit)
        if form.is_valid() and tried(form, lambda: enter_figures(by=by, space=found, **form.cleaned_data)) is not None:
            messages.success(request, _("Noted."))
            return redirect("web:network:space_time", pk=pk)
    moves = over_time.earlier(by, pk)
    rows = list(over_time.figures([pk, *(one.old_id for one in moves)], date.min))
    whole = "all" in request.GET
    shown = pictures(parts_of(str(found), rows, pk, moves), None if whole else clock.today() - LOOKED_BACK)
    return page(
        request,
        "web/network/space_time.html",
        {
            "space": found,
            "pictures": shown,
            "moves": moves,
            "moved": over_time.moved(by, pk),
            "feed": Feed.objects.filter(space=found).first(),
            "batches": _batches(pk) if may_edit else [],
            "form": form,
            "may_edit": may_edit,
            "whole": whole,
            "longer": bool(rows) and rows[0].day < clock.today() - LOOKED_BACK,
            "least": LEAST + RECENT,
        },
    )


def community_time(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show how the groups of a community changed together, and which of them rise or fall."""
    by = request.user
    found = get_object_or_404(rules.communities_of(by), pk=pk)
    spaces = rules.viewable_spaces(by).filter(communities=found)
    since = over_time.monday(clock.today()) - _WEEKS * over_time.WEEK
    counted = Snapshot.objects.filter(space=OuterRef("pk"), posts__isnull=False, day__gte=since)
    lively = list(
        spaces.filter(Exists(counted)).only(*SPACE_COLUMNS).order_by(F("members").desc(nulls_last=True), "pk")[:_SHOWN]
    )
    judged = over_time.trends_of([one.pk for one in lively])
    lines = [
        {"row": row, "said": trend_said(trend), "kind": _KINDS.get(trend.direction, ""), "direction": trend.direction}
        for row, space in zip(space_rows(lively), lively, strict=True)
        if (trend := judged.get(space.pk, Trend())).weeks
    ]
    context = {
        "community": found,
        "members": sums_of_members(over_time.members_of(spaces, begun())),
        "posts": sums_of_posts(over_time.posts_of(spaces, since)),
        "lines": sorted(lines, key=lambda line: _ORDER.index(line["direction"])),
        "least": LEAST + RECENT,
    }
    return page(request, "web/network/community_time.html", context)


@require_POST
def take_back_figures(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take back figures that were brought in together."""
    found = get_object_or_404(rules.viewable_spaces(request.user), pk=pk)
    require(rules.may_edit_space(request.user, found))
    source, _bar, moment = request.POST.get("batch", "").partition("|")
    when = _moment(moment)
    number = forget_figures(by=request.user, space=found, source=source, moment=when) if when else 0
    if number:
        said = ngettext("%(number)s figure is taken back.", "%(number)s figures are taken back.", number)
        messages.success(request, said % {"number": num(number)})
    else:
        messages.error(request, _("There is nothing to take back any more."))
    return redirect("web:network:space_time", pk=pk)


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _batches(pk: UUID) -> list[Batch]:
    labels = {key: str(label) for key, label in Snapshot.Source.choices}
    rows = (
        Snapshot.objects.filter(space=pk)
        .order_by()
        .values("source", "created_at")
        .annotate(number=Count("pk"), first=Min("day"), last=Max("day"))
        .order_by("-created_at")[:_BATCHES]
    )
    return [
        Batch(row["source"], labels[row["source"]], row["created_at"], row["number"], row["first"], row["last"])
        for row in rows
    ]
