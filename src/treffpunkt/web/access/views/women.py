"""Women's needs in agreements: which topics are named, what was done about each, and how that changed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from treffpunkt.agreements import awareness, rules
from treffpunkt.agreements.models import Agreement, Measure
from treffpunkt.agreements.services.measures import note_measure, take_back_measure
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import as_uuid
from treffpunkt.ui.charts import Chart, Point, line_chart
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.ui.templatetags.ui import num
from treffpunkt.vocabulary.models import Topic

# As many agreements without a topic, and about one topic, are shown.
SHOWN = 12
LISTED = 60


@require_safe
def shown(request: StaffRequest) -> HttpResponse:
    """Show which topics stand in agreements, what was done about them, and how it changed."""
    by = request.user
    require(rules.may_watch(by))
    quarters = awareness.over_time(by, today())
    now = quarters[-1]
    without = list(awareness.without_topics(by)[: SHOWN + 1])
    named = awareness.named_topics(by)
    context = {
        "named": [one for one in named if one.agreements],
        "unnamed": [one for one in named if not one.agreements],
        "without": without[:SHOWN],
        "more": len(without) > SHOWN,
        "now": now,
        "share": now.naming / now.running if now.running else None,
        "chart": _chart(quarters),
        "kinds": Measure.Kind.choices,
    }
    return page(request, "web/access/women.html", context)


@require_safe
def topic(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the agreements that name a topic, with what was done in each; a tap notes more."""
    by = request.user
    require(rules.may_watch(by))
    found = get_object_or_404(Topic.objects.filter(women_specific=True), pk=pk)
    agreements = list(awareness.about_topic(by, found)[: LISTED + 1])
    measures = awareness.measures_of(found, agreements)
    rows = [{"agreement": one, "measures": measures.get(one.pk, [])} for one in agreements[:LISTED]]
    context = {
        "topic": found, "rows": rows, "more": len(agreements) > LISTED, "kinds": Measure.Kind.choices,
        "today": today(),
    }  # fmt: skip
    return page(request, "web/access/women_topic.html", context)


@require_POST
def note(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note what was done about a topic in an agreement, or take back what was noted by mistake."""
    by = request.user
    require(rules.may_watch(by))
    found = get_object_or_404(Topic.objects.filter(women_specific=True), pk=pk)
    back = as_uuid(request.POST.get("take_back", ""))
    if back:
        measure = get_object_or_404(rules.viewable_measures(by).select_related("agreement"), pk=back, topic=found)
        take_back_measure(by=by, measure=measure)
        messages.success(request, _("Taken back."))
        return redirect("web:access:women_topic", pk=pk)
    agreement: Agreement = get_object_or_404(rules.viewable(by), pk=as_uuid(request.POST.get("agreement", "")))
    given = request.POST
    try:
        day = _day(given.get("done_on", ""))
        note_measure(
            by=by, agreement=agreement, topic=found, measure_kind=given.get("kind", ""), done_on=day,
            note=given.get("note", ""),
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Noted."))
    return redirect("web:access:women_topic", pk=pk)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise DomainError(_("This is not a day.")) from error


def _chart(quarters: list[awareness.Quarter]) -> Chart | None:
    if not any(one.running for one in quarters):
        return None

    def points(name: str) -> list[Point]:
        return [Point(one.day, getattr(one, name), f"{num(getattr(one, name))}") for one in quarters]

    heads = [_("until"), _("agreements in force"), _("of these, naming a topic"), _("done in the quarter")]
    rows = [[date_format(one.day, "DATE_FORMAT"), num(one.running), num(one.naming), num(one.done)] for one in quarters]
    return line_chart([("chart-earlier", points("running")), ("", points("naming"))], heads=heads, rows=rows)
