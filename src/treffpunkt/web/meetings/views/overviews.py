"""What many meetings together tell: what was said, who came, who stayed away, what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import localized
from treffpunkt.meetings import finding, overviews, rules
from treffpunkt.meetings.models import AgendaTopic, Invitation, Meeting, Series, Statement
from treffpunkt.meetings.noting import with_results
from treffpunkt.network import rules as network_rules
from treffpunkt.network.models import Actor
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.services import create_task
from treffpunkt.ui.lists import listing
from treffpunkt.ui.pages import StaffRequest, own_address, page
from treffpunkt.web.meetings.forms.overviews import (
    GUEST_SORTS,
    MISSING_SORTS,
    PROMISE_SORTS,
    SAID_SORTS,
    AttendanceFilters,
    PromisedFilters,
    SaidFilters,
)
from treffpunkt.web.meetings.notes import Said
from treffpunkt.web.meetings.notes import said as told
from treffpunkt.web.records import labels

# As many meetings stand beside each other; the counts are of all.
COLUMNS = 8
# Below so many found, what is spelled alike is shown as well.
FEW = 5
CALL_WITHIN = timedelta(days=3)


@dataclass(frozen=True)
class Guest:
    """Somebody who was asked to come, and what is noted of them at each meeting shown."""

    actor: Actor
    cells: list[tuple[Meeting, Invitation | None]]


@require_safe
def said(request: StaffRequest) -> HttpResponse:
    """Search in all that was said and one may read, in every language."""
    by = request.user
    filters = SaidFilters(request.GET, by=by)
    found = listing(request, overviews.said(by), filters=filters, sorts=SAID_SORTS)
    few = bool(filters.words) and len(found.rows) < FEW and not found.previous_url
    near = _alike(request, filters, found.rows) if few else []
    lines = _told(request, [*found.rows, *near])
    number = len(found.rows)
    context = {"list": found, "said": lines[:number], "near": lines[number:], "words": filters.words}
    return page(request, "web/meetings/said.html", context)


@require_safe
def series_said(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show all that was said at the meetings of a series about one topic, newest first, with what it became."""
    series = get_object_or_404(rules.viewable_series(request.user), pk=pk)
    counts = overviews.topics_in(request.user, series)
    topics = [(one, counts[one.pk]) for one in AgendaTopic.objects.all() if one.pk in counts]
    wanted = request.GET.get("topic", "")
    topic = next((one for one, _count in topics if one.key == wanted), topics[0][0] if topics else None)
    own = (wanted == "own" or topic is None) and None in counts
    rows = overviews.said_in(request.user, series)
    rows = rows.filter(item__topic=None) if own else rows.filter(item__topic=topic)
    found = listing(request, rows, sorts=SAID_SORTS)
    tabs = [
        (one.key, localized(one.titles, get_language() or "de"), count, one == topic and not own)
        for one, count in topics
    ]
    context = {
        "series": series, "tabs": tabs, "own": own, "own_count": counts.get(None, 0), "list": found,
        "said": _told(request, found.rows), "title": None if own or topic is None else topic.titles,
    }  # fmt: skip
    return page(request, "web/meetings/series_said.html", context)


@require_safe
def attended(request: StaffRequest) -> HttpResponse:
    """Show who came to which meeting, and how often."""
    by = request.user
    filters = AttendanceFilters(request.GET, by=by)
    meetings = list(filters.narrowed(overviews.held(by)).only("name", "starts", "zone", "state"))
    shown = meetings[:COLUMNS][::-1]
    found = listing(
        request, overviews.guests_of(by, [one.pk for one in meetings]), filters=filters, sorts=GUEST_SORTS
    )  # fmt: skip
    cells = overviews.attendance([row.pk for row in found.rows], [one.pk for one in shown])
    guests = [Guest(row, [(one, cells.get((row.pk, one.pk))) for one in shown]) for row in found.rows]
    context = {"list": found, "guests": guests, "meetings": shown, "number": len(meetings)}
    return page(request, "web/meetings/attended.html", context)


@require_safe
def missed(request: StaffRequest) -> HttpResponse:
    """List whom one may call: they missed two meetings in a row. This list is never exported."""
    found = listing(request, overviews.missing(request.user), sorts=MISSING_SORTS)
    for row in found.rows:
        row.missed_meetings = [_missed(one) for one in row.missed]  # type: ignore[attr-defined]
    context = {"list": found, "may_log": network_rules.may_create(request.user)}
    response = page(request, "web/meetings/missed.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def call(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Make it a task of one's own to call somebody within three days; a second tap changes nothing."""
    actor = get_object_or_404(overviews.missing(request.user), pk=pk)
    # Named after what was missed: the same list tapped by two makes one task.
    key = uuid5(actor.pk, f"call {actor.missed_at:%Y%m%d%H%M}")  # type: ignore[attr-defined]
    try:
        if not Task.objects.filter(pk=key).exists():
            create_task(
                by=request.user, title=_("Call and ask how they are"), owner=request.user,
                due=today() + CALL_WITHIN, about=actor, id=key,
            )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The task is noted."))
    return redirect(own_address(request.POST.get("next", "")) or reverse("web:meetings:missed"))


@require_safe
def promised(request: StaffRequest) -> HttpResponse:
    """Show what was promised at meetings, by us and to us, and whether it was kept."""
    by = request.user
    sums = overviews.kept_by_series(by)
    names = {one.pk: one for one in Series.objects.filter(pk__in=[one.series for one in sums if one.series])}
    filters = PromisedFilters(request.GET, series=[(str(one.pk), one.name) for one in names.values()])
    found = listing(request, overviews.promises(by), filters=filters, sorts=PROMISE_SORTS)
    sides = {(one.series, one.side): one for one in sums}
    ordered = sorted(names.values(), key=lambda one: (one.begins, one.name), reverse=True)
    rows = [*((one, one.pk) for one in ordered), *([(None, None)] if any(one.series is None for one in sums) else [])]
    by_series = [(one, sides.get((key, overviews.THEIRS)), sides.get((key, overviews.OURS))) for one, key in rows]
    promisers = labels(by, [(row.promised_by_kind, row.promised_by_id) for row in found.rows if row.promised_by_id])
    context = {"list": found, "by_series": by_series, "promisers": promisers, "today": today()}
    return page(request, "web/meetings/promised.html", context)


def _told(request: StaffRequest, rows: list[Statement]) -> list[Said]:
    return told(request.user, with_results(rows))


def _alike(request: StaffRequest, filters: SaidFilters, known: list[Statement]) -> list[Statement]:
    rows = overviews.said(request.user).exclude(pk__in=[row.pk for row in known])
    for name in ("series", "topic", "language"):
        if name in filters.chosen:
            rows = getattr(filters, f"filter_{name}")(rows, filters.chosen[name])
    if kind := filters.chosen.get("statement_kind"):
        rows = rows.filter(statement_kind=kind)
    return finding.alike(rows, filters.words)


def _missed(one: dict[str, str]) -> dict[str, object]:
    excused = one["was"] == Invitation.Attendance.EXCUSED
    return {"id": one["id"], "name": one["name"], "day": date.fromisoformat(one["starts"][:10]), "excused": excused}
